package compare

import (
	"akita/internal/apimodel"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/facts"
)

// Recording is a side: what some calls show, and when they showed it. Calls from files and those that a
// server has are recordings alike.
type Recording struct {
	Model *apimodel.Model
	Dates Dates
}

// Dates are the hours in which the facts of operations were seen.
type Dates = facts.Dates

// Merge adds another recording. It does not change o.
func (r *Recording) Merge(o Recording) {
	r.Model.Merge(o.Model)
	for key, of := range o.Dates {
		for k, seen := range of {
			r.Dates.Add(key, k, seen)
		}
	}
}

// Traffic returns what the calls show, with the endpoints that are inferred from them.
func (r Recording) Traffic() (*Traffic, *endpoints.Set) {
	set := endpoints.Infer(r.Model)
	return NewTraffic(set, r.Dates), set
}

// Named returns the recording with the routes of a document, as declared.Document.Name gives them to calls:
// the calls of a server's model have routes of a framework, or paths without a known route. matched is how
// many calls have a path of the document. The result shares memory with r.
func (r Recording) Named(d *declared.Document) (named Recording, matched uint64) {
	routes := make(map[apimodel.OperationKey]apimodel.NewRoute)
	known := make(map[apimodel.OperationKey]bool)
	routeOf := func(key apimodel.OperationKey) (apimodel.NewRoute, bool) {
		if _, ok := known[key]; !ok {
			routes[key], known[key] = newRoute(d, key)
		}
		return routes[key], known[key]
	}
	named = Recording{Model: r.Model.Renamed(routeOf), Dates: make(Dates, len(r.Dates))}
	for key, of := range r.Dates {
		to, ok := routeOf(key)
		if ok {
			key = apimodel.OperationKey{Host: key.Host, Method: key.Method, Path: to.Template, IsRoute: true}
		}
		for k, seen := range of {
			if k.In == "path" && ok {
				k.Path = nameOfArg(to, k.Path)
			}
			named.Dates.Add(key, k, seen)
		}
		for _, arg := range to.Args { // a word has no dates of its own
			if seen, ok := of[facts.Key{Kind: facts.Operation}]; ok && arg.Text != "" {
				word := facts.Key{Kind: facts.Type, In: "path", Path: arg.Name, Value: "string"}
				named.Dates.Add(key, word, seen)
			}
		}
	}
	for route := range named.Model.Routes() {
		if _, ok := d.Template(route.Template); ok {
			matched += route.Operation.Calls()
		}
	}
	return named, matched
}

// nameOfArg returns the name that a value in the path gets.
func nameOfArg(to apimodel.NewRoute, from string) string {
	for _, arg := range to.Args {
		if arg.From == from {
			return arg.Name
		}
	}
	return from
}

// newRoute returns the route of a document that the calls of an operation have.
func newRoute(d *declared.Document, key apimodel.OperationKey) (out apimodel.NewRoute, ok bool) {
	for _, path := range []string{key.Path, key.Base} {
		route, values, ok := d.RouteOf(endpoints.Anonymous(path))
		if path == "" || !ok {
			continue
		}
		key.Path, out.Template = path, route
		args := key.Arguments()
		for i, v := range values {
			arg := apimodel.NewArg{Name: declared.Argument(i), Text: v.Text}
			if v.Index >= 0 && v.Index < len(args) {
				arg.From = args[v.Index]
			}
			out.Args = append(out.Args, arg)
		}
		return out, true
	}
	return out, false
}
