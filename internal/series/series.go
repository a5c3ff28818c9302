// Package series counts calls by operation, status and minute or hour: how many there were, how long
// they took and how large their bodies were. A Series is a commutative monoid, as a model is: the same
// calls in any order and any grouping give the same series, byte for byte (docs/adr/0027-series.md).
// This package does no I/O and does not read the clock.
package series

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// Series counts the calls of one hour by the minute, or those of any hours by the hour. It is not safe
// for concurrent use.
type Series struct {
	operations []*operation // by hash
	rest       operation    // of calls without a key, and of operations that are not kept
	byHour     bool
	limit      int
	last       *operation // the one that was found last; nil for none
}

// maxOperations bounds the operations that are kept apart. If there are more, those with the smallest
// hashes are.
const maxOperations = 300

// operation counts the calls of one operation.
type operation struct {
	hashedKey
	statuses []status // in order
}

// hashedKey is a key with its hash.
type hashedKey struct {
	key  apimodel.OperationKey
	hash uint64
}

// status counts the calls of one operation that were answered with a status.
type status struct {
	code  int
	slots []slot // in order
}

// slot counts the calls of one minute or hour.
type slot struct {
	at int
	Count
	encoded []byte // the cache of pack; nil if the count has changed since
}

// Count sums up calls.
type Count struct {
	Calls uint64
	// RequestBytes and ResponseBytes estimate the size of all bodies. A witness has the number of bits
	// of a size only: each body counts as the middle of the sizes that have as many bits.
	RequestBytes, ResponseBytes uint64
	Latency                     apimodel.Latencies // coarse, of the calls whose latency is known
}

// Cell says what a Count is of.
type Cell struct {
	// Operation is the zero key for calls that belong to no operation, and for those of the operations
	// beyond the bound.
	Operation apimodel.OperationKey
	Status    int // 0 for calls without an answer
	// At is the number of the minute in the hour or, by the hour, of the hour in the span of the series.
	At int
}

// New returns the empty series, the identity of Merge. It is by the minute.
func New() *Series { return newWithin(maxOperations) }

func newWithin(limit int) *Series {
	return &Series{limit: limit}
}

// ByHour reports whether the series is by the hour.
func (s *Series) ByHour() bool { return s.byHour }

// Add adds a call of a minute (0 to 59) of the hour. The series shares no memory with it afterwards.
func (s *Series) Add(w *witness.Witness, minute int) {
	c := s.operation(apimodel.OperationKeyOf(w)).at(w.Status, s.slotOf(minute))
	c.Calls++
	if w.Request != nil {
		c.RequestBytes += middle(w.Request.Size)
	}
	if w.Response != nil {
		c.ResponseBytes += middle(w.Response.Size)
	}
	if w.LatencyMs > 0 {
		c.Latency.AddCoarse(w.LatencyMs)
	}
}

// slotOf returns the slot of a minute.
func (s *Series) slotOf(minute int) int {
	if s.byHour {
		return 0
	}
	return minute
}

// maxSizeBits bounds the size that a body counts with.
const maxSizeBits = 40

// middle returns the middle of the sizes in a bucket, 0 if the size is unknown.
func middle(size shape.Buckets) uint64 {
	n := min(bits.Len64(uint64(size))-1, maxSizeBits) // bits of the size
	if n < 2 {
		return uint64(max(n, 0))
	}
	return 3 << (n - 2)
}

// Merge adds another series. It does not change o, and both share nothing afterwards. The sum is by the
// hour if one of the two is: that by the minute counts in the first hour of the other one.
func (s *Series) Merge(o *Series) {
	if o.byHour && !s.byHour {
		*s = *s.Reduced(0)
	}
	s.merge(o, func(at int) int {
		if s.byHour && !o.byHour {
			return 0
		}
		return at
	})
}

func (s *Series) merge(o *Series, move func(at int) int) {
	s.rest.merge(&o.rest, move)
	for _, theirs := range o.operations {
		s.operation(theirs.key).merge(theirs, move)
	}
}

// Reduced returns the series by the hour. The first hour of s gets the number hour.
func (s *Series) Reduced(hour int) *Series {
	reduced := newWithin(s.limit)
	reduced.byHour = true
	reduced.merge(s, func(at int) int {
		if s.byHour {
			return hour + at
		}
		return hour
	})
	return reduced
}

// AtMinute returns the series, which is by the minute, with all calls in one minute.
func (s *Series) AtMinute(minute int) *Series {
	moved := newWithin(s.limit)
	moved.merge(s, func(int) int { return minute })
	return moved
}

// Calls returns how many calls were counted.
func (s *Series) Calls() (n uint64) {
	for _, c := range s.All() {
		n += c.Calls
	}
	return n
}

// All yields all counts, in no order. Do not change them.
func (s *Series) All() iter.Seq2[Cell, *Count] {
	return func(yield func(Cell, *Count) bool) {
		if !s.rest.each(yield) {
			return
		}
		for _, op := range s.operations {
			if !op.each(yield) {
				return
			}
		}
	}
}

func (op *operation) each(yield func(Cell, *Count) bool) bool {
	for i := range op.statuses {
		of := &op.statuses[i]
		for j := range of.slots {
			if !yield(Cell{op.key, of.code, of.slots[j].at}, &of.slots[j].Count) {
				return false
			}
		}
	}
	return true
}

// operation returns the operation of a key, which is the rest if it is not kept. It may remove another
// one.
func (s *Series) operation(key apimodel.OperationKey) *operation {
	if key == (apimodel.OperationKey{}) {
		return &s.rest
	}
	if s.last != nil && s.last.key == key {
		return s.last
	}
	wanted := hashedKey{key, key.Hash()}
	i, found := slices.BinarySearchFunc(s.operations, wanted, func(op *operation, wanted hashedKey) int {
		return op.compare(&wanted)
	})
	if !found {
		if len(s.operations) >= s.limit && !s.makeRoom(i) {
			return &s.rest
		}
		wanted.key = key.Clone()
		s.operations = slices.Insert(s.operations, i, &operation{hashedKey: wanted})
	}
	s.last = s.operations[i]
	return s.last
}

// makeRoom removes the operation with the greatest hash for one that is to be at an index. It reports
// false if that would have the greatest one.
func (s *Series) makeRoom(index int) bool {
	last := len(s.operations) - 1
	if index > last {
		return false
	}
	s.rest.merge(s.operations[last], func(at int) int { return at })
	s.operations = slices.Delete(s.operations, last, last+1)
	return true
}

// compare orders keys by hash.
func (k *hashedKey) compare(o *hashedKey) int {
	if c := cmp.Compare(k.hash, o.hash); c != 0 || k.key == o.key {
		return c
	}
	return k.key.Compare(o.key)
}

func (op *operation) merge(o *operation, move func(at int) int) {
	for i := range o.statuses {
		of := &o.statuses[i]
		for j := range of.slots {
			op.at(of.code, move(of.slots[j].at)).merge(&of.slots[j].Count)
		}
	}
}

func (c *Count) merge(o *Count) {
	c.Calls += o.Calls
	c.RequestBytes += o.RequestBytes
	c.ResponseBytes += o.ResponseBytes
	c.Latency.Merge(&o.Latency)
}

// at returns the count of a status and a slot, to change it.
func (op *operation) at(code, at int) *Count {
	compare := func(s status, code int) int { return cmp.Compare(s.code, code) }
	i, found := slices.BinarySearchFunc(op.statuses, code, compare)
	if !found {
		op.statuses = slices.Insert(op.statuses, i, status{code: code})
	}
	return op.statuses[i].at(at)
}

func (s *status) at(at int) *Count {
	i, found := len(s.slots)-1, true
	if i < 0 || s.slots[i].at != at { // it is the last one in most calls
		i, found = slices.BinarySearchFunc(s.slots, at, func(s slot, at int) int { return cmp.Compare(s.at, at) })
	}
	if !found {
		s.slots = slices.Insert(s.slots, i, slot{at: at})
	}
	s.slots[i].encoded = nil
	return &s.slots[i].Count
}
