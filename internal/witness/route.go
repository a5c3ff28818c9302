package witness

import (
	"net/url"
	"strings"
	"unicode"
)

// route is a route template of a framework, parsed.
type route struct {
	path    string      // as an OpenAPI path template: "/users/{pk}/"
	parts   []string    // of path: literals and, at odd places, parameter names
	typed   []Converter // by parameter, as the route writes them
	slashes []bool      // by parameter: whether its values may contain slashes
	fold    bool        // whether literals match in upper and lower case
}

// readRoute returns the template of a route that a path matches. A route with optional parts
// stands for several templates. If one of them is the same template without the version of the
// API, that is base, since both address the same resource; otherwise base is "". ok is false if
// the route cannot be written as templates, or if the path matches none of them.
func readRoute(text, path string, c *Cache) (taken route, base string, ok bool) {
	variants := c.route(text)
	for _, r := range variants {
		if r.match(path) != nil {
			return r, r.unversioned(variants), true
		}
	}
	return route{}, "", false
}

// unversioned returns the variant that differs from r only by an optional version, as in
// "api/(?:(?P<version>v[12])/)?users/"; "" if there is none.
func (r route) unversioned(variants []route) string {
	for i := 1; i < len(r.parts); i += 2 {
		name := r.parts[i]
		if !strings.Contains(strings.ToLower(name), "version") && name != "v" {
			continue
		}
		without := strings.Replace(r.path, "{"+name+"}/", "", 1)
		for _, other := range variants {
			if other.path == without && without != r.path {
				return without
			}
		}
	}
	return ""
}

// parseVariants returns the templates that a route stands for, the one without optional parts last. It
// returns nil if the route cannot be written as templates.
func parseVariants(text string) []route {
	var variants []route
	for _, variant := range expand(text) {
		r, ok := parseRoute(variant)
		if !ok {
			return nil
		}
		variants = append(variants, r)
	}
	return variants
}

// Bounds of a route; a longer one is not read.
const (
	maxRouteBytes = 1000
	maxOptional   = 4 // optional parts
)

// expand writes a route with optional groups, "a/(?:b/)?c/", as the routes that it stands
// for, the longest first and the one without any of them last; none where there are too many.
func expand(text string) []string {
	if len(text) > maxRouteBytes || strings.Count(text, ")?") > maxOptional {
		return nil
	}
	return expandGroups(text)
}

func expandGroups(text string) []string {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '(':
			end := groupEnd(text[i:])
			if end < 0 {
				return nil
			}
			end += i
			if end == len(text) || text[end] != '?' {
				i = end - 1
				continue
			}
			inner := text[i:end]
			if bare, ok := strings.CutPrefix(inner, "(?:"); ok {
				inner = strings.TrimSuffix(bare, ")")
			}
			return append(expandGroups(text[:i]+inner+text[end+1:]), expandGroups(text[:i]+text[end+1:])...)
		}
	}
	return []string{text}
}

// parseRoute reads a route as Django writes it, "api/users/<int:pk>/" or
// "^api/orders/(?P<id>[^/.]+)/$" or both in one; as Flask writes it, "/users/<int:pk>"; or as an
// OpenAPI template, "/users/{pk}".
func parseRoute(text string) (route, bool) {
	if len(text) > maxRouteBytes {
		return route{}, false
	}
	b := routeBuilder{parts: []string{""}}
	for rest := strings.TrimPrefix(text, "/"); rest != ""; {
		var ok bool
		if rest, ok = b.next(rest); !ok {
			return route{}, false
		}
	}
	for i, part := range b.parts {
		if i%2 == 0 && (strings.ContainsAny(part, "{}<>?#*") || strings.ContainsFunc(part, isUnprintable)) {
			return route{}, false
		}
	}
	b.parts[0] = "/" + b.parts[0]
	r := route{parts: b.parts, typed: b.typed, slashes: b.slashes, fold: b.fold}
	for i, part := range b.parts {
		if i%2 == 0 {
			r.path += part
		} else {
			r.path += "{" + part + "}"
		}
	}
	return r, true
}

// isUnprintable reports whether r is a control character, invisible or bidirectional. Routes do
// not contain such characters, and they can mislead terminals and readers of a document.
func isUnprintable(r rune) bool { return !unicode.IsPrint(r) }

type routeBuilder struct {
	parts   []string
	typed   []Converter
	slashes []bool
	unnamed int  // parameters so far that are groups without a name
	fold    bool // case-insensitive
	pattern bool // inside a regular expression
}

func (b *routeBuilder) literal(text string) { b.parts[len(b.parts)-1] += text }

func (b *routeBuilder) param(name, converter string, slashes bool) bool {
	if !isIdentifier(name) {
		return false
	}
	for i := 1; i < len(b.parts); i += 2 {
		if b.parts[i] == name {
			return false // OpenAPI allows a name once
		}
	}
	b.parts = append(b.parts, name, "")
	b.typed = append(b.typed, newConverter(converter))
	b.slashes = append(b.slashes, slashes)
	return true
}

// next reads one piece of the route and returns the rest.
func (b *routeBuilder) next(text string) (rest string, ok bool) {
	switch c := text[0]; {
	case c == '<':
		inner, rest, ok := strings.Cut(text[1:], ">")
		converter, name, typed := strings.Cut(inner, ":")
		if !typed {
			converter, name = "", inner
		}
		return rest, ok && b.param(name, converter, takesSlashes(converter))
	case c == '{':
		inner, rest, ok := strings.Cut(text[1:], "}")
		name, converter, _ := strings.Cut(inner, ":")
		return rest, ok && b.param(name, converter, takesSlashes(converter))
	case c == '^':
		b.pattern = true
		return text[1:], true
	case c == '$' && (b.pattern || len(text) == 1): // elsewhere it is a literal, as in FHIR's "$everything"
		return text[1:], true
	case c == '(':
		return b.group(text)
	case c == '\\' && len(text) > 1:
		switch text[1] {
		case 'Z', 'z', 'A':
			return text[2:], true
		}
		if strings.IndexByte(`.-/_:~+@!$&',;=()`, text[1]) < 0 {
			return "", false
		}
		b.literal(text[1:2])
		return text[2:], true
	case c == '?' && b.pattern: // an optional slash, as in "users/?$"
		last := &b.parts[len(b.parts)-1]
		if !strings.HasSuffix(*last, "/") {
			return "", false
		}
		*last = strings.TrimSuffix(*last, "/")
		return text[1:], true
	case strings.IndexByte(`[]|*+`, c) >= 0 && b.pattern, c == ' ':
		return "", false
	}
	b.literal(text[:1])
	return text[1:], true
}

// groupEnd returns the index after the group that text starts with, -1 if the group is not closed.
func groupEnd(text string) int {
	for i, depth := range outside(text) {
		if text[i] == ')' && depth == 0 {
			return i + 1
		}
	}
	return -1
}

func isIdentifier(name string) bool {
	if name == "" || len(name) > 64 {
		return false
	}
	for i := range len(name) {
		if c := name[i]; !(c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && '0' <= c && c <= '9') {
			return false
		}
	}
	return true
}

// args returns the parameters of the template with the shapes of their values in a path that
// matches it. converters, which the framework reports apart from the route, take precedence over
// those in the route.
func (r route) args(path string, converters map[string]string, o Options) []Param {
	values := r.match(path)
	var out []Param
	for i, converter := range r.typed {
		p := Param{Name: r.parts[2*i+1], Converter: converter}
		if named, ok := converters[p.Name]; ok {
			p.Converter = newConverter(named)
		}
		if values != nil {
			p.Shape = segmentShape(values[i], o)
		}
		out = append(out, p)
	}
	return out
}

// match returns the values of the parameters in an escaped path, nil if it does not match.
// The path may start with a prefix that the server strips (Django's SCRIPT_NAME). A slash at the
// end may be missing or extra, because frameworks redirect or rewrite such requests.
func (r route) match(path string) []string {
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	path = "/" + strings.TrimPrefix(path, "/")
	if values := r.matchBehindPrefix(path); values != nil {
		return values
	}
	if bare, ok := strings.CutSuffix(path, "/"); ok {
		return r.matchBehindPrefix(bare)
	}
	return r.matchBehindPrefix(path + "/")
}

func (r route) matchBehindPrefix(path string) []string {
	for range MaxSegments {
		if values := r.values(path); values != nil {
			return values
		}
		next := strings.IndexByte(path[min(1, len(path)):], '/')
		if next < 0 {
			return nil
		}
		path = path[next+1:]
	}
	return nil
}

// values matches a whole path.
func (r route) values(path string) []string {
	rest, ok := r.cutPrefix(path, r.parts[0])
	if !ok {
		return nil
	}
	values := make([]string, 0, len(r.parts)/2)
	for i := 1; i < len(r.parts); i += 2 {
		next, last := r.parts[i+1], i+2 == len(r.parts)
		end := len(rest) - len(next)
		if !last {
			end = r.index(rest, next)
		}
		if end <= 0 || !last && next == "" || !r.equal(rest[end:end+len(next)], next) {
			return nil
		}
		if !r.slashes[i/2] && strings.Contains(rest[:end], "/") {
			return nil
		}
		values, rest = append(values, rest[:end]), rest[end+len(next):]
	}
	if rest != "" {
		return nil
	}
	return values
}

func (r route) cutPrefix(text, prefix string) (rest string, ok bool) {
	if len(text) < len(prefix) || !r.equal(text[:len(prefix)], prefix) {
		return "", false
	}
	return text[len(prefix):], true
}

func (r route) equal(text, literal string) bool {
	return text == literal || r.fold && strings.EqualFold(text, literal)
}

func (r route) index(text, literal string) int {
	if !r.fold {
		return strings.Index(text, literal)
	}
	for i := 0; i+len(literal) <= len(text); i++ {
		if strings.EqualFold(text[i:i+len(literal)], literal) {
			return i
		}
	}
	return -1
}
