package upload

import (
	"fmt"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"akita/internal/agent/cloud"
	"akita/internal/agent/spool"
	"akita/internal/delta"
	"akita/internal/witness"
)

// parcel is what one request uploads: bundles that the same traces saw, folded into a delta, or the
// witnesses of a single bundle as lines.
type parcel struct {
	bundles []*spool.Bundle
	folded  bool
	payload []byte
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
		Project: of.ProjectID, Trace: of.TraceID, Also: of.Also, Repeats: of.Repeats,
		ID: of.ID, MediaType: witness.MediaType, Payload: p.payload,
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
	encoder, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(128<<10),
		zstd.WithLowerEncoderMem(true), zstd.WithEncoderLevel(zstd.SpeedFastest)) // the fold saves most of the size
	decoder, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(maxBundleBytes))
	return folder{encoder, decoder}
}

// maxModels is at how many models of a delta no further bundle is added to it. It bounds the memory of
// the fold: a model takes about 8 KiB.
const maxModels = 1024

// pack puts the bundles that the same traces saw into parcels, in order. Those that cannot be folded get
// parcels of their own: the server says what is wrong with them.
func (f *folder) pack(bundles []*spool.Bundle) []*parcel {
	var parcels, alone []*parcel
	for _, rest := range byTrace(bundles) {
		for len(rest) > 0 {
			p := &parcel{bundles: rest}
			var bad []*spool.Bundle
			bad, rest = f.fold(p)
			alone = append(alone, f.plain(bad)...)
			if len(p.bundles) > 0 {
				parcels = append(parcels, p)
			}
		}
	}
	return append(parcels, alone...)
}

// plain returns a parcel for each bundle. One that cannot be read is sent as it is: the server says what
// is wrong with it.
func (f *folder) plain(bundles []*spool.Bundle) []*parcel {
	parcels := make([]*parcel, len(bundles))
	for i, b := range bundles {
		lines, err := f.lines(b)
		if err != nil {
			lines = b.Payload
		}
		parcels[i] = &parcel{bundles: []*spool.Bundle{b}, payload: lines}
	}
	return parcels
}

// lines returns the witnesses of a bundle as lines, compressed.
func (f *folder) lines(b *spool.Bundle) ([]byte, error) {
	records, err := f.decoder.DecodeAll(b.Payload, nil)
	var lines []byte
	if err == nil {
		lines, err = witness.AppendLines(nil, string(records))
	}
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	return f.encoder.EncodeAll(lines, nil), nil
}

// byTrace returns the bundles that the same traces saw, and that repeat those of the same traces.
func byTrace(bundles []*spool.Bundle) (traces [][]*spool.Bundle) {
	type key struct{ project, trace, also, repeats string }
	numbers := make(map[key]int)
	for _, b := range bundles {
		of := key{b.ProjectID, b.TraceID, strings.Join(b.Also, ","), strings.Join(b.Repeats, ",")}
		n, ok := numbers[of]
		if !ok {
			n = len(traces)
			numbers[of], traces = n, append(traces, nil)
		}
		traces[n] = append(traces[n], b)
	}
	return traces
}

// fold sets the payload of a parcel to the sum of its bundles, up to maxModels. It takes out those
// that cannot be folded, and the rest that is not in the sum, and returns both.
func (f *folder) fold(p *parcel) (bad, rest []*spool.Bundle) {
	for {
		sum, n := delta.New(), 0
		for n < len(p.bundles) && sum.Models() < maxModels && f.add(sum, p.bundles[n]) == nil {
			n++
		}
		if n == len(p.bundles) || sum.Models() >= maxModels {
			p.bundles, rest = p.bundles[:n:n], p.bundles[n:]
			p.folded, p.payload = true, f.encoder.EncodeAll(sum.Encode(), nil)
			return bad, rest
		}
		bad = append(bad, p.bundles[n]) // a part of it may be in the sum
		p.bundles = slices.Delete(p.bundles, n, n+1)
	}
}

// add adds the witnesses of a bundle to a sum.
func (f *folder) add(sum *delta.Delta, b *spool.Bundle) error {
	if folded := b.Folded; folded != nil {
		b.Folded = nil // sum takes them over
		for _, d := range folded {
			if err := sum.Take(d); err != nil {
				return fmt.Errorf("fold bundle: %w", err)
			}
		}
		return nil
	}
	records, err := f.decoder.DecodeAll(b.Payload, nil)
	if err == nil {
		err = sum.AddRecords(string(records), b.Places)
	}
	if err != nil {
		return fmt.Errorf("fold bundle: %w", err)
	}
	return nil
}
