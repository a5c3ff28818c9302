package judgement

import (
	"strings"

	"akita/internal/names"
)

// echoKey is a member that repeats words.
type echoKey struct {
	words         map[string]bool
	kinds, others int // places of collections, and others
}

// namesKinds reports whether the member says what kind of thing an object is, as "type" of
// JSON:API and "resourceType" of FHIR do: it repeats the names of collections.
func (e *echoKey) namesKinds() bool { return e.kinds >= 1 && e.kinds*2 >= e.others }

func collectKeys(root *Sketch) map[string]*echoKey {
	keys := make(map[string]*echoKey)
	root.addKeys(keys)
	return keys
}

func (s *Sketch) addKeys(to map[string]*echoKey) {
	for text, w := range s.words {
		for k := range w.echoes {
			e := to[k]
			if e == nil {
				e = &echoKey{words: make(map[string]bool)}
				to[k] = e
			}
			e.words[text] = true
			if w.isCollection() {
				e.kinds++
			} else if len(w.ids) == 0 {
				e.others++
			}
		}
		w.addKeys(to)
	}
	for _, p := range s.ids {
		p.addKeys(to)
	}
}

// echo speaks against words that the answer to their own call repeats as a value: /users/ann
// answers login: ann. A name is seldom repeated.
func (l *level) echo() {
	repeats := l.repeats()
	common := mostRepeated(repeats)
	for i, m := range l.members {
		o := l.opinions[i]
		switch {
		case len(m.echoes) > 0:
			o.add(RuleEcho, l.echoOf(m, repeats))
		case common != "" && m.answersWith(common):
			o.add(RuleEcho, echoMissing)
		case common != "":
			o.add(RuleEcho, -echoMissing)
		case l.beside != nil && m.answers() && l.repeatsIDs(m):
			o.add(RuleEcho, echoOfIDs)
		}
	}
}

// repeats counts the words that a member repeats in half of their answers.
func (l *level) repeats() map[string]int {
	repeats := make(map[string]int)
	for _, m := range l.members {
		for k, n := range m.echoes {
			if n*2 >= m.good && !l.keys[k].namesKinds() {
				repeats[k]++
			}
		}
	}
	return repeats
}

// mostRepeated returns the member that repeats the most words, three at least, or "".
func mostRepeated(repeats map[string]int) string {
	most := ""
	for _, k := range sortedKeys(repeats) {
		if repeats[k] >= minRepeated && repeats[k] > repeats[most] {
			most = k
		}
	}
	return most
}

// minRepeated is how many words of a level a member repeats that identifies them.
const minRepeated = 3

// echoOf is what the most telling member that repeats a word says.
func (l *level) echoOf(m *candidate, repeats map[string]int) float64 {
	worst := 0.0
	for k, n := range m.echoes {
		if l.keys[k].namesKinds() {
			continue
		}
		w := echoOnce
		switch {
		case repeats[k] >= 2 || len(l.keys[k].words) >= echoWords:
			w = echoWeight
		case names.IsIdentifier(strings.ToLower(k)):
			w = echoIdentifier
		}
		worst = min(worst, w*min(1, 2*float64(n)/float64(max(1, m.good))))
	}
	return worst
}

// echoWords is how many words of an API a member repeats that identifies things.
const echoWords = 5

// repeatsIDs reports whether a word answers with the member that repeats the ids beside it. It
// does not repeat the word, so the word is not an id.
func (l *level) repeatsIDs(m *candidate) bool {
	for k, n := range l.beside.echoes {
		if n*2 >= l.beside.ownGood() && m.answersWith(k) {
			return true
		}
	}
	return false
}
