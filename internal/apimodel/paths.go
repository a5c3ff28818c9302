package apimodel

import (
	"slices"
	"strings"

	"akita/internal/shape"
	"akita/internal/witness"
)

// Which words of a path are data is decided here, from the whole tree and not as calls
// come in, so that order and grouping cannot matter. Words are data where siblings
// behave alike: their calls are answered with the same fields, and the same follows
// below them. What answers differently (me, search, set_password) stays literal.
const (
	minAlike     = 3   // words that behave alike, without an id beside them
	alike        = 0.8 // share of fields that two answers have in common that are alike
	unlike       = 0.5 // and two that are not
	minFields    = 2   // an answer with fewer fields proves nothing
	profileDepth = 3   // how deep answers are compared
)

// resolve decides, at n and below, which words are data.
func (n *node) resolve() {
	n.resolveVersions()
	n.resolveWords()
	n.resolveNoise()
	for _, child := range n.literals {
		child.resolve()
	}
	if n.param != nil {
		n.param.resolve()
	}
}

// resolveVersions takes optional versions out: where "/api/1.2/users" answers as "/api/users"
// does, and so does all that was called below the version, they are the same operations.
func (n *node) resolveVersions() {
	for _, text := range sortedKeys(n.literals) {
		if witness.IsVersion(text) && n.mirrors(n.literals[text]) {
			version := n.literals[text]
			delete(n.literals, text)
			n.merge(version)
		}
	}
}

// mirrors reports whether all that was called below version was called at n too.
func (n *node) mirrors(version *node) bool {
	if version.param != nil || len(version.literals) == 0 {
		return false
	}
	for text, child := range version.literals {
		own := n.literals[text]
		if text != "" && (own == nil || compare(own, child) == different) {
			return false
		}
	}
	return true
}

// resolveWords turns literal children that are data into values of the parameter.
func (n *node) resolveWords() {
	for _, group := range n.groups() {
		if n.param != nil && compare(n.param, n.literals[group[0]]) == similar {
			if len(group) > 1 || n.isRareValue(group[0]) {
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

// rareShare is how many calls a parameter must have for each of a word beside it that is
// one of its values: a name of its own draws traffic of its own.
const rareShare = 4

// isRareValue tells a single word that is a value of the parameter beside it.
func (n *node) isRareValue(text string) bool {
	word := n.literals[text]
	return !reserved[strings.ToLower(text)] && (word.calls()*rareShare <= n.param.calls() || word.signature() == n.param.signature())
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
	n.profile(func(where string, answer *shape.Shape) {
		fields := make(map[string]bool)
		addFields(fields, "", answer, profileDepth)
		b.WriteString(where + " " + strings.Join(sortedKeys(fields), ",") + "\n")
	})
	return b.String()
}

// profile calls yield with what was answered well, by method, at n and one level below.
// A trailing slash makes no other place.
func (n *node) profile(yield func(where string, answer *shape.Shape)) {
	own := func(where string, n *node) {
		for _, method := range sortedKeys(n.ops) {
			if answer := n.ops[method].answer(); width(answer) >= minFields {
				yield(where+" "+method, answer)
			}
		}
	}
	own("", n)
	for _, text := range sortedKeys(n.literals) {
		if text == "" {
			own("", n.literals[text])
			continue
		}
		own("/"+text, n.literals[text])
		if slash := n.literals[text].literals[""]; slash != nil {
			own("/"+text, slash)
		}
	}
}

// answer is what was answered with 2xx.
func (op *operation) answer() *shape.Shape {
	sum := new(shape.Shape)
	for status, r := range op.Responses {
		if status/100 == 2 {
			for _, b := range r.Bodies {
				sum.Merge(b.Shape)
			}
		}
	}
	return sum
}

// width is the number of fields of an answer, or of the items in it.
func width(s *shape.Shape) int {
	switch {
	case s == nil:
		return 0
	case s.Object != nil:
		return len(s.Object.Fields)
	}
	return width(s.Items)
}

// verdict is what the comparison of two nodes says.
type verdict int

const (
	unknown verdict = iota
	similar
	different
)

// compare tells whether two siblings behave like two values of one parameter: no
// answer that both gave is different, and at least one is alike.
func compare(a, b *node) verdict {
	answers := make(map[string]*shape.Shape)
	a.profile(func(where string, answer *shape.Shape) { answers[where] = answer })
	found := unknown
	b.profile(func(where string, answer *shape.Shape) {
		other, ok := answers[where]
		if !ok || found == different {
			return
		}
		switch likeness := alikeness(other, answer, profileDepth); {
		case likeness >= alike:
			found = similar
		case likeness < unlike:
			found = different
		}
	})
	return found
}

// alikeness compares two shapes, from 0 to 1: the share of fields that both have, each
// weighed by how alike what stands in it is. What one of them leaves open (null, an
// empty array, depth) says nothing against it.
func alikeness(a, b *shape.Shape, depth int) float64 {
	switch {
	case a == nil || b == nil || depth == 0:
		return 1
	case a.Arrs > 0 && b.Arrs > 0:
		return alikeness(a.Items, b.Items, depth)
	case a.Object == nil || b.Object == nil:
		if open(a) || open(b) || kinds(a)&kinds(b) != 0 {
			return 1
		}
		return 0
	case a.Object.Values != nil && b.Object.Values != nil:
		return alikeness(a.Object.Values, b.Object.Values, depth-1)
	}
	var both float64
	names := len(a.Object.Fields)
	for _, f := range b.Object.Fields {
		if other := a.Object.Fields.Get(f.Name); other != nil {
			both += alikeness(other, f.Shape, depth-1)
		} else {
			names++
		}
	}
	if names == 0 {
		return 1
	}
	return both / float64(names)
}

// open reports whether nothing but null was seen.
func open(s *shape.Shape) bool { return s.Count() == s.Nulls }

// kinds is the set of JSON types seen; integers are numbers.
func kinds(s *shape.Shape) (set int) {
	for i, n := range []uint64{s.Bools, s.Ints + s.Nums, s.Strs, s.Arrs, s.Objs, s.Opaques} {
		if n > 0 {
			set |= 1 << i
		}
	}
	return set
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

func jaccard(a, b map[string]bool) float64 {
	both := 0
	for name := range a {
		if b[name] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
