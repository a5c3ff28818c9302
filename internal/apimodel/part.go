package apimodel

import (
	"cmp"
	"maps"

	"akita/internal/witness"
)

// Part numbers the parts of a model. A call touches one part only: a few routes of the framework, or
// one bounded group of paths without a known route. Parts are stored, sent and read one by one; their
// number does not grow with the traffic. The part of a call depends on the call alone
// (docs/adr/0024-parts-and-hours.md).
type Part uint16

// routeParts is the number of parts for calls whose route is known. It is near the number of
// operations of a large API, so that most of these have a part of their own.
const routeParts = 1 << 12

// groups is the number of groups of paths, of each degree of proof. Calls that prove least share one
// group, because what is kept of them is small.
var groups = [proofs]uint8{served: 64, handled: 64, barred: 64, missing: 1, fetched: 1}

// maxGroups is the largest number in groups.
const maxGroups = 64

// countedPart is the part of calls that are only counted.
const countedPart = Part(routeParts + int(proofs)*maxGroups)

// PartOf returns the part of a call.
func PartOf(w *witness.Witness) Part {
	switch kindOf(w) {
	case counted:
		return countedPart
	case routed:
		return routeKey{w.Method, w.Template, w.BaseTemplate}.part()
	}
	return treeKeyOf(w).part()
}

// callKind is what a model does with a call.
type callKind int

const (
	counted callKind = iota // a preflight, or a call that matched no route
	routed                  // its route is known
	pathed                  // its route is unknown
)

func kindOf(w *witness.Witness) callKind {
	switch {
	case w.IsPreflight(), w.NoRoute:
		return counted
	case w.Template != "":
		return routed
	}
	return pathed
}

// treeKey names a tree of a model: the paths of one group, of one degree of proof.
type treeKey struct {
	proof proof
	group uint8
}

func (k treeKey) compare(o treeKey) int {
	return cmp.Or(cmp.Compare(k.proof, o.proof), cmp.Compare(k.group, o.group))
}

// groupedSegments is how many segments of a path decide its group.
const groupedSegments = 4

// treeKeyOf returns the tree of a call.
func treeKeyOf(w *witness.Witness) treeKey {
	p := proofOf(w)
	path := groupOf(p, hostOf(w))
	for i := range w.Path {
		if path.complete() {
			break
		}
		if s := &w.Path[i]; s.Kind != nil {
			path = path.below(valueOf(s.Form()))
		} else {
			path = path.below(s.Literal)
		}
	}
	return treeKey{p, path.group()}
}

// valueOf stands for all values in a segment, because ids must not decide the group.
func valueOf(form string) string { return "{}" + form }

// groupHash is the hash (FNV-1a) of a host and the first segments of a path.
type groupHash struct {
	sum      uint32
	segments uint8
	groups   uint8
}

func groupOf(p proof, host string) groupHash {
	const basis = 2166136261
	h := groupHash{sum: basis, groups: groups[p]}.below(host)
	h.segments = 0
	return h
}

// below returns the hash with one more segment.
func (h groupHash) below(segment string) groupHash {
	const prime = 16777619
	for i := range len(segment) {
		h.sum = (h.sum ^ uint32(segment[i])) * prime
	}
	h.sum = (h.sum ^ '/') * prime
	h.segments++
	return h
}

// complete reports whether further segments do not change the group.
func (h groupHash) complete() bool { return h.segments == groupedSegments || h.groups == 1 }

func (h groupHash) group() uint8 {
	return uint8(h.sum % uint32(h.groups))
}

// Split returns the parts of a model, which share memory with it: do not change the model or any of
// them as long as another is used. What is known of all calls together is in one of them.
func (m *Model) Split() map[Part]*Model {
	parts := make(map[Part]*Model)
	part := func(p Part) *Model {
		return get(parts, p, func() *Model { return newWithin(m.limits) })
	}
	rest := part(countedPart)
	rest.schemes, rest.manyHosts = m.schemes, m.manyHosts
	rest.count, rest.unmatched, rest.asked, rest.routes.rest = m.count, m.unmatched, m.asked, m.routes.rest
	move := func(to *Model, calls uint64) {
		to.count += calls
		rest.count -= calls
	}
	for key, of := range m.routes.byKey {
		to := part(key.part())
		to.routes.byKey[key] = of
		for _, op := range of.byHost {
			move(to, op.Calls())
		}
	}
	for key, t := range m.trees {
		to := part(key.part())
		to.trees[key] = t
		move(to, t.root.calls())
	}
	return parts
}

func (k routeKey) part() Part { return Part(k.hash() % routeParts) }

func (k treeKey) part() Part { return Part(routeParts + int(k.proof)*maxGroups + int(k.group)) }

// joined returns the sum of t and another tree. Without another one, that is t itself.
func (t *tree) joined(other *tree) *tree {
	if other == nil {
		return t
	}
	sum := &tree{root: newNode(), nodes: t.nodes, steps: t.steps}
	sum.merge(t)
	sum.merge(other)
	return sum
}

// Union returns the sum of models of different parts. It takes them over: do not change them, or
// merge anything into the union, as long as it is used.
func Union(parts []*Model) *Model {
	u, routes := New(), 0
	for _, m := range parts {
		routes += len(m.routes.byKey)
		u.count += m.count
		u.unmatched += m.unmatched
		u.asked += m.asked
		for _, host := range sortedKeys(m.schemes) {
			u.addScheme(host, m.schemes[host])
		}
	}
	u.routes.byKey = make(map[routeKey]*route, min(routes, u.routes.limit))
	for _, m := range parts {
		u.routes.takeOver(&m.routes, u.manyHosts)
		for key, t := range m.trees {
			u.trees[key] = t.joined(u.trees[key])
		}
	}
	return u
}

// takeOver adds the routes of another part, as merge does, but without a copy.
func (r *routes) takeOver(o *routes, anyHosts bool) {
	if anyHosts {
		r.merge(o, anyHosts)
		return
	}
	r.rest += o.rest
	for key, of := range o.byKey {
		own, ok := r.byKey[key]
		switch {
		case !ok && len(r.byKey) < r.limit:
			r.byKey[key] = of
			continue
		case ok: // it may be shared
			r.byKey[key] = &route{own.hash, maps.Clone(own.byHost)}
		}
		for host, op := range of.byHost {
			if own := r.operation(key, host); own != nil {
				r.byKey[key].byHost[host] = op
			} else {
				r.rest += op.Calls()
			}
		}
	}
}
