package endpoints

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/shape"
)

// sketch is a place of the tree of paths as the judgement sees it.
type sketch struct {
	text   string
	words  map[string]*sketch
	ids    map[string]*sketch // by suffix
	idKind idKind
	ops    map[string]*sketchOp
	echoes map[string]uint64
	calls  uint64 // at and below
	good   uint64 // of them answered with 2xx and JSON
	live   bool   // any call at or below was answered with more than "not found"
	fine   bool   // any was accepted

	from  []*sketch       // of a merged sketch: what it was merged of
	value bool            // the verdict of the round before
	taken map[string]bool // words that were decided to be values
	tail  bool            // calls below end at any depth: what follows is one value
}

// idKind is the kind of ids among values.
type idKind uint8

const (
	strictIDs idKind = 1 << iota // integers, UUIDs, hex
	tokens                       // anything else
	slugIDs                      // words
)

// sketchOp is what was called there by one method.
type sketchOp struct {
	calls, good uint64
	answer      *answerSketch     // nil for no evidence
	asked       map[string]uint64 // names of query parameters and members of the body, by calls
	media       string
	files       bool // some answers are neither JSON nor a page
	blank       bool // answers are JSON and say nothing
}

// answerSketch is what objects of an answer hold.
type answerSketch struct {
	objects uint64
	members map[string]memberSketch
	list    bool
}

// memberSketch is one member: how many objects have it, and what it holds; nil where that is open or no object.
type memberSketch struct {
	have  uint64
	types uint8 // JSON types seen, but null
	of    *answerSketch
}

// JSON types of members.
const (
	scalars uint8 = 1 << iota
	lists
	objects
	texts // scalars that are texts, and no addresses
)

func typesOf(s *shape.Shape) (types uint8) {
	if s.Bools+s.Ints+s.Nums+s.Strs > 0 {
		types |= scalars
	}
	if s.Strs > s.Empties+s.Formats.Of(format.URI) {
		types |= texts
	}
	if s.Arrs > 0 {
		types |= lists
	}
	if s.Objs > 0 {
		types |= objects
	}
	return types
}

// isList reports whether an answer is a list, or an envelope around one.
func (a *answerSketch) isList() bool {
	if a.list {
		return true
	}
	var content *memberSketch
	named := 0
	for _, m := range a.members {
		if m.types&texts != 0 {
			named++
		}
		if m.types&(lists|objects) != 0 {
			if content != nil {
				return false
			}
			content = &m
		}
	}
	return content != nil && named < 2 && (content.types == lists || content.of != nil && content.of.isList())
}

// items is what an answer lists.
func (a *answerSketch) items() *answerSketch {
	for !a.list {
		c := a.content()
		if c == nil {
			return nil
		}
		list := false
		for _, m := range a.members {
			list = list || m.of == c && m.types&lists != 0
		}
		if list {
			return c
		}
		a = c
	}
	return a.unlisted()
}

func sketchOf(text string, n *place) *sketch {
	s := &sketch{text: text, echoes: n.echoes}
	for method, op := range n.ops {
		if s.ops == nil {
			s.ops = make(map[string]*sketchOp, len(n.ops))
		}
		s.ops[method] = sketchOperation(op)
		s.calls += s.ops[method].calls
		s.good += s.ops[method].good
		s.live = s.live || !isUnmatched(op.Operation, false)
		same := op.Responses[notModified]
		s.fine = s.fine || op.Accepted.Count > 0 && (same == nil || op.Accepted.Count > same.Count)
	}
	for text, child := range n.literals {
		if s.words == nil {
			s.words = make(map[string]*sketch, len(n.literals))
		}
		s.words[text] = sketchOf(text, child)
		s.addBelow(s.words[text])
	}
	for suffix, child := range n.params {
		if s.ids == nil {
			s.ids = make(map[string]*sketch, len(n.params))
		}
		p := sketchOf("{}"+suffix, child)
		p.idKind = kindOfIDs(&child.arg)
		s.ids[suffix] = p
		s.addBelow(p)
	}
	s.from = []*sketch{s}
	return s
}

func (s *sketch) addBelow(c *sketch) {
	s.calls += c.calls
	s.good += c.good
	s.live = s.live || c.live
	s.fine = s.fine || c.fine
}

func sketchOperation(op *operation) *sketchOp {
	o := &sketchOp{calls: op.Calls(), media: op.answerTypes()}
	for status, r := range op.Responses {
		if status/100 != 2 {
			continue
		}
		for _, b := range r.Bodies {
			if b.Shape != nil && b.Shape.Objs+b.Shape.Arrs > 0 {
				o.good += b.Count
			}
		}
		for mediaType := range r.Bodies {
			if !strings.Contains(mediaType, "html") && !strings.Contains(mediaType, "json") && mediaType != "" {
				o.files = true
			}
		}
	}
	answer := op.answer()
	o.answer = sketchAnswer(answer)
	o.blank = o.answer == nil && shape.Width(answer) != 1 && o.good > 0
	o.asked = make(map[string]uint64)
	req := op.Request()
	for name, p := range req.Query.ByName {
		o.asked["?"+name] += p.Count
	}
	for _, b := range req.Bodies {
		if b.Shape != nil && b.Shape.Object != nil {
			for _, f := range b.Shape.Object.Fields {
				o.asked[f.Name] += f.Shape.Count()
			}
		}
	}
	return o
}

// sketchAnswer returns nil where an answer proves nothing: nothing but empty lists, or fewer than two members.
func sketchAnswer(s *shape.Shape) *answerSketch {
	o, list := objectIn(s)
	if o == nil || isHollow(o) || len(o.Object.Fields) < 2 {
		return nil
	}
	a := sketchObject(o, 3)
	a.list = list
	return a
}

// objectIn is the shape of the objects that an answer is, or is a list of.
func objectIn(s *shape.Shape) (object *shape.Shape, list bool) {
	for s != nil && s.Object == nil && s.Items != nil {
		s, list = s.Items, true
	}
	if s == nil || s.Object == nil {
		return nil, false
	}
	return s, list
}

func sketchObject(s *shape.Shape, depth int) *answerSketch {
	a := &answerSketch{objects: s.Objs, members: make(map[string]memberSketch, len(s.Object.Fields))}
	for _, f := range s.Object.Fields {
		m := memberSketch{have: f.Shape.Count(), types: typesOf(f.Shape)}
		if o, _ := objectIn(f.Shape); o != nil && depth > 1 && len(o.Object.Fields) > 0 && !countsOrFlags(o.Object) {
			m.of = sketchObject(o, depth-1)
		}
		a.members[f.Name] = m
	}
	if values := a.values(); values != nil {
		a.members = map[string]memberSketch{anyMember: {have: a.objects, of: values}}
	}
	return a
}

// anyMember stands for the members of an object whose names are data.
const anyMember = "*"

// values is what the members hold where all hold objects that are alike, and nil elsewhere: the
// names of such members are data.
func (a *answerSketch) values() *answerSketch {
	var sum *answerSketch
	for _, name := range sortedKeys(a.members) {
		of := a.members[name].of
		if of == nil || sum != nil && sum.alike(of) < 0.7 {
			return nil
		}
		sum = mergeAnswers(sum, of)
	}
	return sum
}

// isHollow reports whether an object is a page without items.
func isHollow(s *shape.Shape) bool {
	lists := false
	for _, f := range s.Object.Fields {
		switch {
		case f.Shape.Objs > 0 || f.Shape.Strs > f.Shape.Empties || f.Shape.Items != nil:
			return false
		case f.Shape.Arrs > 0:
			lists = true
		}
	}
	return lists
}

// likeness compares two answers, from 0 to 1: the share of members that both have, each
// weighed by how often it is there and by how alike what it holds is. What one leaves open says nothing.
func (a *answerSketch) likeness(b *answerSketch) float64 {
	if a.list != b.list {
		return 0
	}
	return a.alike(b)
}

func (a *answerSketch) alike(b *answerSketch) float64 {
	if a == b {
		return 1
	}
	if x, y := a.content(), b.content(); x != nil && y != nil && a.sameMembers(b) {
		return x.alike(y)
	}
	var both, all float64
	for _, name := range sortedKeys(a.members) {
		x, y := a.members[name], b.members[name]
		p, q := a.presence(x), b.presence(y)
		all += max(p, q)
		if y.have > 0 {
			sub := 1.0
			if x.types != 0 && y.types != 0 && x.types&y.types&(scalars|lists|objects) == 0 {
				sub = 0
			} else if x.of != nil && y.of != nil {
				sub = x.of.alike(y.of)
			}
			both += min(p, q) * sub
		}
	}
	for _, name := range sortedKeys(b.members) {
		if a.members[name].have == 0 {
			all += b.presence(b.members[name])
		}
	}
	if all == 0 {
		return 1
	}
	return both / all
}

// content is what an envelope holds: its one member that is an object or a list of objects.
func (a *answerSketch) content() *answerSketch {
	var found *answerSketch
	for _, m := range a.members {
		if m.of != nil {
			if found != nil {
				return nil
			}
			found = m.of
		}
	}
	return found
}

func (a *answerSketch) sameMembers(b *answerSketch) bool {
	if len(a.members) != len(b.members) {
		return false
	}
	for name, m := range a.members {
		if o, ok := b.members[name]; !ok || (o.of == nil) != (m.of == nil) {
			return false
		}
	}
	return true
}

// countsOrFlags reports whether all members are numbers, or all are true or false: then their
// names often are data.
func countsOrFlags(o *shape.Object) bool {
	var all, numbers, flags uint64
	for _, f := range o.Fields {
		all += f.Shape.Count()
		numbers += f.Shape.Ints + f.Shape.Nums
		flags += f.Shape.Bools
	}
	return numbers == all || flags == all
}

func (a *answerSketch) presence(m memberSketch) float64 {
	return min(1, float64(m.have)/float64(max(1, a.objects)))
}

func mergeAnswers(a, b *answerSketch) *answerSketch {
	if a == nil || a == b {
		return b
	}
	if b == nil {
		return a
	}
	sum := &answerSketch{
		objects: a.objects + b.objects,
		members: make(map[string]memberSketch, len(a.members)),
		list:    a.list || b.list,
	}
	for name, x := range a.members {
		sum.members[name] = x
	}
	for name, y := range b.members {
		x := sum.members[name]
		sum.members[name] = memberSketch{x.have + y.have, x.types | y.types, mergeAnswers(x.of, y.of)}
	}
	return sum
}

func mergeOps(a, b *sketchOp) *sketchOp {
	if a == nil {
		return b
	}
	sum := &sketchOp{
		calls:  a.calls + b.calls,
		good:   a.good + b.good,
		answer: mergeAnswers(a.answer, b.answer),
		media:  max(a.media, b.media),
		files:  a.files || b.files,
		blank:  a.blank && b.blank,
		asked:  make(map[string]uint64),
	}
	for _, o := range []*sketchOp{a, b} {
		for k, n := range o.asked {
			sum.asked[k] += n
		}
	}
	return sum
}

// mergeSketches makes one sketch of several.
func mergeSketches(list []*sketch) *sketch {
	if len(list) == 1 {
		return list[0]
	}
	sum := &sketch{text: list[0].text}
	words, ids := make(map[string][]*sketch), make(map[string][]*sketch)
	for _, s := range list {
		sum.calls += s.calls
		sum.good += s.good
		sum.live = sum.live || s.live
		sum.fine = sum.fine || s.fine
		sum.idKind |= s.idKind
		sum.from = append(sum.from, s.from...)
		sum.value = sum.value || s.value
		sum.tail = sum.tail || s.tail
		for text := range s.taken {
			if sum.taken == nil {
				sum.taken = make(map[string]bool)
			}
			sum.taken[text] = true
		}
		for method, op := range s.ops {
			if sum.ops == nil {
				sum.ops = make(map[string]*sketchOp)
			}
			sum.ops[method] = mergeOps(sum.ops[method], op)
		}
		for k, n := range s.echoes {
			if sum.echoes == nil {
				sum.echoes = make(map[string]uint64)
			}
			sum.echoes[k] += n
		}
		for text, w := range s.words {
			words[text] = append(words[text], w)
		}
		for suffix, p := range s.ids {
			ids[suffix] = append(ids[suffix], p)
		}
	}
	if len(words) > 0 {
		sum.words = make(map[string]*sketch, len(words))
		for text, l := range words {
			sum.words[text] = mergeSketches(l)
		}
	}
	if len(ids) > 0 {
		sum.ids = make(map[string]*sketch, len(ids))
		for suffix, l := range ids {
			sum.ids[suffix] = mergeSketches(l)
		}
	}
	return sum
}

func kindOfIDs(s *shape.Shape) (k idKind) {
	strict := s.Ints
	for _, c := range s.Formats {
		switch c.Format.String() {
		case "uuid", "hex", "objectid", "ulid", "date", "date-time":
			strict += c.Count
		}
	}
	if strict > 0 {
		k |= strictIDs
	}
	if strict < s.Count() {
		k |= tokens
	}
	return k
}

func (s *sketch) eachWordSorted() []*sketch {
	list := make([]*sketch, 0, len(s.words))
	for _, text := range slices.Sorted(func(yield func(string) bool) {
		for t := range s.words {
			if !yield(t) {
				return
			}
		}
	}) {
		list = append(list, s.words[text])
	}
	return list
}

// unlisted is an answer as if it were no list.
func (a *answerSketch) unlisted() *answerSketch {
	b := *a
	b.list = false
	return &b
}
