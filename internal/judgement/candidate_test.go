package judgement

import "testing"

func TestCandidate(t *testing.T) {
	t.Parallel()
	s := leading("acme", leading("repos", call("site", "GET", objectOf("id", "name"))), call("", "GET", nil), call("members", "GET", nil))
	c := newCandidate(s)
	if len(c.pairs) != 3 || len(c.slots) != 3 || c.isLeaf() || !c.hasAnswer() || c.answersWith("id") {
		t.Errorf("the candidate is %+v", c)
	}
	s.words["repos"].words["site"].value = true
	if got := newCandidate(s); len(got.pairs) != 2 || got.below == c.below || len(got.slots) != 3 {
		t.Errorf("with a value below it is %+v", got)
	}
	leaf := call("ann", "GET", objectOf("id", "name"))
	first := newCandidate(leaf)
	first.like = 1
	if again := newCandidate(leaf); again.like != 0 || !again.isLeaf() || !again.answersWith("id") {
		t.Errorf("the second round knows of the first: %+v", again)
	}
}

// The same words at another depth are other words.
func TestPairsHaveDepths(t *testing.T) {
	t.Parallel()
	a, b := newCandidate(leading("x", leading("a", call("b", "GET", nil)))), newCandidate(leading("x", leading("b", call("a", "GET", nil))))
	if a.below == b.below || countShared(a.pairs, b.pairs) != 0 {
		t.Error("a/b and b/a are the same")
	}
}
