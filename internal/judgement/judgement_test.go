package judgement

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/shape"
)

// drawn is a tree that is drawn: words at two levels with answers of some kinds.
type drawn struct {
	first, second []int // numbers of words
	answers       []int
}

var kinds = []*shape.Shape{
	nil, objectOf("id", "name"), objectOf("id", "name", "mail"), objectOf("sum", "due"), listOf("id", "name"), objectOf("login", "size"),
}

func draw(t *rapid.T) []drawn {
	var calls []drawn
	for range rapid.IntRange(1, 40).Draw(t, "paths") {
		calls = append(calls, drawn{
			first: []int{rapid.IntRange(0, 12).Draw(t, "first")}, second: []int{rapid.IntRange(0, 6).Draw(t, "second")},
			answers: []int{rapid.IntRange(0, len(kinds)-1).Draw(t, "answer")},
		})
	}
	return calls
}

// build makes a tree of paths, which are added in their order. Words are spelled by a function.
func build(paths []drawn, spell func(n int) string) *Sketch {
	below := make(map[int]map[int]int)
	var order []int
	for _, p := range paths {
		if below[p.first[0]] == nil {
			below[p.first[0]] = make(map[int]int)
			order = append(order, p.first[0])
		}
		below[p.first[0]][p.second[0]] = max(below[p.first[0]][p.second[0]], p.answers[0])
	}
	level := New("things", nil)
	for _, first := range order {
		w := New(spell(first), nil)
		for _, second := range slices.Sorted(func(yield func(int) bool) {
			for k := range below[first] {
				if !yield(k) {
					return
				}
			}
		}) {
			w.AddWord(call(spell(100+second), "GET", kinds[below[first][second]]))
		}
		level.AddWord(w)
	}
	root := New("", nil)
	root.AddWord(level)
	return root
}

// verdicts lists the values of a tree that was judged, by their numbers.
func verdicts(s *Sketch, number map[string]int) []string {
	var found []string
	var walk func(s *Sketch, path string)
	walk = func(s *Sketch, path string) {
		if s.tail {
			found = append(found, path+" tail")
		}
		for text := range s.taken {
			found = append(found, fmt.Sprint(path, " ", number[text]))
		}
		for text, w := range s.words {
			walk(w, fmt.Sprint(path, "/", number[text]))
		}
		for suffix, p := range s.ids {
			walk(p, path+"/{}"+suffix)
		}
	}
	walk(s, "")
	slices.Sort(found)
	return found
}

func judged(paths []drawn, spell func(n int) string) []string {
	number := make(map[string]int)
	for n := range 200 {
		number[spell(n)] = n
	}
	return verdicts(Judge(build(paths, spell)), number)
}

// spelled is a word that is not a plural, verb or code.
func spelled(n int) string { return word(n*31) + "o" }

// The order in which calls arrive changes nothing.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		paths := draw(t)
		shuffled := rapid.Permutation(paths).Draw(t, "order")
		if a, b := judged(paths, spelled), judged(shuffled, spelled); !slices.Equal(a, b) {
			t.Errorf("in another order: %q, was %q", b, a)
		}
	})
}

// How words are spelled changes nothing, as long as they are words that the language says nothing
// of.
func TestSpellingDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		paths := draw(t)
		order := rapid.Permutation(numbers(200)).Draw(t, "names")
		other := func(n int) string { return "q" + word(order[n]) + "o" }
		if a, b := judged(paths, spelled), judged(paths, other); !slices.Equal(a, b) {
			t.Errorf("with other words: %q, was %q", b, a)
		}
	})
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// A last round that would say the same is left out, and so changes nothing.
func TestRoundsEndWhenNothingChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		paths := draw(t)
		root := build(paths, spelled)
		j := &judgement{keys: collectKeys(root), known: make(hearsay)}
		var top *Sketch
		for range rounds {
			top = j.round(root)
			j.known = j.next
		}
		number := make(map[string]int)
		for n := range 200 {
			number[spelled(n)] = n
		}
		if a, b := verdicts(top, number), judged(paths, spelled); !slices.Equal(a, b) {
			t.Errorf("after all rounds %q, with an early end %q", a, b)
		}
	})
}

func TestJoinEndings(t *testing.T) {
	t.Parallel()
	s := New("reports", nil)
	s.AddIDs("", call("{}", "GET", nil), &shape.Shape{Ints: 1})
	s.AddIDs(".csv", calls("{}.csv", "GET", 2, nil), &shape.Shape{Ints: 2})
	s.JoinEndings(func(suffix string) bool { return suffix == "" })
	if len(s.ids) != 1 || s.Values("").calls != 3 || s.Values(".csv").calls != 0 {
		t.Errorf("the values are %v", sortedKeys(s.ids))
	}
}
