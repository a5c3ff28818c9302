package endpoints

import "testing"

func TestAbsorb(t *testing.T) {
	t.Parallel()
	answers := map[string]string{"user": `{"id":1,"name":"x","email":"y"}`}
	root := placeOf(t, "/users/7 user, /users/anna user, /users/bert user, 4 /users/bert/orders user", answers)
	users := root.literals["users"]
	calls := users.calls()
	users.absorbAll([]string{"anna", "bert"})
	param := users.params[""]
	if len(users.literals) != 0 || users.calls() != calls {
		t.Errorf("%d words are left, with %d calls, want %d", len(users.literals), users.calls(), calls)
	}
	if param.words != 6 || param.distinctWords != 2 || param.arg.Count() != 7 || param.calls() != 7 {
		t.Errorf("the parameter has %d words, %d of them distinct, %d values and %d calls",
			param.words, param.distinctWords, param.arg.Count(), param.calls())
	}
	if !param.holdsWords() || param.literals["orders"].calls() != 4 {
		t.Error("most values are words, and what follows them follows the parameter")
	}
}

func TestSuffixOf(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{".csv": {"a.csv", "b.csv"}, ":stop": {"a:stop"}, "": {"a.csv", "b.pdf"}}
	for want, words := range tests {
		if got := suffixOf(words); got != want {
			t.Errorf("%q end with %q, want %q", words, got, want)
		}
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	answers := map[string]string{"ok": ``}
	root := placeOf(t, "/a ok, /a/x ok, /b ok, /c/7 ok, /d/8 ok, /d/8/y ok", answers)
	tests := map[string]bool{"a b": true, "b a": false, "d c": true, "c d": false, "a a": true, "a c": false}
	for pair, want := range tests {
		if got := root.literals[pair[:1]].covers(root.literals[pair[2:]]); got != want {
			t.Errorf("the first of %s covers the second: %v, want %v", pair, got, want)
		}
	}
}
