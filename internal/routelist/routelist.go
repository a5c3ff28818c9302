// Package routelist holds the routes that an application has, called or not: methods, path templates and
// the names of views. A middleware reports them, a daemon writes them as the calls of these routes have
// them, and the server compares both. Routes are code: a list has nothing of a call. This package does
// no I/O and does not read the clock.
package routelist

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"akita/internal/witness"
)

// MaxRoutes bounds the routes of a list; those that come first in its order are kept.
const MaxRoutes = 10_000

// Bounds of the texts of a route, in bytes. A route with a longer one is left out.
const (
	maxPathBytes   = 1000
	maxViewBytes   = 300
	maxMethodBytes = 32
	maxVariants    = 16
)

// maxTextBytes bounds the texts of all routes, so that their encoding has at most MaxBytes: a route with
// optional parts stands for many templates.
const maxTextBytes = MaxBytes / 3

// AnyMethod is the method of a route whose view takes every method, or does not say which.
const AnyMethod = "*"

// Route is one method of a route.
type Route struct {
	Method string `json:"method"` // in upper case, or AnyMethod
	// Path is an OpenAPI path template, or, if Opaque is set, the route as the framework writes it: it
	// cannot be written as a template.
	Path   string `json:"path"`
	Opaque bool   `json:"opaque,omitzero"`
	// Also are the templates without some of the route's optional parts.
	Also []string `json:"also,omitempty"`
	// Tail reports whether the last parameter stands for any number of segments.
	Tail bool   `json:"tail,omitzero"`
	View string `json:"view,omitzero"` // the framework's name of the view, as calls have it
}

// Entry is one method of a route as a middleware reports it.
type Entry struct {
	Method string `json:"method"`
	Route  string `json:"route"` // as the framework writes it
	View   string `json:"view"`
}

// Report is what a middleware reports of an application.
type Report struct {
	Routes    array[Entry] `json:"routes"`
	Truncated bool         `json:"truncated"` // the application has more routes
}

// List is the routes of an application, by path, method and view, each once.
type List struct {
	Routes []Route `json:"routes"`
	// Truncated reports whether the application has more routes.
	Truncated bool `json:"truncated,omitzero"`
}

// List returns the routes of a report as calls have them. Entries that no framework makes are left out.
func (r Report) List() List { return New(r.Routes, r.Truncated) }

// New returns the list of what a framework has. Entries that no framework makes are left out.
func New(entries []Entry, truncated bool) List {
	l := List{Routes: make([]Route, 0, min(len(entries), MaxRoutes)), Truncated: truncated}
	size := 0
	for _, e := range entries {
		r := e.route()
		if !r.isValid() {
			continue
		}
		if size += r.size(); size > maxTextBytes {
			l.Truncated = true
			break
		}
		l.Routes = append(l.Routes, r)
	}
	l.sort()
	return l
}

func (e Entry) route() Route {
	r := Route{Method: strings.ToUpper(e.Method), View: witness.ViewName(e.View)}
	templates := witness.Templates(e.Route)
	if len(templates) == 0 {
		r.Path, r.Opaque = e.Route, true
		return r
	}
	r.Path, r.Tail = templates[0].Path, templates[0].Tail
	for _, t := range templates[1:] {
		if t.Path != r.Path && !slices.Contains(r.Also, t.Path) {
			r.Also = append(r.Also, t.Path)
		}
	}
	return r
}

// sort puts the routes in order and bounds them.
func (l *List) sort() {
	slices.SortFunc(l.Routes, Route.compare)
	l.Routes = slices.CompactFunc(l.Routes, func(a, b Route) bool { return a.compare(b) == 0 })
	if len(l.Routes) > MaxRoutes {
		l.Routes, l.Truncated = l.Routes[:MaxRoutes], true
	}
}

// compare orders routes by path, method and view.
func (r Route) compare(o Route) int {
	number := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(r.Path, o.Path), cmp.Compare(r.Method, o.Method), cmp.Compare(r.View, o.View),
		number(r.Opaque)-number(o.Opaque), number(r.Tail)-number(o.Tail), slices.Compare(r.Also, o.Also),
	)
}

// isValid reports whether a route is within the bounds.
func (r Route) isValid() bool {
	paths := append([]string{r.Path}, r.Also...)
	return isMethod(r.Method) && len(paths) <= maxVariants && isText(r.View, maxViewBytes) &&
		!slices.ContainsFunc(paths, func(path string) bool { return !r.isPath(path) })
}

func (r Route) isPath(path string) bool {
	return isText(path, maxPathBytes) && (r.Opaque || strings.HasPrefix(path, "/"))
}

// size returns an estimate of the bytes of a route's encoding, without escapes.
func (r Route) size() int {
	const members = 100
	size := members + len(r.Method) + len(r.Path) + len(r.View)
	for _, path := range r.Also {
		size += len(path) + len(`"",`)
	}
	return size
}

// isMethod reports whether a text is AnyMethod or the name of a method in upper case.
func isMethod(text string) bool {
	isLetter := func(r rune) bool { return 'A' <= r && r <= 'Z' || r == '-' || r == '_' }
	return text == AnyMethod ||
		text != "" && len(text) <= maxMethodBytes && !strings.ContainsFunc(text, func(r rune) bool { return !isLetter(r) })
}

// isText reports whether a text can be shown and has at most maxBytes.
func isText(text string, maxBytes int) bool {
	return len(text) <= maxBytes && utf8.ValidString(text) &&
		!strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}
