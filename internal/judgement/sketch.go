package judgement

import (
	"maps"
	"slices"

	"akita/internal/shape"
)

// Sketch is a place of the tree of paths as the judgement sees it: what was called there, and the
// words and ids that followed.
type Sketch struct {
	text   string             // the word, or "{}" and what follows the ids
	words  map[string]*Sketch // "" is a trailing slash
	ids    map[string]*Sketch // by what follows them: "", ".csv", ":cancel"
	kind   idKind             // of ids
	ops    map[string]*Operation
	echoes map[string]uint64 // calls whose answer repeats what stood here, by the member that does
	calls  uint64            // at and below
	good   uint64            // of them answered with 2xx and JSON
	fine   bool              // any call at or below was accepted
	found  bool              // any was answered with more than "not found"

	leaf *candidate // what is known of a word that nothing follows: the same in each round

	from    []*Sketch       // what a merged sketch was merged of, itself otherwise
	value   bool            // the verdict of the round before
	taken   map[string]bool // words below that are values
	reasons []Reason        // why they are
	tail    bool            // calls below end at any depth: all that follows is one value
}

// New returns the sketch of a word without calls. The echoes are only read.
func New(text string, echoes map[string]uint64) *Sketch {
	s := &Sketch{text: text, echoes: echoes}
	s.from = []*Sketch{s}
	return s
}

// AddOperation adds what was called right here by a method. Each method is added once.
func (s *Sketch) AddOperation(method string, op *Operation) {
	if s.ops == nil {
		s.ops = make(map[string]*Operation)
	}
	s.ops[method] = op
	s.calls += op.calls
	s.good += op.good
	s.fine = s.fine || op.fine
	s.found = s.found || op.found
}

// AddWord adds a word that followed, which is complete.
func (s *Sketch) AddWord(word *Sketch) {
	if s.words == nil {
		s.words = make(map[string]*Sketch)
	}
	s.words[word.text] = word
	s.addBelow(word)
}

// AddIDs adds ids that followed, with the same text after each of them. The sketch is complete.
func (s *Sketch) AddIDs(suffix string, ids *Sketch, values *shape.Shape) {
	if s.ids == nil {
		s.ids = make(map[string]*Sketch)
	}
	ids.kind = kindOfIDs(values)
	s.ids[suffix] = ids
	s.addBelow(ids)
}

func (s *Sketch) addBelow(c *Sketch) {
	s.calls += c.calls
	s.good += c.good
	s.fine = s.fine || c.fine
	s.found = s.found || c.found
}

// idKind is the kind of ids among values.
type idKind uint8

const (
	strictIDs idKind = 1 << iota // integers, UUIDs, hex
	tokens                       // anything else
	slugIDs                      // words
)

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
	if strict+s.Opaques < s.Count() {
		k |= tokens
	}
	return k // 0 if nothing is known of them: all were withheld
}

// own returns what was called at s by a method, with a trailing slash or without.
func (s *Sketch) own(method string) *Operation {
	op := s.ops[method]
	if slash := s.words[""]; slash != nil && slash.ops[method] != nil {
		return mergeOperations([]*Operation{op, slash.ops[method]})
	}
	return op
}

// answers reports whether calls that end at s were answered with JSON, with a trailing slash or
// without.
func (s *Sketch) answers() bool {
	for _, at := range []*Sketch{s, s.words[""]} {
		if at == nil {
			continue
		}
		for _, op := range at.ops {
			if op.good > 0 {
				return true
			}
		}
	}
	return false
}

// ownGood counts the calls that ended at s and were answered with JSON.
func (s *Sketch) ownGood() (sum uint64) {
	for _, op := range s.ops {
		sum += op.good
	}
	return sum
}

// sortedWords returns the words that followed, in order.
func (s *Sketch) sortedWords() []*Sketch {
	list := make([]*Sketch, 0, len(s.words))
	for _, text := range sortedKeys(s.words) {
		list = append(list, s.words[text])
	}
	return list
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// judged returns the words right below s that are judged, in order: words with accepted calls or, if
// there are none, words that were found at all. Words that a scanner guessed prove nothing about the
// words beside them.
func (s *Sketch) judged() []*Sketch {
	var accepted, found []*Sketch
	for _, w := range s.sortedWords() {
		switch {
		case w.text == "":
		case w.fine:
			accepted = append(accepted, w)
		case w.found:
			found = append(found, w)
		}
	}
	if len(accepted) > 0 {
		return accepted
	}
	return found
}
