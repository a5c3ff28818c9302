// Package judgement decides which words of paths are names of the API and which are values, by how
// they are distributed in the calls: what stands below a word, what is asked and answered there,
// which answers repeat it, and how its siblings behave (docs/adr/0014-judgement-by-distribution.md).
//
// Judge (judgement.go) goes through the tree of paths (sketch.go) from the top, level by level
// (level.go), in several rounds. On each level the rules (rules.go) speak for or against each word,
// each in a file of its own; what they say is weighed in log-odds (weights.go). Words with a
// negative sum are values and are merged before the level below is judged.
package judgement

// rounds is how often the tree is judged. Each round knows which words the one before took for
// values, and what other places said of a word.
const rounds = 4

// judgement is the state that the levels of a tree share.
type judgement struct {
	keys    map[string]*echoKey
	known   hearsay // what the round before said
	next    hearsay // what this round says
	changed bool    // a verdict is another than in the round before
}

// Judge decides which words at and below root are values. It returns the tree as it was judged: on
// each level without the words that are values, which are merged into the ids beside them. The
// sketches of root are changed and must not be used again.
func Judge(root *Sketch) *Sketch {
	j := &judgement{keys: collectKeys(root), known: make(hearsay)}
	for range rounds - 1 {
		top := j.round(root)
		if !j.changed && j.next.says(j.known) {
			return top // another round would say the same
		}
		j.known = j.next
	}
	return j.round(root)
}

func (j *judgement) round(root *Sketch) *Sketch {
	j.next, j.changed = make(hearsay), false
	top := *root
	j.judge(&top, context{top: true})
	return &top
}

// IsValue reports whether a word right below s is a value.
func (s *Sketch) IsValue(text string) bool { return s.taken[text] }

// Reasons returns why the words right below s that are values are: the rules that said most of them.
func (s *Sketch) Reasons() []Reason { return s.reasons }

// IsTail reports whether all that follows s is one value, such as the path of a file.
func (s *Sketch) IsTail() bool { return s.tail }

// Word returns the sketch of a word right below s that is a name, nil if there is none.
func (s *Sketch) Word(text string) *Sketch { return s.words[text] }

// Values returns the sketch of the values right below s with a text behind them, an empty one if
// there are none.
func (s *Sketch) Values(suffix string) *Sketch {
	if p := s.ids[suffix]; p != nil {
		return p
	}
	return new(Sketch)
}

// JoinEndings joins values right below s that differ only in what follows them: it keeps those for
// which isKept is true, and adds the others to the values that nothing follows.
func (s *Sketch) JoinEndings(isKept func(suffix string) bool) {
	var gone []*Sketch
	for _, suffix := range sortedKeys(s.ids) {
		if !isKept(suffix) {
			gone = append(gone, s.ids[suffix])
			delete(s.ids, suffix)
		}
	}
	if len(gone) == 0 {
		return
	}
	if plain := s.ids[""]; plain != nil {
		gone = append(gone, plain)
	}
	s.ids[""] = mergeSketches(gone)
}
