package upload

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/zstd"

	"akita/internal/agent/cloud"
	"akita/internal/agent/spool"
	"akita/internal/delta"
	"akita/internal/witness"
)

// parcel is what one request uploads: bundles of one trace, folded into a delta, or a single bundle
// as it is in the spool.
type parcel struct {
	bundles []*spool.Bundle
	folded  bool
	payload []byte
}

// plain returns a parcel for each bundle.
func plain(bundles []*spool.Bundle) []*parcel {
	parcels := make([]*parcel, len(bundles))
	for i, b := range bundles {
		parcels[i] = &parcel{bundles: []*spool.Bundle{b}, payload: b.Payload}
	}
	return parcels
}

func (p *parcel) witnesses() int {
	sum := 0
	for _, b := range p.bundles {
		sum += b.Count
	}
	return sum
}

// upload returns what is sent to the server.
func (p *parcel) upload() cloud.Bundle {
	of := p.bundles[0]
	sent := cloud.Bundle{
		Project: of.ProjectID, Trace: of.TraceID, ID: of.ID, MediaType: witness.MediaType, Payload: p.payload,
	}
	if p.folded {
		sent.MediaType = delta.MediaType
	}
	for _, b := range p.bundles[1:] {
		sent.With = append(sent.With, b.ID)
	}
	return sent
}

// take removes the bundles with these ids from p and returns them as a parcel.
func (p *parcel) take(ids []string) *parcel {
	return p.takeFunc(func(b *spool.Bundle) bool { return slices.Contains(ids, b.ID) })
}

func (p *parcel) takeFunc(isTaken func(*spool.Bundle) bool) *parcel {
	taken := &parcel{}
	p.bundles = slices.DeleteFunc(p.bundles, func(b *spool.Bundle) bool {
		if !isTaken(b) {
			return false
		}
		taken.bundles = append(taken.bundles, b)
		return true
	})
	return taken
}

// folder folds bundles. It is safe for concurrent use.
type folder struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// maxBundleBytes bounds a decompressed bundle: a batch is never divided (package spool).
const maxBundleBytes = 64 << 20

func newFolder() folder {
	// The options are valid constants, so NewWriter and NewReader return no errors.
	encoder, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	decoder, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBundleBytes))
	return folder{encoder, decoder}
}

// pack puts the bundles of each trace into one parcel, in order. Those that cannot be folded get
// parcels of their own: the server says what is wrong with them.
func (f *folder) pack(bundles []*spool.Bundle) []*parcel {
	type trace struct{ project, id string }
	byTrace := make(map[trace]*parcel)
	var parcels, alone []*parcel
	for _, b := range bundles {
		of := trace{b.ProjectID, b.TraceID}
		if byTrace[of] == nil {
			byTrace[of] = &parcel{}
			parcels = append(parcels, byTrace[of])
		}
		byTrace[of].bundles = append(byTrace[of].bundles, b)
	}
	parcels = slices.DeleteFunc(parcels, func(p *parcel) bool {
		bad := f.fold(p)
		alone = append(alone, plain(bad)...)
		return len(p.bundles) == 0
	})
	return append(parcels, alone...)
}

// fold sets the payload of a parcel to the sum of its bundles. It takes out those that cannot be
// folded, and returns them.
func (f *folder) fold(p *parcel) (bad []*spool.Bundle) {
	for {
		sum := delta.New()
		at := slices.IndexFunc(p.bundles, func(b *spool.Bundle) bool { return f.add(sum, b) != nil })
		if at < 0 {
			p.folded, p.payload = true, f.encoder.EncodeAll(sum.Encode(), nil)
			return bad
		}
		bad = append(bad, p.bundles[at]) // a part of it may be in the sum
		p.bundles = slices.Delete(p.bundles, at, at+1)
	}
}

// add adds the witnesses of a bundle to a sum.
func (f *folder) add(sum *delta.Delta, b *spool.Bundle) error {
	lines, err := f.decoder.DecodeAll(b.Payload, nil)
	if err != nil {
		return fmt.Errorf("fold bundle: %w", err)
	}
	reader := witness.NewReader(bytes.NewReader(lines))
	var w witness.Witness
	for {
		err := reader.Next(&w)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("fold bundle: %w", err)
		}
		sum.Add(&w)
	}
}
