package facts

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"akita/internal/apimodel"
)

// Record dates the facts of any operations: those of one capture and part as it is stored, or of an
// endpoint. Times are hours since 1970.
type Record struct {
	operations map[apimodel.OperationKey]History
}

// History dates the facts of an operation or an endpoint.
type History map[Key]*Fact

// Fact is when a fact was seen.
type Fact struct {
	First, Last int64  // hours
	spans       []span // in order
}

// span counts the calls or values of some hours that had a fact.
type span struct {
	start int64
	hours int
	count uint64
}

// end returns the first hour after the span.
func (s span) end() int64 { return s.start + int64(s.hours) }

// Bounds of a Record: of more operations, or facts of one, those with the smallest hashes are kept.
const (
	maxOperations = 300
	maxFacts      = 2000
)

// NewRecord returns an empty record.
func NewRecord() *Record { return &Record{make(map[apimodel.OperationKey]History)} }

// Set replaces what was counted in some hours. To do it again changes nothing. Hours that are known one
// by one and become a day keep the first and last hour of each fact.
func (r *Record) Set(start int64, hours int, counts Counts) {
	active := make(map[apimodel.OperationKey]uint64) // hours
	for key, h := range r.operations {
		for k, f := range h {
			if cleared := f.clear(start, start+int64(hours)); k.Kind == Hours {
				active[key] = cleared
			}
		}
	}
	for key, of := range counts {
		h := r.operations[key]
		if h == nil {
			h = make(History)
			r.operations[key.Clone()] = h
		}
		for k, n := range of {
			h.fact(k).set(span{start, hours, n})
		}
		known := active[key]
		if known == 0 || hours == 1 {
			known = min(of[Key{Kind: Operation}], uint64(hours))
		}
		h.fact(Key{Kind: Hours}).set(span{start, hours, known})
		h.setAbsent(start, hours, of)
	}
	r.clean()
}

// setAbsent counts of how many calls or objects the fields and parameters that are known are absent.
func (h History) setAbsent(start int64, hours int, of map[Key]uint64) {
	absent := make(map[Key]uint64)
	for k := range h {
		if k.Kind != Field && k.Kind != Parameter {
			continue
		}
		if had, all := of[k], of[k.Parent()]; had < all {
			absent[k.With(Absent, "")] = all - had
		}
	}
	for k, n := range absent {
		h.fact(k).set(span{start, hours, n})
	}
}

func (h History) fact(k Key) *Fact {
	f := h[k]
	if f == nil {
		f = new(Fact)
		k = Key{k.Kind, strings.Clone(k.In), strings.Clone(k.MediaType), strings.Clone(k.Path), strings.Clone(k.Value)}
		h[k] = f
	}
	return f
}

// clear forgets what was counted from start up to, but not including, end, and returns how much it was.
func (f *Fact) clear(start, end int64) (sum uint64) {
	f.spans = slices.DeleteFunc(f.spans, func(s span) bool {
		if s.start >= end || s.end() <= start {
			return false
		}
		sum += s.count
		return true
	})
	return sum
}

func (f *Fact) set(s span) {
	if f.First == 0 || f.First >= s.end() {
		f.First = s.start
	}
	if f.Last < s.start {
		f.Last = s.start
	}
	if s.hours == 1 {
		f.First, f.Last = min(f.First, s.start), max(f.Last, s.start)
	}
	*f.span(s) = s
}

// span returns the place of a span.
func (f *Fact) span(s span) *span {
	i, found := slices.BinarySearchFunc(f.spans, s, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	if !found {
		f.spans = slices.Insert(f.spans, i, span{start: s.start, hours: s.hours})
	}
	return &f.spans[i]
}

// Merge adds another record, whose calls are others. It does not change o.
func (r *Record) Merge(o *Record) {
	for key, of := range o.operations {
		h := r.operations[key]
		if h == nil {
			h = make(History)
			r.operations[key] = h
		}
		h.Merge(of)
	}
	r.clean()
}

// Merge adds another history, whose calls are others. It does not change o.
func (h History) Merge(o History) {
	for k, theirs := range o {
		f := h.fact(k)
		if f.First == 0 {
			f.First, f.Last = theirs.First, theirs.Last
		}
		f.First, f.Last = min(f.First, theirs.First), max(f.Last, theirs.Last)
		for _, s := range theirs.spans {
			own := f.span(s)
			own.hours = max(own.hours, s.hours)
			if k.Kind == Hours { // they may be the same
				own.count = max(own.count, s.count)
			} else {
				own.count += s.count
			}
		}
	}
}

// Expire forgets what was counted in spans that end at an hour or before it, and what was seen in no
// other. It reports whether there was anything.
func (r *Record) Expire(before int64) (changed bool) {
	for _, h := range r.operations {
		for _, f := range h {
			n := len(f.spans)
			f.spans = slices.DeleteFunc(f.spans, func(s span) bool { return s.end() <= before })
			changed = changed || len(f.spans) < n
		}
	}
	r.clean()
	return changed
}

// clean removes facts without counts, and what is beyond the bounds.
func (r *Record) clean() {
	for key, h := range r.operations {
		maps.DeleteFunc(h, func(_ Key, f *Fact) bool { return len(f.spans) == 0 })
		if len(h) == 0 {
			delete(r.operations, key)
		}
		if len(h) <= maxFacts {
			continue
		}
		for _, k := range slices.SortedFunc(maps.Keys(h), compareHashes)[maxFacts:] {
			delete(h, k)
		}
	}
	r.bound()
}

func (r *Record) bound() {
	if len(r.operations) <= maxOperations {
		return
	}
	compare := func(a, b apimodel.OperationKey) int { return cmp.Or(cmp.Compare(a.Hash(), b.Hash()), a.Compare(b)) }
	for _, key := range slices.SortedFunc(maps.Keys(r.operations), compare)[maxOperations:] {
		delete(r.operations, key)
	}
}

// compareHashes orders keys by hash.
func compareHashes(a, b Key) int { return cmp.Or(cmp.Compare(a.hash(), b.hash()), a.Compare(b)) }

func (k Key) hash() uint64 {
	return apimodel.HashTexts(string(k.Kind), k.In, k.MediaType, k.Path, k.Value)
}

// Operations returns the histories of the operations. Do not change them.
func (r *Record) Operations() map[apimodel.OperationKey]History { return r.operations }

// IsEmpty reports whether nothing is known.
func (r *Record) IsEmpty() bool { return len(r.operations) == 0 }
