package endpoints

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
	grammar "akita/internal/segment"
	"akita/internal/witness"
)

type weight struct {
	name string
	w    float64
}

// opinion is what speaks for a word being a name (above 0) or a value.
type opinion struct {
	word  *sketch
	terms []weight
}

func (o *opinion) add(name string, w float64) {
	if w != 0 {
		o.terms = append(o.terms, weight{name, w})
	}
}

func (o *opinion) sum(skip ...string) float64 {
	var sum float64
	for _, t := range o.terms {
		if !slices.Contains(skip, t.name) {
			sum += t.w
		}
	}
	return sum
}

func (o *opinion) term(name string) float64 {
	for _, t := range o.terms {
		if t.name == name {
			return t.w
		}
	}
	return 0
}

const rounds = 4

// maxCompared limits with how many siblings the answers of a word are compared. Of more, each is
// compared with some of the others, so that the work grows with their number and not its square.
const maxCompared = 64

// judgement decides for all of a tree.
type judgement struct {
	root  *sketch
	keys  map[string]*echoKey
	known map[string]*said // by word: what its places said in the round before
	next  map[string]*said
	final bool
}

type said struct {
	sum float64
	at  map[*sketch]float64
}

// values decides which words are values: it returns them by the merged sketch that they stand below.
func judgeTree(n *place) *judgement {
	j := &judgement{root: sketchOf("", n), keys: make(map[string]*echoKey), known: map[string]*said{}}
	j.collectKeys(j.root)
	for r := range rounds {
		j.final = r == rounds-1
		j.next = make(map[string]*said)
		top := *j.root
		j.level(&top, levelContext{})
		j.known = j.next
		if j.final {
			j.root = &top
		}
	}
	return j
}

func (j *judgement) collectKeys(s *sketch) {
	for text, w := range s.words {
		for k := range w.echoes {
			e := j.keys[k]
			if e == nil {
				e = &echoKey{words: make(map[string]bool)}
				j.keys[k] = e
			}
			if !e.words[text] {
				e.words[text] = true
			}
			if w.isCollection() {
				e.kinds++
			} else if len(w.ids) == 0 {
				e.others++
			}
		}
		j.collectKeys(w)
	}
	for _, p := range s.ids {
		j.collectKeys(p)
	}
}

// echoKey is a member that repeats words.
type echoKey struct {
	words         map[string]bool
	kinds, others int // places of collections, and others
}

// namesKinds reports whether the member says what kind of thing an object is, as "type" of
// JSON:API and "resourceType" of FHIR do: it repeats the names of collections.
func (e *echoKey) namesKinds() bool { return e.kinds >= 1 && e.kinds*2 >= e.others }

// answers reports whether calls that end at s were answered with JSON, with a trailing slash or without.
func (s *sketch) answers() bool {
	for _, at := range []*sketch{s, s.words[""]} {
		if at != nil {
			for _, op := range at.ops {
				if op.good > 0 {
					return true
				}
			}
		}
	}
	return false
}

// isCollection reports whether a word answers itself and leads right to values that answer,
// and not as it does.
func (s *sketch) isCollection() bool {
	if !s.answers() {
		return false
	}
	for _, p := range s.ids {
		if p.answers() && !s.answersAs(p) {
			return true
		}
	}
	for _, w := range s.words {
		if w.value && w.answers() && !s.answersAs(w) {
			return true
		}
	}
	return false
}

// listsItems reports whether a word answers with a list of what the ids below it answer.
func (s *sketch) listsItems() bool {
	own := s.own("GET")
	if own == nil || own.answer == nil {
		return false
	}
	items := own.answer.items()
	if items == nil {
		return false
	}
	for _, p := range s.ids {
		if op := p.own("GET"); op != nil && op.answer != nil && items.alike(op.answer) >= 0.6 {
			return true
		}
	}
	return false
}

// answersAs reports whether two places answer GET alike.
func (s *sketch) answersAs(o *sketch) bool {
	a, b := s.own("GET"), o.own("GET")
	return a != nil && b != nil && a.answer != nil && b.answer != nil && a.answer.likeness(b.answer) >= 0.7
}

// own is what was called at s by a method, with a trailing slash or without.
func (s *sketch) own(method string) *sketchOp {
	op := s.ops[method]
	if slash := s.words[""]; slash != nil && slash.ops[method] != nil {
		return mergeOps(op, slash.ops[method])
	}
	return op
}

type levelContext struct {
	path   string
	params int    // parameters above
	below  bool   // right below a parameter
	strict bool   // which is an id
	slugs  bool   // which has words among its values
	above  string // the word before
}

// level decides the words of one level and merges those that are values; then goes on below.
func (j *judgement) level(s *sketch, at levelContext) {
	words := s.judged()
	var taken []*sketch
	if len(words) > 0 {
		for _, o := range j.opinions(s, words, at) {
			verdict := o.sum()
			for _, f := range o.word.from {
				f.value = verdict < 0
			}
			o.word.value = verdict < 0
			if verdict < 0 {
				taken = append(taken, o.word)
			}
		}
	}
	s.words, s.ids = maps.Clone(s.words), maps.Clone(s.ids)
	if len(taken) > 0 {
		s.take(taken)
	}
	for _, w := range s.eachWordSorted() {
		c := *w
		s.words[w.text] = &c
		if c.tail = c.isTail(); c.tail {
			c.fold()
		}
		j.level(&c, levelContext{path: at.path + "/" + w.text, params: at.params, above: w.text})
	}
	for _, suffix := range sortedKeys(s.ids) {
		c := *s.ids[suffix]
		s.ids[suffix] = &c
		j.level(
			&c,
			levelContext{
				path:   at.path + "/{}" + suffix,
				params: at.params + 1,
				below:  true,
				strict: c.idKind == strictIDs,
				slugs:  c.idKind&slugIDs != 0,
				above:  "{}",
			},
		)
	}
}

// isTail reports whether the calls below a word end at any depth and are answered alike: then
// all that follows is one value, such as the path of a file.
func (s *sketch) isTail() bool {
	if s.text == "" || len(s.words)+len(s.ids) < 2 || format.IsVersion(s.text) {
		return false
	}
	endings := make(map[int]int)
	ends := make(map[int]map[string]*sketchOp) // by depth and method
	var all, files int
	var strict uint64                            // calls
	prefixes := make(map[string]map[string]bool) // of deeper words
	var walk func(n *sketch, depth int, prefix string)
	walk = func(n *sketch, depth int, prefix string) {
		if depth > 0 {
			told, isFile := n.told()
			if len(told) > 0 {
				if ends[depth] == nil {
					ends[depth] = make(map[string]*sketchOp)
				}
				for method, op := range told {
					ends[depth][method] = mergeOps(ends[depth][method], op)
				}
				all++
				if strings.LastIndexByte(n.text, '.') > 0 {
					endings[depth]++
				}
				if isFile {
					files++
				}
			}
		}
		for text, w := range n.words {
			if text == "" {
				continue
			}
			if depth >= 1 {
				if prefixes[text] == nil {
					prefixes[text] = make(map[string]bool)
				}
				prefixes[text][prefix] = true
			}
			walk(w, depth+1, prefix+"/"+text)
		}
		for suffix, p := range n.ids {
			if p.idKind&strictIDs != 0 {
				strict += p.calls
			}
			walk(p, depth+1, prefix+"/{}"+suffix)
		}
	}
	walk(s, 0, "")
	ended := 0
	for _, n := range endings {
		ended += n
	}
	onlyFiles := files == all && len(endings) > 1 && ended*5 >= all*4
	if len(ends) < 2 || len(ends) < 3 && !onlyFiles || strict*4 > s.calls && !onlyFiles {
		return false
	}
	recur := 0
	for _, p := range prefixes {
		if len(p) > 1 {
			recur++
		}
	}
	if float64(recur) > 0.35*float64(len(prefixes)) {
		return false
	}
	if onlyFiles {
		return true
	}
	var sum, n float64
	depths := slices.Sorted(maps.Keys(ends))
	for i, d := range depths {
		for _, e := range depths[:i] {
			for method, op := range ends[d] {
				other := ends[e][method]
				if other == nil || op.answer == nil || other.answer == nil {
					continue
				}
				sum += op.answer.unlisted().likeness(other.answer.unlisted())
				n++
			}
		}
	}
	return n > 0 && sum/n >= 0.7
}

// told is what was answered at s and can be compared, by method.
func (s *sketch) told() (ops map[string]*sketchOp, isFile bool) {
	for _, method := range []string{"GET", "PATCH", "PUT", "POST"} {
		if op := s.own(method); op != nil && (op.answer != nil || op.files) {
			if ops == nil {
				ops = make(map[string]*sketchOp)
			}
			ops[method] = op
			isFile = isFile || op.files
		}
	}
	return ops, isFile
}

// fold makes all that follows one value.
func (s *sketch) fold() {
	p := &sketch{text: "{}", idKind: tokens}
	var walk func(n *sketch)
	walk = func(n *sketch) {
		for _, c := range []map[string]*sketch{n.words, n.ids} {
			for _, key := range sortedKeys(c) {
				below := c[key]
				if n == s && key == "" && below == s.words[""] {
					continue
				}
				for method, op := range below.ops {
					if p.ops == nil {
						p.ops = make(map[string]*sketchOp)
					}
					p.ops[method] = mergeOps(p.ops[method], op)
				}
				p.calls = s.calls
				p.good, p.live, p.fine = s.good, s.live, s.fine
				for _, f := range below.from {
					f.value = true
				}
				walk(below)
			}
		}
	}
	walk(s)
	slash := s.words[""]
	s.words, s.ids = nil, map[string]*sketch{"": p}
	if slash != nil {
		s.words = map[string]*sketch{"": slash}
	}
}

// take makes words values. It changes the maps of s, which its caller has copied.
func (s *sketch) take(taken []*sketch) {
	var texts []string
	for _, w := range taken {
		texts = append(texts, w.text)
	}
	suffix := suffixOf(texts)
	list := taken
	if p := s.ids[suffix]; p != nil {
		list = append([]*sketch{p}, taken...)
	}
	p := *mergeSketches(list)
	p.text = "{}" + suffix
	s.taken = make(map[string]bool)
	for _, w := range taken {
		s.taken[w.text] = true
		delete(s.words, w.text)
		p.idKind |= tokens | slugIDs
	}
	if s.ids == nil {
		s.ids = make(map[string]*sketch)
	}
	s.ids[suffix] = &p
}

// pair is a word below a place with its depth.
type pair struct {
	depth int
	word  string
}

func (s *sketch) pairs(depth int, into map[pair]bool) {
	if depth > treeDepth {
		return
	}
	for text, w := range s.words {
		if text == "" {
			continue
		}
		if !w.value {
			into[pair{depth, text}] = true
		}
		w.pairs(depth+1, into)
	}
	for _, p := range s.ids {
		p.pairs(depth+1, into)
	}
}

// slot is an operation at or below a word.
type slot struct{ path, method string }

// sortedSlots returns the slots of a map in order: sums over them must not depend on the order.
func sortedSlots[V any](of map[slot]V) []slot {
	return slices.SortedFunc(maps.Keys(of), func(a, b slot) int {
		return cmp.Or(strings.Compare(a.path, b.path), strings.Compare(a.method, b.method))
	})
}

func (s *sketch) slots(path string, depth int, into map[slot]*sketchOp) {
	if depth > treeDepth {
		return
	}
	for _, at := range []*sketch{s, s.words[""]} {
		if at == nil {
			continue
		}
		for method, op := range at.ops {
			k := slot{path, method}
			into[k] = mergeOps(into[k], op)
		}
	}
	for text, w := range s.words {
		if text == "" {
			continue
		}
		if w.value {
			text = "{}"
		}
		w.slots(path+"/"+text, depth+1, into)
	}
	for suffix, p := range s.ids {
		p.slots(path+"/{}"+suffix, depth+1, into)
	}
}

// candidate is a word with what is known of it at its level.
type candidate struct {
	*sketch
	pairs map[pair]bool
	slots map[slot]*sketchOp

	like     float64 // how alike answers are to those of the siblings most alike
	compared bool    // there was something to compare
	besides  float64 // how it compares with the ids beside it, 0 without any: see besideIDs
}

func newCandidate(s *sketch) *candidate {
	c := &candidate{sketch: s, pairs: make(map[pair]bool), slots: make(map[slot]*sketchOp)}
	s.pairs(1, c.pairs)
	s.slots("", 1, c.slots)
	return c
}

func (j *judgement) opinions(s *sketch, words []*sketch, at levelContext) []*opinion {
	members := make([]*candidate, len(words))
	for i, w := range words {
		members[i] = newCandidate(w)
	}
	var beside *candidate
	if p := s.ids[""]; p != nil && p.fine {
		beside = newCandidate(p)
		for _, m := range members {
			m.besides = m.besideIDs(beside, at.above)
		}
	}
	out := make([]*opinion, len(members))
	texts := make([]string, len(members))
	for i, m := range members {
		texts[i] = m.text
	}
	acts := len(texts) > 1 && areActions(texts)
	for i, m := range members {
		o := &opinion{word: m.sketch}
		out[i] = o
		switch {
		case at.path == "":
			o.add("prior", 1)
		case at.params == 0:
			o.add("prior", 0.5)
		default:
			o.add("prior", 0.2)
		}
		if format.IsVersion(m.text) && len(m.words)+len(m.ids) > 0 {
			o.add("version", 4)
		}
		switch {
		case m.listsItems():
			o.add("lists items", 5)
		case m.isCollection():
			o.add("collection", 2.5)
		}
		if isActionKey(m.text) || grammar.IsMark(m.text) || format.IsDatedVersion(m.text) || besideVersion(s) {
			o.add("code", 100)
		}
		if m.hasAction() && names.IsPlural(at.above) && !names.IsPlural(m.text) {
			o.add("acted on", -2)
		}
		if names.IsPronoun(strings.ToLower(m.text)) {
			o.add("pronoun", 2)
		}
		if lower := strings.ToLower(m.text); names.IsSpecial(lower) || names.IsReserved(lower) {
			o.add("special", 1)
		}
		if p := m.ids[""]; p != nil && p.idKind == strictIDs && names.IsPlural(m.text) {
			o.add("plural", 1)
		}
		if acts {
			o.add("verbs", 1)
		}
		if at.below && at.strict {
			o.add("below id", 1.5)
		} else if at.below && !at.slugs {
			o.add("below id", 0.8)
		}
	}
	j.novelty(members, out)
	j.company(members, beside, out)
	j.behaviour(members, beside, at, out)
	j.uniform(members, beside, at, out)
	codes(members, at.above, out)
	if at.path != "" {
		files(members, at.params == 0, out)
	}
	puts(members, out)
	for _, o := range out {
		if c := o.term("collection"); c > 0 && o.term("company") < 0 {
			o.add("shared", -c/2)
		}
	}
	j.echo(members, beside, out)
	if beside != nil {
		var calls uint64
		for _, m := range members {
			calls += m.calls
		}
		for i, o := range out {
			w := members[i].besides
			if w > -0.6 && w <= 0 && beside.idKind&strictIDs == 0 && beside.calls*8 >= calls && len(members[i].pairs) > 0 &&
				len(beside.pairs) > 0 {
				w = -1 // ids that are made of words stand where words do
			}
			o.add("beside", w)
		}
	}
	for _, o := range out {
		own := o.sum("prior")
		k := j.next[o.word.text]
		if k == nil {
			k = &said{at: make(map[*sketch]float64)}
			j.next[o.word.text] = k
		}
		k.sum += own
		for _, f := range o.word.from {
			k.at[f] = own
		}
		if k := j.known[o.word.text]; k != nil {
			elsewhere := k.sum
			for _, f := range o.word.from {
				if x, ok := k.at[f]; ok {
					elsewhere -= x
					break
				}
			}
			o.add("elsewhere", max(-4, min(4, elsewhere)))
		}
	}
	pull(members, beside, out)
	return out
}

func (j *judgement) novelty(members []*candidate, out []*opinion) {
	var n, once float64
	for _, m := range members {
		n += float64(m.calls)
		if m.calls == 1 {
			once++
		}
	}
	if n < 6 || len(members) < 4 {
		return
	}
	w := 1.05 * (0.4 - once/n) * min(1, n/20)
	for _, o := range out {
		o.add("novelty", w)
	}
}

// company compares what stands below words.
func (j *judgement) company(members []*candidate, beside *candidate, out []*opinion) {
	all := members
	if beside != nil {
		all = append(slices.Clone(members), beside)
	}
	index := make(map[pair][]int)
	for i, m := range all {
		for p := range m.pairs {
			index[p] = append(index[p], i)
		}
	}
	sizes := make([]float64, len(all))
	for i, m := range all {
		for p := range m.pairs {
			if len(index[p]) > 1 {
				sizes[i]++
			} else {
				sizes[i] += 0.5 // it may be a value that nothing has shown yet
			}
		}
	}
	shared := make([]int, len(all))
	for i, m := range members {
		if len(m.pairs) == 0 {
			continue
		}
		clear(shared)
		for p := range m.pairs {
			for _, k := range index[p] {
				shared[k]++
			}
		}
		var likes []float64
		supporters := 0
		for k, other := range all {
			if k == i {
				continue
			}
			if len(other.pairs) == 0 {
				likes = append(likes, 0)
				continue
			}
			like := float64(shared[k]) / (float64(min(len(m.pairs), len(other.pairs))) + 1.25)
			likes = append(likes, like)
			if like >= 0.4 {
				supporters++
			}
		}
		if len(likes) == 0 {
			continue
		}
		w := 2.8 * (0.3 - meanOfBest(likes))
		if w > 0 {
			w = w / 2 * min(1, float64(len(m.pairs))/3)
		} else {
			w *= min(3, math.Log2(1+float64(supporters)))
		}
		out[i].add("company", w)
	}
}

// meanOfBest is the mean of the highest third, four at most.
func meanOfBest(list []float64) float64 {
	slices.Sort(list)
	best := list[len(list)-min(4, (len(list)+2)/3):]
	var sum float64
	for _, x := range best {
		sum += x
	}
	return sum / float64(len(best))
}

// leadsToIDs reports whether ids follow both right below, and are called alike.
func (c *candidate) leadsToIDs(o *candidate) bool {
	for k := range c.slots {
		if strings.HasPrefix(k.path, "/{}") && o.slots[k] != nil {
			return true
		}
	}
	return false
}

// besideIDs compares a word with the ids beside it.
func (c *candidate) besideIDs(ids *candidate, above string) float64 {
	var sum, n float64
	deep := 0
	for _, k := range sortedSlots(c.slots) {
		op, other := c.slots[k], ids.slots[k]
		if other == nil {
			continue
		}
		if l, ok := likenessOf(k.method, op, other); ok {
			sum += l
			n++
		}
		if strings.Trim(k.path, "/{}") != "" {
			deep++
		}
	}
	strict := ids.idKind == strictIDs
	switch {
	case n == 0 && deep == 0 && strict && len(c.pairs) == 0 && !c.answers() && c.leadsToIDs(ids) && names.IsPlural(above):
		return -0.9
	case c.calls >= 5 && c.calls*4 > ids.calls && deep == 0:
		return 0 // no value has so large a share of the calls
	case n > 0 && sum/n >= 0.7, n == 0 && deep > 0:
		if strict {
			return -0.9
		}
		return -1.8
	case n > 0 && sum/n < 0.4 && deep == 0:
		return 0.8
	case strict:
		return 0.6
	}
	if len(c.pairs)+len(c.ids) == 0 && n == 0 && c.ownGood() == 0 {
		for k := range c.slots {
			if ids.slots[k] != nil {
				return -0.5
			}
		}
	}
	return 0
}

// behaviour compares what is asked and answered.
func (j *judgement) behaviour(members []*candidate, beside *candidate, at levelContext, out []*opinion) {
	all := members
	if beside != nil {
		all = append(slices.Clone(members), beside)
	}
	bySlot := make(map[slot][]int)
	for i, m := range all {
		for k := range m.slots {
			bySlot[k] = append(bySlot[k], i)
		}
	}
	sum, n := make([]float64, len(all)), make([]float64, len(all))
	item := make([]int, len(all)) // siblings whose item is alike
	friends := make([]map[int]bool, len(all))
	plain := make([]float64, len(all))
	for _, k := range sortedSlots(bySlot) {
		in := bySlot[k]
		if len(in) < 2 {
			continue
		}
		named := strings.Trim(k.path, "/{}") != ""
		step := (len(in) + maxCompared - 1) / maxCompared
		for _, i := range in {
			var likes []float64
			alikeItems := 0
			for at := i % step; at < len(in); at += step {
				x := in[at]
				if x == i {
					continue
				}
				l, ok := likenessOf(k.method, all[i].slots[k], all[x].slots[k])
				if !ok {
					continue
				}
				likes = append(likes, l)
				if l >= 0.7 {
					if friends[i] == nil {
						friends[i] = make(map[int]bool)
					}
					friends[i][x] = true
				}
				if k.path == "" && l >= 0.75 && (k.method == "PUT" || k.method == "GET" && !all[i].slots[k].answer.isList()) {
					alikeItems++
				}
			}
			if len(likes) == 0 {
				continue
			}
			l := meanOfBest(likes)
			weight := 1.0
			if a := all[i].slots[k].answer; l > 0.55 && !named && a != nil && a.isList() {
				weight = 0.3 // lists of the same things are views as often as values
			}
			sum[i] += weight * (0.55 - l)
			plain[i] += l
			n[i]++
			item[i] = max(item[i], alikeItems)
		}
	}
	for i, m := range members {
		if n[i] == 0 {
			continue
		}
		m.like, m.compared = plain[i]/n[i], true
		w := 2.4 * 2 * sum[i] / n[i]
		if w < 0 {
			compared := (len(all) + maxCompared - 1) / maxCompared
			w *= min(1, 1.5*float64(len(friends[i])*compared+1)/float64(len(all)))
			if len(m.pairs) == 0 && len(m.ids) == 0 {
				if item[i] < 2 || at.below && at.strict {
					w /= 5
				} else {
					w *= 0.7
				}
			}
		}
		out[i].add("behaviour", w)
	}
}

// likenessOf compares what was asked and what was answered.
func likenessOf(method string, a, b *sketchOp) (float64, bool) {
	asked, known := askedLikeness(a, b)
	if a.answer != nil && b.answer != nil {
		l := a.answer.likeness(b.answer)
		if known && asked == 0 {
			l = min(l, 0.3)
		}
		return l, true
	}
	if known && (method == "PUT" && asked > 0.5 || asked == 0) {
		return asked, true
	}
	return 0, false
}

// askedLikeness compares what calls carried, where both carried anything: most of it in most calls.
func askedLikeness(a, b *sketchOp) (float64, bool) {
	if len(a.asked) == 0 || len(b.asked) == 0 {
		return 0, false
	}
	both := 0
	for k := range a.asked {
		if b.asked[k] > 0 {
			both++
		}
	}
	return float64(both) / float64(len(a.asked)+len(b.asked)-both), true
}

func (j *judgement) echo(members []*candidate, beside *candidate, out []*opinion) {
	byKey := make(map[string]int)
	for _, m := range members {
		for k, n := range m.echoes {
			if n*2 >= m.good && !j.keys[k].namesKinds() {
				byKey[k]++
			}
		}
	}
	level := ""
	for _, k := range sortedKeys(byKey) {
		if byKey[k] >= 3 && byKey[k] > byKey[level] {
			level = k
		}
	}
	for i, m := range members {
		switch {
		case len(m.echoes) > 0:
			worst := 0.0
			for k, n := range m.echoes {
				if j.keys[k].namesKinds() {
					continue
				}
				w := -0.5 * min(1, 2*float64(n)/float64(max(1, m.good)))
				if names.IsIdentifier(strings.ToLower(k)) {
					w *= 2
				}
				if byKey[k] >= 2 || len(j.keys[k].words) >= 5 {
					w = -3.1 * min(1, 2*float64(n)/float64(max(1, m.good)))
				}
				worst = min(worst, w)
			}
			out[i].add("echo", worst)
		case level != "":
			if m.answersWith(level) {
				out[i].add("echo beside", 1)
			} else {
				out[i].add("echo beside", -1)
			}
		case beside != nil && m.answers():
			for _, k := range sortedKeys(beside.echoes) {
				if beside.echoes[k]*2 >= beside.ownGood() && m.answersWith(k) {
					out[i].add("ids echo", 1.5)
					break
				}
			}
		}
	}
}

// puts looks for words that calls put something under: the caller chooses the names of things
// that are put, and the same is put under each.
func puts(members []*candidate, out []*opinion) {
	with := make(map[int]*sketchOp)
	for i, m := range members {
		if op := m.own("PUT"); op != nil && len(op.asked) > 0 && len(m.pairs)+len(m.ids) == 0 {
			with[i] = op
		}
	}
	for i, op := range with {
		for k, other := range with {
			if l, ok := askedLikeness(op, other); i != k && ok && l >= 0.5 {
				out[i].add("put", -1.5)
				break
			}
		}
	}
}

// files looks for names of files: several with different endings or, where no value came before
// (ofSite), several pictures.
func files(members []*candidate, ofSite bool, out []*opinion) {
	var named []int
	pictures := ofSite
	endings := make(map[string]bool)
	for i, m := range members {
		if _, ending := witness.CutSuffix(m.text); strings.HasPrefix(ending, ".") {
			named = append(named, i)
			endings[ending] = true
			pictures = pictures && names.IsPictureEnding(ending[1:])
		}
	}
	if len(named) < 3 || len(endings) < 2 && !pictures || len(named)*2 < len(members) {
		return
	}
	for _, i := range named {
		out[i].add("files", -2)
	}
}

// codes looks for words that are codes by their form. The form only breaks ties: such words
// are values where nothing speaks against it.
func codes(members []*candidate, above string, out []*opinion) {
	sets := make(map[string][]int)
	for i, m := range members {
		stem, _ := witness.CutSuffix(m.text)
		switch {
		case format.IsVersion(m.text):
			if len(m.pairs)+len(m.ids) == 0 {
				sets["version"] = append(sets["version"], i)
			}
		case len(stem) > 3 && isPlainCode(stem):
			sets["locale"] = append(sets["locale"], i)
		case isPairCode(stem) && !names.IsReserved(stem):
			sets["pair"] = append(sets["pair"], i)
		case 2 <= len(stem) && len(stem) <= 5 && names.IsAcronym(stem):
			of := "upper" + strconv.Itoa(len(stem))
			sets[of] = append(sets[of], i)
		}
	}
	if len(sets["locale"]) > 0 {
		sets["locale"] = append(sets["locale"], sets["pair"]...)
		delete(sets, "pair")
	}
	for name, set := range sets {
		if len(set) < 2 && name != "locale" && !(name == "version" && areVersions(above)) {
			continue
		}
		open := 0
		for _, i := range set {
			if w := out[i].sum("prior", "novelty", "verbs"); w <= 0 || w < 0.5 && name != "pair" {
				open++
			}
		}
		if name == "version" || open*2 > len(set) {
			w := -3.0
			if len(set) >= 4 {
				w = -4
			}
			for _, i := range set {
				out[i].add("codes", w)
			}
		}
	}
}

// ownGood counts the calls that ended at s and were answered with JSON.
func (s *sketch) ownGood() (sum uint64) {
	for _, op := range s.ops {
		sum += op.good
	}
	return sum
}

// answersWith reports whether a word's own answer has a member at its top.
func (c *candidate) answersWith(name string) bool {
	for k, op := range c.slots {
		if k.path == "" && op.answer != nil {
			if _, ok := op.answer.members[name]; ok {
				return true
			}
		}
	}
	return false
}

// pull lets words with little evidence follow the majority of their level.
func pull(members []*candidate, beside *candidate, out []*opinion) {
	own := make(map[string]int) // by method
	for _, m := range members {
		for k := range m.slots {
			if k.path == "" {
				own[k.method]++
			}
		}
	}
	if beside != nil {
		for k := range beside.slots {
			if k.path == "" {
				own[k.method]++
			}
		}
	}
	leaves, deep := 0, 0 // of the values
	for i, m := range members {
		if out[i].sum() <= -1 {
			if len(m.pairs)+len(m.ids) > 0 {
				deep++
			} else {
				leaves++
			}
		}
	}
	stranger := func(m *candidate) bool { // called as no sibling is
		if len(m.pairs)+len(m.ids) > 0 {
			return deep == 0 && leaves > 0 && !m.answers()
		}
		for k := range m.slots {
			if own[k.method] > 1 {
				return false
			}
		}
		return true
	}
	var values, names float64
	for _, o := range out {
		switch v := o.sum(); {
		case v <= -1:
			values++
		case v >= 1:
			names++
		}
	}
	all := values + names
	for i, o := range out {
		switch v := o.sum(); {
		case all < 2 || stranger(members[i]):
		case values*2 > all && v > -1 && (v < 1.5 && o.term("behaviour") < 1 || v < 3 && o.term("company") < 0):
			o.add("pull", -5*values/all/(1+float64(o.word.calls)/19))
		case all >= 4 && names*4 >= all*3 && v > -1.5 && v < 1:
			o.add("pull", names/all)
		}
	}
}

// uniform looks for levels of words that nothing follows and that are called alike: items of
// the word above.
func (j *judgement) uniform(members []*candidate, beside *candidate, at levelContext, out []*opinion) {
	if at.below || at.path == "" || format.IsVersion(at.above) {
		return
	}
	groups := make(map[string][]int) // by what is called below
	for i, m := range members {
		switch {
		case len(m.ids) > 0 && (m.answers() || len(m.pairs) > 0),
			m.isCollection(),
			len(m.pairs) > 0 && (m.answers() || len(members) < 3):
			continue
		case m.compared && m.like < 0.25, m.isBlank():
			continue
		}
		key := m.shapeKey()
		groups[key] = append(groups[key], i)
	}
	for _, key := range sortedKeys(groups) {
		g := slices.DeleteFunc(slices.Clone(groups[key]), func(i int) bool { return !sharesSlot(members, groups[key], i) })
		if len(g)*4 < len(members)*3 {
			continue
		}
		var like, n float64
		unlike := 0
		for _, i := range g {
			if members[i].compared {
				like += members[i].like
				n++
			}
		}
		if n > 0 && like/n < 0.45 {
			continue
		}
		known, views, special := false, 0, 0
		for _, i := range g {
			known = known || members[i].hasAnswer()
			if op := members[i].own("GET"); op != nil && op.answer != nil && op.answer.isList() {
				views++
			}
			if beside != nil && members[i].besides >= 0.8 {
				unlike++
			}
			if out[i].term("special") > 0 {
				special++
			}
		}
		if unlike*2 > len(g) {
			continue // they are not as the ids beside them
		}
		switch {
		case views*2 > len(g) && (!names.IsPlural(at.above) || special*2 >= len(g) || beside != nil):
			// views of the same things
		case len(g) >= 3 && (known || names.IsPlural(at.above)), len(g) == 2 && known && names.IsPlural(at.above):
			for _, i := range g {
				out[i].add("uniform", -1.6)
			}
		}
	}
}

func (c *candidate) hasAnswer() bool {
	for _, op := range c.slots {
		if op.answer != nil {
			return true
		}
	}
	return false
}

// sharesSlot reports whether a word of a group is called in a place and by a method as another is.
func sharesSlot(members []*candidate, group []int, i int) bool {
	for k := range members[i].slots {
		for _, x := range group {
			if x != i && members[x].slots[k] != nil {
				return true
			}
		}
	}
	return false
}

// shapeKey names the places below a word at which it is called, and its methods where nothing is below.
func (c *candidate) shapeKey() string {
	var parts []string
	for k := range c.slots {
		if len(c.pairs)+len(c.ids) == 0 {
			parts = append(parts, k.method)
		}
	}
	if len(parts) > 0 {
		return "leaf" // methods differ from item to item
	}
	for p := range c.pairs {
		parts = append(parts, strconv.Itoa(p.depth)+p.word)
	}
	if len(c.ids) > 0 {
		parts = append(parts, "{}")
	}
	slices.Sort(parts)
	return strings.Join(parts, "/")
}

// isBlank reports whether all answers of a word are JSON that says nothing.
func (c *candidate) isBlank() bool {
	for _, op := range c.slots {
		if !op.blank {
			return false
		}
	}
	return true
}

// actionPercent is the share of words that say what to do from which on all of them are names.
const actionPercent = 40

// areActions reports whether many of the words begin or end with a verb: "users.list", "getUser".
func areActions(words []string) bool {
	actions := 0
	for _, text := range words {
		if isAction(text) {
			actions++
		}
	}
	return actions*100 >= len(words)*actionPercent
}

func isAction(text string) bool {
	parts := names.Words(text)
	if len(parts) == 0 {
		return false
	}
	joined := strings.ContainsAny(text, "._ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return names.IsVerb(parts[0]) && (len(parts) == 1 || joined) || joined && names.IsVerb(parts[len(parts)-1])
}
