package apimodel

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"

	"akita/internal/witness"
)

// Route is an operation of one route of the framework on one host.
type Route struct {
	Host, Method, Template string
	Base                   string // of a route with optional parts: the template without them
	Operation              *Operation
}

// routes sums up the calls whose route the framework knows. If there are more routes than limit,
// it keeps those with the smallest hashes: a sample that does not depend on the order of calls.
type routes struct {
	byKey map[routeKey]*route
	limit int
	rest  uint64 // calls of the routes that are not kept
}

// route sums up the calls of one route.
type route struct {
	hash   uint64
	byHost map[string]*Operation
}

// routeKey names an operation whose path template is known.
type routeKey struct {
	method, template string
	base             string // of a route with optional parts: template without them
}

func newRoutes(limit int) routes { return routes{byKey: make(map[routeKey]*route), limit: limit} }

func (r *routes) add(key routeKey, host string, w *witness.Witness) {
	if op := r.operation(key, host); op != nil {
		op.add(w)
	} else {
		r.rest++
	}
}

func (r *routes) merge(o *routes, anyHost bool) {
	r.rest += o.rest
	for key, other := range o.byKey {
		for host, op := range other.byHost {
			if anyHost {
				host = AnyHost
			}
			if own := r.operation(key, host); own != nil {
				own.Merge(op)
			} else {
				r.rest += op.Calls()
			}
		}
	}
}

// operation returns the operation of a route on a host, nil if the route is not kept. A new route
// may replace another one.
func (r *routes) operation(key routeKey, host string) *Operation {
	own, ok := r.byKey[key]
	if !ok {
		own = &route{key.hash(), make(map[string]*Operation)}
		if len(r.byKey) >= r.limit && !r.removeLast(key, own) {
			return nil
		}
		r.byKey[cloned(key)] = own
	}
	return get(own.byHost, host, NewOperation)
}

// removeLast makes room for a new route: it removes the route with the largest hash. If that is
// the new one, it returns false.
func (r *routes) removeLast(key routeKey, added *route) bool {
	last, at := key, added
	for k, o := range r.byKey {
		if c := cmp.Compare(o.hash, at.hash); c > 0 || c == 0 && k.compare(last) > 0 {
			last, at = k, o
		}
	}
	if last == key {
		return false
	}
	for _, op := range at.byHost {
		r.rest += op.Calls()
	}
	delete(r.byKey, last)
	return true
}

// forgetHosts combines all hosts into AnyHost.
func (r *routes) forgetHosts() {
	for _, one := range r.byKey {
		all := NewOperation()
		for _, op := range one.byHost {
			all.Merge(op)
		}
		one.byHost = map[string]*Operation{AnyHost: all}
	}
}

func (k routeKey) hash() uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(k.method + " " + k.template + " " + k.base)) // a hash.Hash never fails
	return h.Sum64()
}

// compare orders routes by template, method and base.
func (k routeKey) compare(o routeKey) int {
	return cmp.Or(cmp.Compare(k.template, o.template), cmp.Compare(k.method, o.method), cmp.Compare(k.base, o.base))
}

// sorted returns the routes in order.
func (r *routes) sorted() []routeKey {
	return slices.SortedFunc(maps.Keys(r.byKey), routeKey.compare)
}
