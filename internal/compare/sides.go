package compare

import (
	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/facts"
)

// Sides returns what the calls of two recordings show. The paths of both are inferred together, so that
// the same words are values in both.
func Sides(base, revision Recording) (x, y *Traffic) {
	both := base.Model.Clone()
	both.Merge(revision.Model)
	set := endpoints.Infer(both)
	return sideOf(set, base), sideOf(set, revision)
}

// SidesOfOneAPI is like Sides for recordings of one API that was called at different hosts, as tests call
// it at another one than clients.
func SidesOfOneAPI(base, revision Recording) (x, y *Traffic) {
	both := base.Model.Clone()
	both.Merge(revision.Model)
	both.ForgetHosts()
	set := endpoints.Infer(both)
	return sideOf(set, base), sideOf(set, revision)
}

func sideOf(set *endpoints.Set, r Recording) *Traffic {
	t := &Traffic{set: set, operations: make(map[operationKey]*observed), calls: r.Model.Witnesses()}
	for key, op := range r.Model.Operations() {
		e := set.Match(key)
		if e == nil {
			continue
		}
		at := operationKey{e.Method, e.Path}
		o := t.operations[at]
		if o == nil {
			o = newObserved()
			t.operations[at] = o
		}
		o.add(e, op)
	}
	t.date(r.Dates)
	return t
}

// add adds the calls of an operation that belong to an endpoint.
func (o *observed) add(e *endpoints.Endpoint, op *apimodel.Operation) {
	o.operations, o.isRoute = append(o.operations, op), o.isRoute || e.IsRoute()
	for k, n := range facts.OfOperation(op) {
		if k.Kind == facts.Parameter && k.In == "header" && e.IsHabit(k.Path) {
			continue
		}
		o.counts[k] += n
	}
	for credentials, n := range op.Auth {
		o.credentials[credentials] += n
	}
	if o.first.IsZero() || !op.First.IsZero() && op.First.Before(o.first) {
		o.first = op.First
	}
	if op.Last.After(o.last) {
		o.last = op.Last
	}
}
