// Package routeuse says how the routes of an application are used: which are never called, which are
// only ever refused, which are called although they are announced to end, and which operations answer
// without being a route (docs/adr/0035-routes-reported-by-the-app.md). This package does no I/O and does
// not read the clock.
package routeuse

import (
	"cmp"
	"slices"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/routelist"
)

// State is how a route is used.
type State string

// The states.
const (
	Dead         State = "dead"          // it is never called
	RejectedOnly State = "rejected_only" // every call was answered with 401, 403 or 404
	Called       State = "called"
	Zombie       State = "zombie"  // it is called although its answers have Deprecation or Sunset
	Shadow       State = "shadow"  // an operation that answered 2xx and is no route
	Unknown      State = "unknown" // no call of it is known, but there are calls that may be
)

// States lists all states.
func States() []State { return []State{Dead, RejectedOnly, Called, Zombie, Shadow, Unknown} }

// Use is how one method of a route is used, or an operation that is no route.
type Use struct {
	Method, Path string
	View         string // of a Shadow, one of its views; "" if none is known
	Host         string // of a Shadow
	State        State
	Calls        uint64
	Deprecated   uint64 // calls that were answered with Deprecation (RFC 9745) or Sunset (RFC 8594)
	Period       apimodel.Period
	Last2xx      time.Time
	Consumers    []facts.Consumer // who called it, the most frequent first
}

// Of compares routes with what was seen of them, by path, method, view and host. Of a truncated list no
// operation is known to be no route.
func Of(list routelist.List, set *endpoints.Set) []Use {
	m := newMatcher(list.Routes)
	uses := make([]tally, len(list.Routes))
	unsure := make([]bool, len(list.Routes))
	for i, r := range list.Routes { // there are calls that belong to no endpoint
		unsure[i] = set.Truncated().Routes > 0 || r.Opaque && set.Withheld() > 0
	}
	var rest []Use
	for e := range set.Matching(endpoints.Filter{}) {
		found := m.find(e)
		switch {
		case len(found.routes) > 0:
			for _, i := range found.routes {
				uses[i].add(e.Calls)
			}
		case len(found.possible) > 0:
			for _, i := range found.possible {
				unsure[i] = true
			}
		case !list.Truncated && e.Method != options: // frameworks answer OPTIONS by themselves
			rest = appendShadow(rest, e)
		}
	}
	out := make([]Use, 0, len(list.Routes)+len(rest))
	for i, r := range list.Routes {
		use := uses[i].sum()
		use.Method, use.Path, use.View, use.State = r.Method, r.Path, r.View, uses[i].state(unsure[i])
		out = append(out, use)
	}
	out = append(out, rest...)
	slices.SortStableFunc(out, func(a, b Use) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method), cmp.Compare(a.View, b.View),
			cmp.Compare(a.Host, b.Host),
		)
	})
	return out
}

// appendShadow appends an operation that is no route, if it has ever succeeded.
func appendShadow(uses []Use, e *endpoints.Endpoint) []Use {
	var of tally
	of.add(e.Calls)
	if !of.succeeded {
		return uses
	}
	use := of.sum()
	use.Method, use.Path, use.Host, use.State = e.Method, e.Path, e.Host, Shadow
	for view := range e.Calls.Views {
		if use.View == "" || view < use.View {
			use.View = view
		}
	}
	return append(uses, use)
}

// tally sums up the calls of one route.
type tally struct {
	use       Use
	calls     []*apimodel.Operation
	accepted  bool // a call had another answer than a rejection
	succeeded bool // a call was answered with 2xx
}

// sum returns the use without its state.
func (t *tally) sum() Use {
	t.use.Consumers = facts.Consumers(facts.Key{Kind: facts.Operation}, t.calls...)
	return t.use
}

func (t *tally) add(op *apimodel.Operation) {
	t.calls = append(t.calls, op)
	t.use.Calls += op.Calls()
	t.use.Period.Extend(op.Period)
	for status, r := range op.Responses {
		if !endpoints.IsRejection(status) {
			t.accepted = true
		}
		if status/100 == 2 {
			t.succeeded = true
			if r.Seen.Last.After(t.use.Last2xx) {
				t.use.Last2xx = r.Seen.Last
			}
		}
		t.use.Deprecated += max(r.Headers.Calls("deprecation"), r.Headers.Calls("sunset"))
	}
}

func (t *tally) state(unsure bool) State {
	switch {
	case t.use.Calls == 0 && unsure:
		return Unknown
	case t.use.Calls == 0:
		return Dead
	case !t.accepted:
		return RejectedOnly
	case t.use.Deprecated > 0:
		return Zombie
	}
	return Called
}
