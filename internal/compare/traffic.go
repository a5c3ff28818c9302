package compare

import (
	"slices"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/facts"
)

// Traffic is a side: what calls show.
type Traffic struct {
	set        *endpoints.Set
	calls      uint64
	operations map[operationKey]*observed
}

type operationKey struct{ method, path string }

// observed is what calls show of one operation.
type observed struct {
	endpoints   []*endpoints.Endpoint
	operations  []*apimodel.Operation
	isRoute     bool // the framework or a document names the path
	counts      map[facts.Key]uint64
	credentials map[string]uint64 // accepted calls, see apimodel.Credentials
	first, last time.Time
	dates       map[facts.Key]period
	byKind      map[facts.Kind][]facts.Key // the keys of counts, sorted; nil until keys is called
}

type period struct{ first, last time.Time }

// NewTraffic returns what calls show: set is inferred from all of them.
func NewTraffic(set *endpoints.Set, dates Dates) *Traffic {
	t := &Traffic{set: set, calls: set.Witnesses(), operations: make(map[operationKey]*observed)}
	for e := range set.Matching(endpoints.Filter{}) {
		t.add(e)
	}
	t.date(dates)
	return t
}

func (t *Traffic) add(e *endpoints.Endpoint) {
	key := operationKey{e.Method, e.Path}
	o := t.operations[key]
	if o == nil {
		o = newObserved()
		t.operations[key] = o
	}
	o.endpoints = append(o.endpoints, e)
	o.add(e, e.Calls)
}

func newObserved() *observed {
	return &observed{
		counts: make(map[facts.Key]uint64), credentials: make(map[string]uint64), dates: make(map[facts.Key]period),
	}
}

// date adds dates. They are no wider than those of the operation, which are exact.
func (t *Traffic) date(dates Dates) {
	for key, of := range dates {
		e := t.set.Match(key)
		if e == nil {
			continue
		}
		o := t.operations[operationKey{e.Method, e.Path}]
		if o == nil {
			continue
		}
		for k, seen := range of {
			p := period{later(startOf(seen.First), o.first), earlier(startOf(seen.Last+1), o.last)}
			if before, known := o.dates[k]; known {
				p.first, p.last = earlier(p.first, before.first), later(p.last, before.last)
			}
			o.dates[k] = p
		}
	}
}

// startOf returns the start of an hour since 1970.
func startOf(hour int64) time.Time { return time.Unix(hour*int64(time.Hour/time.Second), 0).UTC() }

func earlier(x, y time.Time) time.Time {
	if x.Before(y) {
		return x
	}
	return y
}

func later(x, y time.Time) time.Time {
	if x.After(y) {
		return x
	}
	return y
}

// count returns how many calls or values had a fact.
func (o *observed) count(k facts.Key) uint64 { return o.counts[k] }

// seen returns the evidence for a fact.
func (o *observed) seen(k facts.Key) Seen {
	had := o.counts[k]
	s := Seen{For: had, Of: max(had, o.counts[k.Parent()]), First: o.first, Last: o.last}
	if p, ok := o.dates[k]; ok {
		s.First, s.Last = p.first, p.last
	}
	return s
}

// without returns the evidence for the absence of a fact among those of its parent.
func (o *observed) without(k facts.Key) Seen {
	s := o.seen(k.Parent())
	s.Of = o.counts[k.Parent()]
	s.For = s.Of - min(o.counts[k], s.Of)
	return s
}

// maxConsumers bounds the consumers of a finding.
const maxConsumers = 5

// Consumers returns the names of those by whom a fact of an operation was seen, as a finding has them.
func Consumers(k facts.Key, ops ...*apimodel.Operation) []string {
	var names []string
	for _, c := range facts.Consumers(k, ops...) {
		if len(names) < maxConsumers {
			names = append(names, c.Name)
		}
	}
	return names
}

// by returns the names of those by whom a fact was seen, the most frequent first.
func (o *observed) by(k facts.Key) []string { return Consumers(k, o.operations...) }

// unseen returns the evidence that nothing of n calls or values had a fact.
func (o *observed) unseen(n uint64) Seen { return Seen{Of: n, First: o.first, Last: o.last} }

// keys returns the facts of a kind, in order.
func (o *observed) keys(kind facts.Kind) []facts.Key {
	if o.byKind == nil {
		o.byKind = make(map[facts.Kind][]facts.Key)
		for k := range o.counts {
			o.byKind[k.Kind] = append(o.byKind[k.Kind], k)
		}
		for _, keys := range o.byKind {
			slices.SortFunc(keys, facts.Key.Compare)
		}
	}
	return o.byKind[kind]
}
