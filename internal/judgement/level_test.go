package judgement

import "testing"

func TestCommonSuffix(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{".csv": {"a.csv", "b.csv"}, ":stop": {"a:stop"}, "": {"a.csv", "b.pdf"}}
	for want, words := range tests {
		if got := CommonSuffix(words); got != want {
			t.Errorf("%q end with %q, want %q", words, got, want)
		}
	}
}

// Words that are taken become values beside those that are there, and the sketch that was judged
// stays as it was.
func TestTake(t *testing.T) {
	t.Parallel()
	user := objectOf("login", "name")
	users := withIDs(leading("users", echoed("ann", "login", user), echoed("bob", "login", user), echoed("cid", "login", user),
		withIDs(call("teams", "GET", listOf("id", "size")), call("{}", "GET", objectOf("id", "size")))), calls("{}", "GET", 5, user))
	got := Judge(leading("", users)).Word("users")
	if !got.IsValue("ann") || !got.IsValue("bob") || got.IsValue("teams") || got.Word("ann") != nil || got.Word("teams") == nil {
		t.Fatalf("the words are %v", sortedKeys(got.words))
	}
	values := got.Values("")
	if values.calls != 8 || values.kind != strictIDs|tokens|slugIDs {
		t.Errorf("the values have %d calls and kind %b", values.calls, values.kind)
	}
	if len(got.Reasons()) == 0 || got.Reasons()[0].Rule != RuleEcho {
		t.Errorf("the reasons are %v, want the echo first", got.Reasons())
	}
	if len(users.words) != 4 || len(users.ids) != 1 {
		t.Error("the sketch that was judged has changed")
	}
}
