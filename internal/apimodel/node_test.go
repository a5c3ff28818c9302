package apimodel

import (
	"maps"
	"testing"

	"akita/internal/shape"
	"akita/internal/witness"
)

func nodeOf(limit int, paths ...[]witness.Segment) *Node {
	n := newNode()
	for _, path := range paths {
		n.add(&witness.Witness{Method: "GET", Status: 200, Path: path}, path, limit)
	}
	return n
}

func aWord(text string) []witness.Segment { return []witness.Segment{{Literal: text}} }

func aValue(suffix string) []witness.Segment {
	return []witness.Segment{{Kind: &shape.Shape{Ints: 1}, Suffix: suffix}}
}

func TestNodeKeepsWordsApartUpToTheLimit(t *testing.T) {
	t.Parallel()
	n := nodeOf(2, aWord("a"), aWord("b"), aWord("a"), aValue(""))
	if len(n.literals) != 2 || n.literals["a"].calls() != 2 || n.params[""].calls() != 1 || n.Words() != 0 {
		t.Fatalf("within the limit: %d words", len(n.literals))
	}
	n = nodeOf(2, aWord("a"), aWord("b"), aWord("c"), aWord("a"), aValue(""))
	p := n.params[""]
	if len(n.literals) != 0 || p.Words() != 4 || p.Values().Count() != 5 || p.calls() != 5 {
		t.Errorf("beyond it: %d words are kept apart, %d of %d values are words",
			len(n.literals), p.Words(), p.Values().Count())
	}
}

func TestNodeKeepsEndingsApartUpToTheLimit(t *testing.T) {
	t.Parallel()
	n := nodeOf(2, aValue(".csv"), aValue(":stop"), aValue(".csv"))
	if len(n.params) != 2 || n.params[".csv"].calls() != 2 {
		t.Fatalf("within the limit: %d endings", len(n.params))
	}
	n = nodeOf(2, aValue(".csv"), aValue(":stop"), aValue(".xml"), aValue(".csv"))
	if len(n.params) != 1 || n.params[""].calls() != 4 {
		t.Errorf("beyond it: %d endings, %d calls", len(n.params), n.params[""].calls())
	}
}

func TestNodeCountsEchoes(t *testing.T) {
	t.Parallel()
	n := newNode()
	for _, echo := range []string{"login", "login", "name", ""} {
		path := []witness.Segment{{Literal: "ann", Echo: echo}}
		n.add(&witness.Witness{Method: "GET", Path: path}, path, 9)
	}
	want := map[string]uint64{"login": 2, "name": 1}
	if got := maps.Collect(n.literals["ann"].Echoes()); !maps.Equal(got, want) {
		t.Errorf("echoes are %v, want %v", got, want)
	}
}

func TestMergedNodesShareNothing(t *testing.T) {
	t.Parallel()
	o := nodeOf(9, aWord("a"), aValue(".csv"))
	n := newNode()
	n.merge(o, 9)
	n.merge(o, 9)
	if n.calls() != 4 || o.calls() != 2 || n.literals["a"] == o.literals["a"] {
		t.Errorf("%d calls of two merges of %d", n.calls(), o.calls())
	}
}

// A tree that forgot words must not count as smaller, or the limit that it fits into would depend on
// the order of calls.
func TestMeasureNeverFalls(t *testing.T) {
	t.Parallel()
	n, before := newNode(), 0
	for _, path := range [][]witness.Segment{
		aWord("a"), aWord("b"), aWord("c"), aWord("d"), aValue(".csv"), aValue(".xml"), aValue(":stop"), aValue(""),
	} {
		n.add(&witness.Witness{Method: "GET", Path: path}, path, 2)
		size := n.measure(2)
		if size < before || size < n.count() {
			t.Errorf("after %+v it measures %d, %d before, and has %d nodes", path, size, before, n.count())
		}
		before = size
	}
	if got := sum(maxSize, maxSize); got != maxSize {
		t.Errorf("sizes overflow to %d", got)
	}
}

func TestNarrow(t *testing.T) {
	t.Parallel()
	n := nodeOf(9, aWord("a"), aWord("b"), aWord("c"), aValue(".csv"), aValue(".xml"))
	n.narrow(2)
	if !n.anyWord || n.anyEnding || n.calls() != 5 {
		t.Errorf("to 2: words forgotten %v, endings forgotten %v, %d calls", n.anyWord, n.anyEnding, n.calls())
	}
	n.narrow(1)
	if !n.anyEnding || len(n.params) != 1 || n.calls() != 5 {
		t.Errorf("to 1: endings forgotten %v, %d calls", n.anyEnding, n.calls())
	}
}
