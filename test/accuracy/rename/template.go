package rename

import (
	"regexp"
	"slices"
	"strings"
)

// template recognizes the calls of an operation.
type template struct {
	method   string
	literals []string // the text before, between and after the parameters
	pattern  *regexp.Regexp
}

// part is a piece of a path: a parameter's value, or the text around it.
type part struct {
	text string
	data bool
}

var parameter = regexp.MustCompile(`\{[^{}]*\}`)

// compile prepares templates, those with the longest literal text first.
func compile(templates []Template) []*template {
	var compiled []*template
	for _, t := range templates {
		c := &template{method: strings.ToUpper(t.Method), literals: parameter.Split(strings.TrimRight(t.Path, "/"), -1)}
		var expression strings.Builder
		for i, literal := range c.literals {
			if i > 0 {
				expression.WriteString(group(t.Tail && i == len(c.literals)-1))
			}
			expression.WriteString(regexp.QuoteMeta(literal))
		}
		c.pattern = regexp.MustCompile("^" + expression.String() + "/?$")
		compiled = append(compiled, c)
	}
	slices.SortStableFunc(compiled, func(a, b *template) int { return b.weight() - a.weight() })
	return compiled
}

func group(tail bool) string {
	if tail {
		return "(.+)"
	}
	return "([^/]+)"
}

func (t *template) weight() int { return len(strings.Join(t.literals, "")) }

// find returns the parts of a call's path by the first template that matches.
func find(templates []*template, method, path string) ([]part, bool) {
	for _, t := range templates {
		if t.method != strings.ToUpper(method) {
			continue
		}
		m := t.pattern.FindStringSubmatchIndex(path)
		if m == nil {
			continue
		}
		var parts []part
		at := 0
		for i := 2; i < len(m); i += 2 {
			parts = append(parts, part{path[at:m[i]], false}, part{path[m[i]:m[i+1]], true})
			at = m[i+1]
		}
		return append(parts, part{path[at:], false}), true
	}
	return nil, false
}
