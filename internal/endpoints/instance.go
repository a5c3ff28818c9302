package endpoints

import (
	"strings"

	"akita/internal/names"
	"akita/internal/shape"
)

// ofRoute returns e under the path of the known route that its calls belong to, nil for none: the words
// and values of its path are values of that route, and both answer alike. Some calls of an API may have
// their route from the framework, and others may come from a gateway that does not know it.
func (f *finds) ofRoute(e *Endpoint) *Endpoint {
	if e.withheld || isUnmatched(e.Calls, false) {
		return nil
	}
	path := segmentsOf(Anonymous(e.Path))
	m := match{method: e.Method, host: e.Host}
	route := m.below(f.knownRoutes(), path)
	if route == nil {
		return nil
	}
	arguments, ok := route.argumentsOf(path, e)
	if !ok || compareSides(route.side(), e.side()) == different {
		return nil
	}
	out := *e
	out.Path, out.arguments = route.Path, arguments
	return &out
}

// knownRoutes returns the routes that the framework names, as they were before paths were added to them.
func (f *finds) knownRoutes() *matchNode {
	if f.routes == nil {
		f.routes = new(matchNode)
		for _, e := range f.all {
			if e.known {
				own := *e
				f.routes.add(&own)
			}
		}
	}
	return f.routes
}

// argumentsOf returns what the calls of other, whose path has these segments, have as arguments of e. ok
// is false if a segment of the path is not a value of its parameter, or if the route has no word: it would
// take any path.
func (e *Endpoint) argumentsOf(path []string, other *Endpoint) (out []argument, ok bool) {
	route := segmentsOf(Anonymous(e.Path))
	if len(route) != len(path) {
		return nil, false
	}
	values, hasWord := other.arguments, false
	for i, segment := range route {
		n, own := strings.Count(path[i], holder), strings.Count(segment, holder)
		if segment == path[i] {
			out, values = append(out, values[:n]...), values[n:]
			hasWord = hasWord || n == 0 && segment != ""
			continue
		}
		if own != 1 || !e.arguments[len(out)].takes(path[i]) {
			return nil, false
		}
		out, values = append(out, other.word()), values[n:]
	}
	return out, hasWord
}

// takes reports whether a text may be a value of the parameter: its values have the format of the text,
// or some are texts without a format, and the text does not name an operation.
func (a argument) takes(text string) bool {
	var formatted uint64
	own := shape.OfText(text, shape.Options{}).Formats
	for _, c := range a.shape.Formats {
		if own.Of(c.Format) > 0 {
			return true
		}
		formatted += c.Count
	}
	return a.shape.Strs > formatted && !namesOperation(strings.ToLower(text))
}

// namesOperation reports whether a word in lower case is rarely a value.
func namesOperation(word string) bool {
	return names.IsPronoun(word) || names.IsReserved(word) || names.IsSpecial(word) || names.IsVerb(word)
}

// word returns an argument whose values are one word in all calls of e.
func (e *Endpoint) word() argument {
	n := e.Calls.Request().Count
	return argument{shape: &shape.Shape{Strs: n}, words: n, distinct: 1, accepted: e.Calls.Accepted.Count > 0}
}
