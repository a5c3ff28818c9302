package spectacular

import (
	"maps"
	"slices"
	"strings"

	"akita/internal/endpoints"
)

// view is the code that answers an operation.
type view struct {
	module, name string // "shop.views", "UserViewSet"
	handler      string // the action of a view set, or the method: "list", "get"
	method       string // that it answers: "GET"
}

// newView reads a view's name as the middleware reports it: "shop.views.UserViewSet.list",
// "shop.views.UserView" or "shop.views.ping". By Python's conventions, a class starts with a capital. It
// reports false for a name that cannot be imported.
func newView(name, method string) (v view, ok bool) {
	parts := strings.Split(name, ".")
	if len(parts) < 2 || slices.ContainsFunc(parts, func(p string) bool { return !isName(p) }) {
		return view{}, false
	}
	last := len(parts) - 1
	v = view{strings.Join(parts[:last], "."), parts[last], strings.ToLower(method), method}
	if !isClass(v.name) && isClass(parts[last-1]) {
		v.module, v.name, v.handler = strings.Join(parts[:last-1], "."), parts[last-1], v.name
	}
	// The class before a class is one around it, and no module.
	isNested := isClass(v.name) && isClass(v.module[strings.LastIndex(v.module, ".")+1:])
	return v, v.module != "" && !isNested
}

// isClass reports whether a name is that of a class.
func isClass(name string) bool {
	first := strings.TrimLeft(name, "_")
	return first != "" && first[0] >= 'A' && first[0] <= 'Z'
}

// viewName returns the name of the view that answered most calls; "" if no call names one.
func viewName(of []*endpoints.Endpoint) (name string) {
	counts := make(map[string]uint64)
	for _, e := range of {
		for view, n := range e.Calls.Views {
			counts[view] += n
		}
	}
	for _, view := range slices.Sorted(maps.Keys(counts)) {
		if counts[view] > counts[name] {
			name = view
		}
	}
	return name
}

// methodOf are the methods that routers give to the actions of view sets.
var methodOf = map[string]string{
	"list": "GET", "create": "POST", "retrieve": "GET", "update": "PUT", "partial_update": "PATCH", "destroy": "DELETE",
}

// isAction reports whether the handler is an action of a view set that is not one of the usual ones. It may
// answer several methods.
func (v view) isAction() bool {
	return v.handler != strings.ToLower(v.method) && methodOf[v.handler] != v.method
}

// isList reports whether drf-spectacular may take the answers for a list, unless they say otherwise.
func (v view) isList() bool { return v.handler == "list" || v.handler == "get" && isClass(v.name) }
