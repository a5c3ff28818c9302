package endpoints

import (
	"cmp"
	"maps"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/names"
	"akita/internal/shape"
)

// side is an endpoint of one host, or of some, as it is compared with that of others.
type side struct {
	*Endpoint

	calls *facts
	kinds map[string]bool // of the media types of its successful answers
	ways  map[string]bool // to authenticate that it accepted; empty if they are not known
}

// side returns the endpoint as it is compared, during an inference.
func (e *Endpoint) side() *side { return &side{e, e.facts, e.facts.kinds(), e.facts.ways()} }

// newSide returns an endpoint as it is compared, at any time.
func newSide(e *Endpoint) *side {
	f := &facts{Operation: e.Calls}
	return &side{e, f, f.kinds(), f.ways()}
}

// joined returns two sides as one.
func (s *side) joined(other *side) *side {
	e := s.Endpoint.joined(other.Endpoint, s.Path)
	e.setCalls(s.calls.memo.sum([]*facts{s.calls, other.calls}))
	return e.side()
}

// agree judges whether the same method and path of two hosts is the same operation: different if its
// answers or its credentials differ, similar or weak if they are alike, unknown if they show too little.
func agree(a, b *side) verdict {
	if !overlap(a.ways, b.ways) {
		return different
	}
	return compareSides(a, b)
}

// Agree reports whether two endpoints with the same method and path, of different APIs, answer alike
// and take the same credentials, so that one description is true of both.
func (e *Endpoint) Agree(other *Endpoint) bool {
	v := agree(newSide(e), newSide(other))
	return v == similar || v == weak
}

// compareSides judges whether the calls of two hosts are answered, and asked for, alike.
func compareSides(a, b *side) verdict {
	x, y := a.calls.answer(), b.calls.answer()
	if shape.Contradict(x, y) || !overlap(a.kinds, b.kinds) || differInRequests(a, b) {
		return different
	}
	switch v := compareOperations(a.calls, b.calls); {
	case v == different, v == similar:
		return v
	case shareView(a.Endpoint, b.Endpoint):
		return similar
	case v == weak, areSmall(x, y):
		return weak
	}
	return unknown
}

// overlap reports whether two sets have a member in common, or one of them is empty: then its members
// are not known.
func overlap(x, y map[string]bool) bool {
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	for one := range x {
		if y[one] {
			return true
		}
	}
	return false
}

// kinds returns the kinds of media types of the 2xx responses.
func (f *facts) kinds() map[string]bool {
	if f.mediums != nil {
		return f.mediums
	}
	out := make(map[string]bool)
	for status, r := range f.Responses {
		if status/100 != 2 {
			continue
		}
		for mediaType := range r.Bodies {
			out[kindOf(mediaType)] = true
		}
	}
	f.mediums = out
	return out
}

// ways returns the ways to authenticate that the operation accepted; empty if they are not known.
func (f *facts) ways() map[string]bool {
	if f.accepts == nil {
		if f.accepts = waysOf(f.Auth); f.accepts == nil {
			f.accepts = make(map[string]bool)
		}
	}
	return f.accepts
}

// differInRequests reports whether the accepted bodies of the same media type contradict each other,
// or have fields, and none in common. The changes of a PATCH are different from call to call.
func differInRequests(a, b *side) bool {
	if a.Method == patchMethod {
		return false
	}
	for mediaType, body := range a.Calls.Accepted.Bodies {
		other := b.Calls.Accepted.Bodies[mediaType]
		if other == nil {
			continue
		}
		if shape.Contradict(body.Shape, other.Shape) || shape.IsDistinctive(body.Shape) &&
			shape.IsDistinctive(other.Shape) && shape.Likeness(body.Shape, other.Shape) == 0 {
			return true
		}
	}
	return false
}

// fewCalls is how many calls are so few that all of them may have had the same credentials by chance.
const fewCalls = 2

// mix reports whether two hosts of one API may have been called in different ways at one operation by
// chance: the calls of one are few, and elsewhere each host accepted the ways of the other.
func mix(a, b *side, accepted map[string]map[string]bool) bool {
	if min(a.Calls.Accepted.Count, b.Calls.Accepted.Count) > fewCalls {
		return false
	}
	return acceptsAll(b.Hosts(), a.ways, accepted) && acceptsAll(a.Hosts(), b.ways, accepted)
}

func acceptsAll(hosts []string, wanted map[string]bool, accepted map[string]map[string]bool) bool {
	for way := range wanted {
		if !slices.ContainsFunc(hosts, func(host string) bool { return accepted[host][way] }) {
			return false
		}
	}
	return true
}

// waysOf returns the combinations of credentials of accepted calls, without the formats of tokens, and
// without cookies that a browser may have sent along with others; nil if there were too many.
func waysOf(accepted map[string]uint64) map[string]bool {
	out := make(map[string]bool)
	for key := range accepted {
		if key == apimodel.Many {
			return nil
		}
		auths := apimodel.Credentials(key)
		if others := withoutCookies(auths); len(others) > 0 {
			auths = others
		}
		out[nameOf(auths)] = true
	}
	return out
}

// shareView reports whether the framework served both operations with the same code.
func shareView(a, b *Endpoint) bool {
	if !a.known || !b.known {
		return false
	}
	for view := range a.Calls.Views {
		if view != apimodel.Many && b.Calls.Views[view] > 0 {
			return true
		}
	}
	return false
}

// areSmall reports whether two answers are objects with the same few fields.
func areSmall(a, b *shape.Shape) bool {
	return shape.Width(a) > 0 && shape.Width(a) == shape.Width(b) && shape.Likeness(a, b) == 1
}

// What hosts have to have in common to be one API: so many operations that agree, and so large a part
// of those of the host that has fewer.
const (
	fewAgree, mostShared   = 1, 0.5
	weakAgree              = 4 // of operations that agree weakly only
	manyAgree, someShared  = 3, 0.2
	agreeForEachDifference = 3
)

// offer is what some hosts answer: their live operations.
type offer struct {
	hosts    []string
	calls    uint64
	accepted uint64 // of the calls: refusals show little of an API
	live     map[find]*side
}

// mirrors reports whether two offers are of one API under several hosts.
func mirrors(a, b *offer) bool {
	if len(a.live) > len(b.live) {
		a, b = b, a
	}
	votes := make(map[verdict]int)
	all, shared := 0, 0
	for key, x := range a.live {
		if x.Calls.Accepted.Count == 0 || names.IsServicePath(key.template) {
			continue
		}
		all++
		if y := b.live[key]; y != nil {
			shared++
			votes[agree(x, y)]++
		}
	}
	part := float64(shared) / float64(max(1, all))
	alike := votes[similar] + votes[weak]
	switch {
	case votes[different]*agreeForEachDifference > alike:
		return false
	case votes[similar] >= manyAgree:
		return part >= someShared
	}
	return part >= mostShared && (votes[similar] >= fewAgree || votes[weak] >= weakAgree)
}

// joined returns two offers as one.
func (o *offer) joined(other *offer) *offer {
	sum := &offer{
		hosts: slices.Concat(o.hosts, other.hosts), live: maps.Clone(o.live),
		calls: o.calls + other.calls, accepted: o.accepted + other.accepted,
	}
	for key, s := range other.live {
		if there := sum.live[key]; there != nil {
			s = there.joined(s)
		}
		sum.live[key] = s
	}
	return sum
}

// compare orders offers, those with most accepted calls first.
func (o *offer) compare(other *offer) int {
	return cmp.Or(cmp.Compare(other.accepted, o.accepted), cmp.Compare(other.calls, o.calls))
}

// joinAll joins items while any two of them are one, in their order.
func joinAll[T any](items []T, areOne func(a, b T) bool, join func(a, b T) T) []T {
	for i := 0; i < len(items); i++ {
		for j := i + 1; j < len(items); j++ {
			if areOne(items[i], items[j]) {
				items[i] = join(items[i], items[j])
				items = slices.Delete(items, j, j+1)
				i, j = 0, 0 // what it was not one with, it may be now
			}
		}
	}
	return items
}

// byCalls lists hosts, most called first. A host whose name is not known comes last.
func byCalls(hosts map[string]uint64) []string {
	return slices.SortedFunc(maps.Keys(hosts), func(x, y string) int { return compareHosts(x, y, hosts) })
}

func compareHosts(x, y string, calls map[string]uint64) int {
	if isNamed(x) != isNamed(y) {
		if isNamed(x) {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(calls[y], calls[x]), cmp.Compare(x, y))
}

func isNamed(host string) bool { return host != "" && host != apimodel.AnyHost }
