package ingest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"iter"
	"time"

	"akita/internal/apimodel"
	"akita/internal/delta"
	"akita/internal/queue"
	"akita/internal/store"
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

// trace is what a step knows of a trace.
type trace struct {
	projectID string
	captureID int64
	start     time.Time
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// callsOf returns the calls of an item, for the caller to keep. Any error is permanent, because the
// payload stays the same, and so is a panic.
func (w *Worker) callsOf(item queue.Item) (*delta.Delta, error) {
	if sum := crc32.Checksum(item.Payload, castagnoli); sum != item.CRC32C {
		return nil, fmt.Errorf("checksum is %08x, want %08x", sum, item.CRC32C)
	}
	if calls := w.fresh.take(item.BundleID, item.CRC32C); calls != nil {
		return calls, nil
	}
	var calls *delta.Delta
	err := guard(func() (err error) { calls, err = w.codec.calls(item.Payload); return err })
	if err != nil {
		return nil, err
	}
	if n := calls.Calls(); n != item.Witnesses {
		return nil, fmt.Errorf("it has %d witnesses, want %d", n, item.Witnesses)
	}
	return calls, nil
}

// hourOf returns the hour in which calls are counted: their own, by the clock of the daemon. A clock
// that is wrong can neither write to hours before the trace nor to those that are to come.
func hourOf(calls store.Hour, traceStart, accepted time.Time) store.Hour {
	if latest := store.HourOf(accepted); calls == delta.NoHour || calls > latest {
		return latest
	}
	return max(calls, store.HourOf(traceStart))
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
