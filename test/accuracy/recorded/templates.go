package recorded

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// tails are the names of parameters of a published document that may span segments if they end
// a template.
var tails = []string{"{path}", "{ref}", "{dir}"}

// templates finds the operations whose templates match a call, those with the most literal
// segments first.
type templates struct {
	byLength map[length][]pattern
	tails    []pattern
}

type length struct {
	method  string
	slashes int
}

type pattern struct {
	Operation
	*regexp.Regexp
}

// newTemplates prepares the operations. WithTails allows parameters that span segments.
func newTemplates(operations map[Operation]string, withTails bool) *templates {
	t := &templates{byLength: make(map[length][]pattern)}
	for _, op := range sorted(operations) {
		expression := strings.ReplaceAll(regexp.QuoteMeta(op.Path), `\{\}`, "[^/]+")
		key := length{op.Method, strings.Count(op.Path, "/")}
		t.byLength[key] = append(t.byLength[key], pattern{op, regexp.MustCompile("^" + expression + "/?$")})
		ending := slices.ContainsFunc(tails, func(tail string) bool { return strings.HasSuffix(operations[op], tail) })
		if withTails && ending {
			expression = strings.TrimSuffix(expression, "[^/]+") + ".+"
			t.tails = append(t.tails, pattern{op, regexp.MustCompile("^" + expression + "$")})
		}
	}
	return t
}

// sorted returns the operations by their number of literal segments, the most first, then by
// method and path.
func sorted(operations map[Operation]string) []Operation {
	var ops []Operation
	for op := range operations {
		ops = append(ops, op)
	}
	slices.SortFunc(ops, func(a, b Operation) int {
		return cmp.Or(cmp.Compare(b.literals(), a.literals()), compare(a, b))
	})
	return ops
}

func compare(a, b Operation) int {
	return cmp.Or(strings.Compare(a.Method, b.Method), strings.Compare(a.Path, b.Path))
}

// all returns the operations that match a call. Those of the call's length hide tails.
func (t *templates) all(method, path string) []Operation {
	if path = strings.TrimRight(path, "/"); path == "" {
		path = "/"
	}
	if near := matching(t.byLength[length{method, strings.Count(path, "/")}], method, path); len(near) > 0 {
		return near
	}
	return matching(t.tails, method, path)
}

func matching(patterns []pattern, method, path string) []Operation {
	var found []Operation
	for _, p := range patterns {
		if p.Method == method && p.MatchString(path) {
			found = append(found, p.Operation)
		}
	}
	return found
}
