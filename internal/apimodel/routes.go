package apimodel

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"

	"akita/internal/witness"
)

// Route holds the calls of one route of the framework on one host.
type Route struct {
	Host, Method, Template string
	Base                   string // the template without the optional parts of the route; "" if it has none
	Operation              *Operation
}

// routes sums up the calls whose route the framework knows, for a limited number of routes. If there
// are more, the routes with the smallest hashes are kept: that sample does not depend on order.
type routes struct {
	byKey map[routeKey]*route
	limit int
	rest  uint64 // calls of routes that are not kept
}

// route holds the calls of one route.
type route struct {
	hash   uint64
	byHost map[string]*Operation
}

// routeKey names an operation whose path template is known.
type routeKey struct {
	method, template string
	base             string // see Route.Base
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

// put sets the operation of a route on a host, unless the route is not kept. It takes the texts over.
func (r *routes) put(key routeKey, host string, op *Operation) bool {
	of, ok := r.byKey[key]
	if !ok {
		of = &route{key.hash(), make(map[string]*Operation, 1)}
		if len(r.byKey) >= r.limit && !r.replaceLast(key, of) {
			return false
		}
		r.byKey[key] = of
	}
	of.byHost[host] = op
	return true
}

// operation returns the operation of a route on a host, nil if the route is not kept. It may remove
// another route.
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

// replaceLast removes the route with the greatest hash to make room for a new one. It reports false
// if the new one would have the greatest hash.
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

// forgetHosts merges all hosts into AnyHost.
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
	keys := slices.AppendSeq(make([]routeKey, 0, len(r.byKey)), maps.Keys(r.byKey))
	slices.SortFunc(keys, routeKey.compare)
	return keys
}
