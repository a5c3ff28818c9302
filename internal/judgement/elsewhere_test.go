package judgement

import (
	"testing"

	"akita/internal/shape"
)

// A word that is a value in one place is one where little is known of it.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	build := func() (root *Sketch) {
		user := objectOf("login", "name")
		users := leading("users", echoed("ann", "login", user), echoed("bob", "login", user), echoed("cid", "login", user))
		ids := leading("{}", leading("members", call("ann", "GET", nil)))
		teams := New("teams", nil)
		teams.AddIDs("", ids, &shape.Shape{Ints: 1})
		return leading("", users, teams)
	}
	top := Judge(build())
	if !top.Word("users").IsValue("ann") {
		t.Fatal("ann is not a value among the users")
	}
	if !top.Word("teams").Values("").Word("members").IsValue("ann") {
		t.Error("ann is not a value among the members of a team")
	}
}

func TestHearsay(t *testing.T) {
	t.Parallel()
	a, b, c := New("ann", nil), New("ann", nil), New("ann", nil)
	h := make(hearsay)
	h.note(a, -3)
	h.note(b, 1)
	if got := h["ann"].without(a); got != 1 {
		t.Errorf("without the first place it is %v, want 1", got)
	}
	if got := h["ann"].without(c); got != -2 {
		t.Errorf("for a new place it is %v, want -2", got)
	}
	other := make(hearsay)
	other.note(a, -3)
	if h.says(other) || other.says(h) {
		t.Error("a second place says something else")
	}
	other.note(b, 1)
	if !h.says(other) {
		t.Error("both say the same")
	}
	other.note(New("bob", nil), 5)
	if !h.says(other) {
		t.Error("what the only place of a word says does not count")
	}
}
