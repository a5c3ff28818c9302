package endpoints

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"akita/internal/apimodel"
	"akita/internal/names"
	"akita/internal/witness"
)

// Consumer sums up the calls of one consumer: of an endpoint, or of all.
type Consumer struct {
	Name      string            `json:"name"`
	Kind      ConsumerKind      `json:"kind"`
	Versions  []string          `json:"versions"` // those that were seen last, sorted
	Requests  uint64            `json:"requests"`
	Errors    uint64            `json:"errors"`
	Statuses  map[string]uint64 `json:"statuses"`
	FirstSeen time.Time         `json:"first_seen,omitzero"` // to the start of the hour
	LastSeen  time.Time         `json:"last_seen,omitzero"`
	Endpoints int               `json:"endpoints,omitzero"` // how many it calls; 0 of one endpoint
}

// ConsumerKind says how a consumer is known.
type ConsumerKind string

// The kinds of consumers.
const (
	NamedConsumer  ConsumerKind = "named"  // by the application
	ConsumerFamily ConsumerKind = "family" // by words of the header User-Agent
	OtherConsumers ConsumerKind = "other"  // those that are not kept apart
)

func consumerKind(name string) ConsumerKind {
	switch {
	case name == witness.OtherConsumer:
		return OtherConsumers
	case names.IsAgentFamily(name):
		return ConsumerFamily
	}
	return NamedConsumer
}

// Consumers returns who calls the endpoint, the most frequent first.
func (e *Endpoint) Consumers() []Consumer {
	by := make(map[string]*Consumer)
	addConsumers(by, e.Calls)
	return sortedConsumers(by)
}

// Consumers returns who calls the API, the most frequent first.
func (s *Set) Consumers() []Consumer {
	by := make(map[string]*Consumer)
	for e := range s.Matching(Filter{}) {
		addConsumers(by, e.Calls)
		for name := range e.Calls.Consumers {
			by[name].Endpoints++
		}
	}
	return sortedConsumers(by)
}

func addConsumers(by map[string]*Consumer, op *apimodel.Operation) {
	for name, c := range op.Consumers {
		if by[name] == nil {
			by[name] = &Consumer{Name: name, Kind: consumerKind(name), Statuses: make(map[string]uint64)}
		}
		by[name].add(c)
	}
}

func (c *Consumer) add(o *apimodel.Consumer) {
	for status, n := range o.Statuses() {
		c.Requests += n
		if status >= 400 {
			c.Errors += n
		}
		if status != noStatus {
			c.Statuses[strconv.Itoa(status)] += n
		}
	}
	all := apimodel.Period{First: c.FirstSeen, Last: c.LastSeen}
	all.Extend(o.Period())
	c.FirstSeen, c.LastSeen = all.First, all.Last
	c.Versions = append(c.Versions, o.Versions()...)
}

func sortedConsumers(by map[string]*Consumer) []Consumer {
	out := []Consumer{}
	for _, name := range slices.Sorted(maps.Keys(by)) {
		c := by[name]
		slices.Sort(c.Versions)
		c.Versions = slices.Compact(append([]string{}, c.Versions...))
		out = append(out, *c)
	}
	slices.SortStableFunc(out, func(x, y Consumer) int { return cmp.Compare(y.Requests, x.Requests) })
	return out
}
