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
	"akita/internal/series"
	"akita/internal/store"
)

// unitKey names a unit.
type unitKey struct {
	captureID int64
	start     store.Hour
	part      apimodel.Part
}

// capturePart names what is kept once of a capture and part.
type capturePart struct {
	captureID int64
	part      int
}

func keyOf(u store.Unit) unitKey { return unitKey{u.CaptureID, u.Start, apimodel.Part(u.Part)} }

func (k unitKey) String() string {
	return fmt.Sprintf("capture %d, %s, part %d", k.captureID, k.start.Time().Format("2006-01-02T15Z"), k.part)
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

// timeOf returns the hour in which calls of an hour are counted: their own, by the clock of the daemon.
// A clock that is wrong can neither write to hours before the trace nor to those that are to come;
// then the calls count in the minute that is returned too.
func timeOf(calls store.Hour, traceStart, accepted time.Time) (_ store.Hour, minute int) {
	earliest, latest := store.HourOf(traceStart), store.HourOf(accepted)
	switch {
	case calls == delta.NoHour, calls > latest:
		return latest, accepted.Minute()
	case calls < earliest:
		return earliest, traceStart.Minute()
	}
	return calls, delta.OwnMinutes
}

// calls are what is known of calls: the model and the series of a unit.
type calls struct {
	model  *apimodel.Model
	series *series.Series
}

func newCalls() *calls { return &calls{apimodel.New(), series.New()} }

// encodeUnit returns a unit with its calls. If it has more than one hour, it is written seldom, and is
// compressed.
func (w *Worker) encodeUnit(u store.Unit, c *calls) (_ store.Unit, err error) {
	u.Witnesses = int64(c.model.Witnesses())
	if u.Model, err = w.encodeModel(c.model, u.Hours > 1); err != nil {
		return u, err
	}
	u.Series, err = w.codec.stored(c.series, u.Hours > 1)
	return u, err
}

// decodeUnit returns the calls of a unit.
func (c *codec) decodeUnit(u store.Unit) (*calls, error) {
	m, _, err := c.decodeModel(u)
	if err != nil {
		return nil, err
	}
	s, err := c.decodeSeries(u)
	return &calls{m, s}, err
}

// addUp returns the sum of units, in the span of into.
func (c *codec) addUp(into store.Unit, units ...store.Unit) (*calls, error) {
	sum := newCalls()
	for _, u := range units {
		of, err := c.decodeUnit(u)
		if err != nil {
			return nil, err
		}
		sum.model.Merge(of.model)
		if into.Hours > 1 {
			of.series = of.series.Reduced(int(u.Start - into.Start))
		}
		sum.series.Merge(of.series)
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

// cachedUnit is a unit that is decoded.
type cachedUnit struct {
	hours int
	*calls
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
