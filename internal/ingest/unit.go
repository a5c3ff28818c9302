package ingest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"iter"
	"time"

	"akita/internal/apimodel"
	"akita/internal/queue"
	"akita/internal/store"
	"akita/internal/witness"
)

// unitKey names a unit.
type unitKey struct {
	captureID int64
	start     store.Hour
	part      apimodel.Part
}

func (k unitKey) String() string {
	return fmt.Sprintf("capture %d, %s, part %d", k.captureID, k.start.Time().Format("2006-01-02T15Z"), k.part)
}

// spread holds the calls of one bundle by hour and part.
type spread map[spreadKey]*apimodel.Model

type spreadKey struct {
	hour store.Hour
	part apimodel.Part
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// decode returns the calls of an item. Any error is permanent, because the payload stays the same,
// and so is a panic.
func (w *Worker) decode(item queue.Item, of *seenBy) (spread, error) {
	if sum := crc32.Checksum(item.Payload, castagnoli); sum != item.CRC32C {
		return nil, fmt.Errorf("checksum is %08x, want %08x", sum, item.CRC32C)
	}
	calls, witnesses := make(spread), 0
	err := guard(func() error {
		return w.codec.each(item.Payload, func(call *witness.Witness) {
			witnesses++
			calls.add(call, hourOf(call.Start, of.start, item.Accepted))
		})
	})
	if err != nil {
		return nil, err
	}
	if witnesses != item.Witnesses {
		return nil, fmt.Errorf("it has %d witnesses, want %d", witnesses, item.Witnesses)
	}
	return calls, nil
}

func (s spread) add(call *witness.Witness, hour store.Hour) {
	key := spreadKey{hour, apimodel.PartOf(call)}
	m, ok := s[key]
	if !ok {
		m = apimodel.New()
		s[key] = m
	}
	m.Add(call)
}

// hourOf returns the hour that a call is counted in: that of its start by the clock of the daemon. A
// clock that is wrong can neither write to hours before the trace nor to those that are to come.
func hourOf(call, traceStart, accepted time.Time) store.Hour {
	switch {
	case call.IsZero(), call.After(accepted):
		call = accepted
	case call.Before(traceStart):
		call = traceStart
	}
	return store.HourOf(call)
}

// encodeUnit returns a unit with a model as its calls. If it has more than one hour, it is written
// seldom, and is compressed.
func (w *Worker) encodeUnit(u store.Unit, m *apimodel.Model) (store.Unit, error) {
	encoded, err := w.encodeModel(m, u.Hours > 1)
	u.Witnesses, u.Model = int64(m.Witnesses()), encoded
	return u, err
}

// addUp returns the sum of units.
func (c *codec) addUp(units ...store.Unit) (*apimodel.Model, error) {
	sum := apimodel.New()
	for _, u := range units {
		m, _, err := c.decodeModel(u)
		if err != nil {
			return nil, err
		}
		sum.Merge(m)
	}
	return sum, nil
}

// runs yields the runs of units that are alike and next to each other.
func runs(units []store.Unit, alike func(a, b store.Unit) bool) iter.Seq[[]store.Unit] {
	return func(yield func([]store.Unit) bool) {
		for len(units) > 0 {
			n := 1
			for n < len(units) && alike(units[0], units[n]) {
				n++
			}
			if !yield(units[:n]) {
				return
			}
			units = units[n:]
		}
	}
}

// cachedUnit is a unit whose model is decoded.
type cachedUnit struct {
	hours int
	model *apimodel.Model
}

const (
	// heapFactor is the memory of a decoded model per byte of its encoding.
	heapFactor = 16
	// emptyBytes is roughly the memory of an empty model and its cache entry.
	emptyBytes = 2 << 10
)

// heapBytes estimates the memory of a model from its encoding, before compression.
func heapBytes(encoded int) int64 { return emptyBytes + heapFactor*int64(encoded) }

// seal appends the checksum that unseal checks, because the database does not notice damage.
func seal(encoded []byte) []byte {
	return binary.LittleEndian.AppendUint32(encoded, crc32.Checksum(encoded, castagnoli))
}

var errDamaged = errors.New("its checksum is wrong")

func unseal(sealed []byte) ([]byte, error) {
	at := len(sealed) - crc32.Size
	if at < 0 || binary.LittleEndian.Uint32(sealed[at:]) != crc32.Checksum(sealed[:at], castagnoli) {
		return nil, errDamaged
	}
	return sealed[:at], nil
}
