package apimodel

import (
	"slices"
	"strings"

	"akita/internal/shape"
)

// Which words of a path are data is decided here, from the whole tree and not as calls
// come in, so that order and grouping cannot matter. Words are data where siblings
// behave alike: their calls are answered with the same fields, and the same follows
// below them. What answers differently (me, search, set_password) stays literal.
const (
	minAlike     = 3   // words that behave alike, without an id beside them
	alike        = 0.8 // Jaccard similarity of the fields of two answers that are alike
	unlike       = 0.5 // and of two that are not
	minFields    = 2   // an answer with fewer fields proves nothing
	profileDepth = 3   // how deep answers are compared
)

// resolve decides, at n and below, which words are data.
func (n *node) resolve() {
	n.resolveWords()
	n.resolveNoise()
	for _, child := range n.literals {
		child.resolve()
	}
	if n.param != nil {
		n.param.resolve()
	}
}

// resolveWords turns literal children that are data into values of the parameter.
func (n *node) resolveWords() {
	for _, group := range n.groups() {
		if n.param != nil && compare(n.param, n.literals[group[0]]) == similar {
			if len(group) > 1 || !reserved[strings.ToLower(group[0])] && sameFields(n.param, n.literals[group[0]]) {
				n.absorbWords(group)
			}
			continue
		}
		if len(group) >= minAlike {
			n.absorbWords(group)
		}
	}
}

// reserved are words that stand beside ids and are none; they decide only where the
// answers cannot.
var reserved = map[string]bool{
	"me": true, "self": true, "current": true, "mine": true, "search": true, "latest": true, "new": true, "count": true,
	"all": true, "default": true, "random": true, "stats": true, "export": true, "bulk": true, "batch": true,
}

func (n *node) absorbWords(words []string) {
	for _, text := range words {
		n.absorb(text)
	}
	n.param.words = n.param.arg.Ints == 0 && len(n.param.arg.Formats) == 0
}

// resolveNoise looks at words that nothing but 404 answered: beside a parameter they
// are values that do not exist, elsewhere they stay to be dropped as noise.
func (n *node) resolveNoise() {
	if n.param == nil {
		return
	}
	for _, text := range sortedKeys(n.literals) {
		if text != "" && !n.literals[text].live() {
			n.absorb(text)
		}
	}
}

// live reports whether any operation at or below n is more than noise.
func (n *node) live() bool {
	for _, op := range n.ops {
		if !op.isNoise(false) {
			return true
		}
	}
	for _, child := range n.literals {
		if child.live() {
			return true
		}
	}
	return n.param != nil && n.param.live()
}

// groups sorts the live words among the children into groups that behave alike, each
// sorted, by their first word. A collection (with ids right below it) is code and
// stands in no group.
func (n *node) groups() [][]string {
	var groups [][]string
	bySignature := make(map[string]int)
	for _, text := range sortedKeys(n.literals) {
		child := n.literals[text]
		if text == "" || child.param != nil || !child.live() {
			continue
		}
		signature := child.signature()
		if i, ok := bySignature[signature]; ok {
			groups[i] = append(groups[i], text)
			continue
		}
		at := slices.IndexFunc(groups, func(g []string) bool { return compare(n.literals[g[0]], child) == similar })
		if at < 0 {
			at = len(groups)
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], text)
		if signature != "" {
			bySignature[signature] = at
		}
	}
	return groups
}

// signature is the same for nodes that behave exactly alike; "" where nothing is known.
func (n *node) signature() string {
	var b strings.Builder
	n.profile(func(where, method string, fields map[string]bool) {
		b.WriteString(where + " " + method + " " + strings.Join(sortedKeys(fields), ",") + "\n")
	})
	return b.String()
}

// profile calls yield with the fields of what was answered well, by method, at n and one
// level below. A trailing slash makes no other place.
func (n *node) profile(yield func(where, method string, fields map[string]bool)) {
	own := func(where string, n *node) {
		for _, method := range sortedKeys(n.ops) {
			if fields := n.ops[method].answerFields(); len(fields) >= minFields {
				yield(where, method, fields)
			}
		}
	}
	own("", n)
	for _, text := range sortedKeys(n.literals) {
		if text == "" {
			own("", n.literals[text])
		} else {
			own("/"+text, n.literals[text])
			if slash := n.literals[text].literals[""]; slash != nil {
				own("/"+text, slash)
			}
		}
	}
}

// verdict is what the comparison of two nodes says.
type verdict int

const (
	unknown verdict = iota
	similar
	different
)

// compare tells whether two siblings behave like two values of one parameter.
func compare(a, b *node) verdict {
	answers := make(map[string]map[string]bool)
	a.profile(func(where, method string, fields map[string]bool) { answers[where+" "+method] = fields })
	found := unknown
	b.profile(func(where, method string, fields map[string]bool) {
		other, ok := answers[where+" "+method]
		if !ok || found == different {
			return
		}
		switch j := jaccard(other, fields); {
		case j >= alike:
			found = similar
		case j < unlike:
			found = different
		}
	})
	return found
}

// sameFields reports whether all that both answer has the very same fields.
func sameFields(a, b *node) bool {
	answers := make(map[string]map[string]bool)
	a.profile(func(where, method string, fields map[string]bool) { answers[where+" "+method] = fields })
	same := true
	b.profile(func(where, method string, fields map[string]bool) {
		if other, ok := answers[where+" "+method]; ok && jaccard(other, fields) < 1 {
			same = false
		}
	})
	return same
}

func jaccard(a, b map[string]bool) float64 {
	both := 0
	for name := range a {
		if b[name] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// answerFields are the paths of the fields in what was answered with 2xx.
func (op *operation) answerFields() map[string]bool {
	fields := make(map[string]bool)
	for status, r := range op.Responses {
		if status/100 != 2 {
			continue
		}
		for _, b := range r.Bodies {
			addFields(fields, "", b.Shape, profileDepth)
		}
	}
	return fields
}

func addFields(fields map[string]bool, at string, s *shape.Shape, depth int) {
	if s == nil || depth == 0 {
		return
	}
	addFields(fields, at+"[]", s.Items, depth)
	if s.Object == nil {
		return
	}
	for _, f := range s.Object.Fields {
		path := at + "." + f.Name
		fields[path] = true
		addFields(fields, path, f.Shape, depth-1)
	}
	if s.Object.Values != nil {
		fields[at+".*"] = true
		addFields(fields, at+".*", s.Object.Values, depth-1)
	}
}
