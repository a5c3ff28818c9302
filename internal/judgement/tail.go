package judgement

import (
	"math/bits"
	"strings"

	"akita/internal/format"
)

// isTail reports whether the calls below a word end at any depth and are answered alike: then all
// that follows is one value, such as the path of a file.
func (s *Sketch) isTail() bool {
	if s.text == "" || len(s.words) < 2 || format.IsVersion(s.text) || s.depths() < tailFileDepths {
		return false
	}
	t := &tail{ends: make(map[int]map[string][]*Operation), parents: make(map[string]*Sketch)}
	t.add(s, 0)
	switch files := t.areFiles(); {
	case len(t.ends) < tailFileDepths, len(t.ends) < tailDepths && !files, t.strict*4 > s.calls, t.wordsRecur():
		return false
	case files:
		return true
	}
	return t.likeness() >= likeTail
}

const (
	tailDepths     = 3    // the number of depths at which calls end
	tailFileDepths = 2    // and of those that were answered with files
	tailRecurring  = 0.35 // the share of deeper words that may recur: names of an API do
	likeTail       = 0.7  // how alike answers at different depths are
)

// depths counts the depths at which calls below s end. That is enough to rule most words out.
func (s *Sketch) depths() int {
	var seen uint64 // a bit for each
	var walk func(n *Sketch, depth int)
	walk = func(n *Sketch, depth int) {
		if depth > 0 && n.isCalled() {
			seen |= 1 << min(depth, 63)
		}
		for text, w := range n.words {
			if text != "" {
				walk(w, depth+1)
			}
		}
		for _, p := range n.ids {
			walk(p, depth+1)
		}
	}
	walk(s, 0)
	return bits.OnesCount64(seen)
}

// isCalled reports whether anything was called right at s.
func (s *Sketch) isCalled() bool {
	return len(s.ops) > 0 || s.words[""] != nil
}

// tail is what ends below a word.
type tail struct {
	ends   map[int]map[string][]*Operation // by depth and method
	all    int                             // places
	files  int                             // those that were answered with files
	named  int                             // those with an ending
	byName map[int]bool                    // depths of those
	strict uint64                          // calls with ids

	parents   map[string]*Sketch // of deeper words
	recurring map[string]bool    // deeper words with more than one parent
}

// add adds what is at and below n, which is so deep.
func (t *tail) add(n *Sketch, depth int) {
	if depth > 0 {
		t.addEnd(n, depth)
	}
	for text, w := range n.words {
		if text == "" {
			continue
		}
		if depth >= 1 {
			t.addWord(text, n)
		}
		t.add(w, depth+1)
	}
	for _, p := range n.ids {
		if p.kind&strictIDs != 0 {
			t.strict += p.calls
		}
		t.add(p, depth+1)
	}
}

func (t *tail) addWord(text string, parent *Sketch) {
	switch first := t.parents[text]; first {
	case nil:
		t.parents[text] = parent
	case parent:
	default:
		if t.recurring == nil {
			t.recurring = make(map[string]bool)
		}
		t.recurring[text] = true
	}
}

func (t *tail) addEnd(n *Sketch, depth int) {
	called, isFile := n.comparable()
	if len(called) == 0 {
		return
	}
	if t.ends[depth] == nil {
		t.ends[depth] = make(map[string][]*Operation)
	}
	for method, op := range called {
		t.ends[depth][method] = append(t.ends[depth][method], op)
	}
	t.all++
	if isFile {
		t.files++
	}
	if strings.LastIndexByte(n.text, '.') > 0 {
		if t.byName == nil {
			t.byName = make(map[int]bool)
		}
		t.byName[depth] = true
		t.named++
	}
}

// comparable returns what was answered at s and can be compared, by method, and whether it is a
// file.
func (s *Sketch) comparable() (ops map[string]*Operation, isFile bool) {
	for _, method := range []string{"GET", "PATCH", "PUT", "POST"} {
		if op := s.own(method); op != nil && (op.answer != nil || op.files) {
			if ops == nil {
				ops = make(map[string]*Operation)
			}
			ops[method] = op
			isFile = isFile || op.files
		}
	}
	return ops, isFile
}

// areFiles reports whether all answers are files, and four of five places are names of files, at
// several depths.
func (t *tail) areFiles() bool {
	return t.files == t.all && len(t.byName) > 1 && t.named*5 >= t.all*4
}

// wordsRecur reports whether many of the deeper words stand below several places.
func (t *tail) wordsRecur() bool {
	return float64(len(t.recurring)) > tailRecurring*float64(len(t.parents))
}

// likeness is how alike the answers at two depths are, on average; 0 if nothing can be compared.
func (t *tail) likeness() float64 {
	merged := make(map[string][]*Operation) // by method, one for each depth
	for depth := range maxDepth {
		for method, ops := range t.ends[depth] {
			merged[method] = append(merged[method], mergeOperations(ops))
		}
	}
	var sum, n float64
	for _, method := range sortedKeys(merged) {
		for i, op := range merged[method] {
			for _, other := range merged[method][:i] {
				if op.answer != nil && other.answer != nil {
					sum += op.answer.alike(other.answer)
					n++
				}
			}
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// maxDepth is more than the segments of a path.
const maxDepth = 100

// fold makes all that follows s one value but for a trailing slash, and reports whether that is
// another verdict than before. It changes s, which its caller has copied.
func (s *Sketch) fold() (changed bool) {
	p := &Sketch{text: "{}", kind: tokens, calls: s.calls, good: s.good, fine: s.fine}
	ops := make(map[string][]*Operation)
	var walk func(n *Sketch)
	walk = func(n *Sketch) {
		for _, c := range []map[string]*Sketch{n.words, n.ids} {
			for key, below := range c {
				if n == s && key == "" && below == s.words[""] {
					continue
				}
				for method, op := range below.ops {
					ops[method] = append(ops[method], op)
				}
				for _, f := range below.from {
					changed = changed || !f.value
					f.value = true
				}
				walk(below)
			}
		}
	}
	walk(s)
	p.ops = mergeEach(ops, mergeOperations)
	slash := s.words[""]
	s.words, s.ids = nil, map[string]*Sketch{"": p}
	if slash != nil {
		s.words = map[string]*Sketch{"": slash}
	}
	return changed
}
