package apimodel

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"

	"akita/internal/witness"
)

// Route is what was called of one route of the framework on one host.
type Route struct {
	Host, Method, Template string
	Base                   string // of a route with optional parts: the template without them
	Operation              *Operation
}

// routes sums up the calls whose route the framework knows, of a limited number of routes. If there
// are more, those with the smallest hashes stay: a sample that does not depend on order.
type routes struct {
	byKey map[routeKey]*route
	limit int
	rest  uint64 // calls of routes that did not stay
}

// route is what was called of one route.
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

func (r *routes) merge(o *routes, mAnyHosts bool) {
	r.rest += o.rest
	for key, of := range o.byKey {
		for host, op := range of.byHost {
			if mAnyHosts {
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

// operation returns the operation of a route on a host, nil if the route does not stay. It may
// remove another route.
func (r *routes) operation(key routeKey, host string) *Operation {
	of, ok := r.byKey[key]
	if !ok {
		of = &route{key.hash(), make(map[string]*Operation)}
		if len(r.byKey) >= r.limit && !r.replaceLast(key, of) {
			return nil
		}
		r.byKey[cloned(key)] = of
	}
	return get(of.byHost, host, NewOperation)
}

// replaceLast removes the last of the routes to make room for a new one, and reports whether it did:
// it does not if the new one would be the last.
func (r *routes) replaceLast(key routeKey, of *route) bool {
	last, at := key, of
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

// forgetHosts makes all hosts one.
func (r *routes) forgetHosts() {
	for _, of := range r.byKey {
		all := NewOperation()
		for _, op := range of.byHost {
			all.Merge(op)
		}
		of.byHost = map[string]*Operation{AnyHost: all}
	}
}

func (k routeKey) hash() uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(k.method + " " + k.template + " " + k.base)) // a hash.Hash never fails
	return h.Sum64()
}

// compare orders routes by template and method.
func (k routeKey) compare(o routeKey) int {
	return cmp.Or(
		cmp.Compare(k.template, o.template),
		cmp.Compare(k.method, o.method),
		cmp.Compare(k.base, o.base),
	)
}

// sorted returns the routes in order.
func (r *routes) sorted() []routeKey {
	return slices.SortedFunc(maps.Keys(r.byKey), routeKey.compare)
}
