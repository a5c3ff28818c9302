package declared

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"akita/internal/shape"
	"akita/internal/witness"
)

// routeNode is a place in the tree of the segments of all paths.
type routeNode struct {
	literals map[string]*routeNode
	patterns []*routePattern // that with most literal text first
	route    string          // of the path that ends here; "" for none
	tail     string          // of the path whose last parameter takes all that follows; "" for none
}

// routePattern is a segment with parameters.
type routePattern struct {
	literals []string // around the parameters: one more than there are
	node     *routeNode
}

// add adds a path and returns its route: the path with numbered parameters, {p1}, {p2}, whose names do
// not matter. isTail says that values of the last parameter may have slashes.
func (n *routeNode) add(template string, isTail bool) string {
	at, above, number := n, n, 0
	var route strings.Builder
	for segment := range strings.SplitSeq(strings.TrimPrefix(template, "/"), "/") {
		route.WriteByte('/')
		literals := split(segment)
		for i, text := range literals {
			if i > 0 {
				route.WriteString("{" + Argument(number) + "}")
				number++
			}
			route.WriteString(text)
		}
		above, at = at, at.child(literals)
	}
	if at.route == "" {
		at.route = route.String()
	}
	if isTail && strings.HasSuffix(template, "}") && above.tail == "" {
		above.tail = at.route
	}
	return at.route
}

// Argument returns the name of a parameter of a route by its index.
func Argument(i int) string { return "p" + strconv.Itoa(i+1) }

// split returns the literal texts around the parameters of a segment.
func split(segment string) []string {
	var literals []string
	for {
		before, after, ok := strings.Cut(segment, "{")
		_, rest, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return append(literals, segment)
		}
		literals, segment = append(literals, before), rest
	}
}

func (n *routeNode) child(literals []string) *routeNode {
	if len(literals) == 1 {
		if n.literals == nil {
			n.literals = make(map[string]*routeNode)
		}
		if n.literals[literals[0]] == nil {
			n.literals[literals[0]] = new(routeNode)
		}
		return n.literals[literals[0]]
	}
	for _, p := range n.patterns {
		if slices.Equal(p.literals, literals) {
			return p.node
		}
	}
	p := &routePattern{literals: literals, node: new(routeNode)}
	n.patterns = append(n.patterns, p)
	slices.SortStableFunc(n.patterns, func(x, y *routePattern) int {
		return cmp.Compare(len(strings.Join(y.literals, "")), len(strings.Join(x.literals, "")))
	})
	return p.node
}

// Route returns the route of a path as a URL has it, and the values of its parameters. A literal segment
// wins over a parameter, and that over one whose values have slashes. A slash at the end may be missing or
// extra. ok is false if the document has no such path.
func (d *Document) Route(escaped string) (route string, values []string, ok bool) {
	segments := strings.Split(strings.TrimPrefix(escaped, "/"), "/")
	for i, s := range segments {
		if plain, err := url.PathUnescape(s); err == nil {
			segments[i] = plain
		}
	}
	steps := 0
	return d.find(segments, &steps)
}

// find returns the route of a path, with or without a slash at its end.
func (d *Document) find(segments []string, steps *int) (route string, values []string, ok bool) {
	if route, values, ok = d.root.match(segments, nil, steps); ok {
		return route, values, true
	}
	if last := len(segments) - 1; segments[last] == "" {
		segments = segments[:last]
	} else {
		segments = append(segments, "")
	}
	return d.root.match(segments, nil, steps)
}

// Value is what a parameter of a route stands for in the path of an operation whose calls are summed up.
type Value struct {
	Index int    // of a value in that path, from 0; -1 if it is none
	Text  string // the text, if it is none; "" if it is not known
}

// holder stands in the place of a value in the path of an operation whose calls are summed up.
const holder = "{}"

// RouteOf is like Route for the path of an operation whose calls are summed up. It has "{}" in the place of
// each value. A value is one of a parameter; it may also stand for a word in the path of a server, because
// frameworks have parameters for versions.
func (d *Document) RouteOf(path string) (route string, values []Value, ok bool) {
	segments, n := strings.Split(strings.TrimPrefix(path, "/"), "/"), 0
	for i, s := range segments {
		for strings.Contains(s, holder) {
			s = strings.Replace(s, holder, numbered(n), 1)
			n++
		}
		segments[i] = s
	}
	steps := 0
	route, texts, ok := d.find(segments, &steps)
	for i := 0; !ok && i < len(d.bases); i++ {
		if based, isBase := onBase(segments, d.bases[i]); isBase {
			route, texts, ok = d.find(based, &steps)
		}
	}
	for _, text := range texts {
		values = append(values, valueOf(text))
	}
	return route, values, ok
}

func numbered(n int) string { return "{" + strconv.Itoa(n) + "}" }

func valueOf(text string) Value {
	number, isHolder := strings.CutPrefix(text, "{")
	if n, err := strconv.Atoi(strings.TrimSuffix(number, "}")); isHolder && err == nil {
		return Value{Index: n}
	}
	if isHolder || strings.Contains(text, "{") {
		return Value{Index: -1}
	}
	return Value{Index: -1, Text: text}
}

// onBase returns segments with the words of a base path in the place of values at their start.
func onBase(segments []string, base string) ([]string, bool) {
	words := strings.Split(strings.TrimPrefix(base, "/"), "/")
	if base == "" || len(words) > len(segments) {
		return nil, false
	}
	for i, word := range words {
		if segments[i] != word && !strings.HasPrefix(segments[i], "{") {
			return nil, false
		}
	}
	return slices.Concat(words, segments[len(words):]), true
}

// Name gives a call the route of its path, which the URL has escaped, so that nothing about the path is
// inferred. It reports false if the document has no such path.
func (d *Document) Name(w *witness.Witness, escaped string, o witness.Options) bool {
	route, values, ok := d.Route(escaped)
	if !ok {
		return false
	}
	w.Template, w.BaseTemplate, w.NoRoute, w.Path = route, "", false, w.Path[:0]
	w.PathArgs = w.PathArgs[:0]
	for i, value := range values {
		w.PathArgs = append(w.PathArgs, witness.Param{
			Name: Argument(i), Shape: shape.OfText(value, shape.Options{Enums: o.Enums, Arena: o.Arena}),
		})
	}
	return true
}

// maxSteps bounds a search.
const maxSteps = 10_000

func (n *routeNode) match(segments, values []string, steps *int) (string, []string, bool) {
	if *steps++; *steps > maxSteps {
		return "", nil, false
	}
	if len(segments) == 0 {
		return n.route, values, n.route != ""
	}
	if child := n.literals[segments[0]]; child != nil {
		if route, found, ok := child.match(segments[1:], values, steps); ok {
			return route, found, true
		}
	}
	for _, p := range n.patterns {
		if more, ok := p.values(segments[0]); ok {
			if route, found, ok := p.node.match(segments[1:], slices.Concat(values, more), steps); ok {
				return route, found, true
			}
		}
	}
	if n.tail != "" && segments[0] != "" && len(segments) > 1 {
		return n.tail, slices.Concat(values, []string{strings.Join(segments, "/")}), true
	}
	return "", nil, false
}

// values returns the values of the parameters in a segment.
func (p *routePattern) values(segment string) (values []string, ok bool) {
	rest, ok := strings.CutPrefix(segment, p.literals[0])
	for i := 1; ok && i < len(p.literals); i++ {
		var end int
		next := p.literals[i]
		if i == len(p.literals)-1 {
			end = len(rest) - len(next)
			ok = end > 0 && strings.HasSuffix(rest, next)
		} else {
			end = strings.Index(rest, next)
			ok = end > 0
		}
		if ok {
			values, rest = append(values, rest[:end]), rest[end+len(next):]
		}
	}
	return values, ok
}
