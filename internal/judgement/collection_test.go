package judgement

import "testing"

func TestCollection(t *testing.T) {
	t.Parallel()
	user := objectOf("id", "name", "mail")
	lists := withIDs(call("users", "GET", listOf("id", "name")), call("{}", "GET", user))
	leads := withIDs(call("teams", "GET", objectOf("count", "page")), call("{}", "GET", user))
	same := withIDs(call("budget", "GET", user), call("{}", "GET", user))
	checkRows(t, map[string]row{
		"a list of items, another answer, and the same answer": {
			leading("", lists, leads, same), context{}, "users + teams + budget 0",
		},
	}, RuleCollection, (*level).collection)
	got := heard(leading("", lists, leads), context{}, RuleCollection, (*level).collection)
	if got["users"] <= got["teams"] {
		t.Errorf("a list of items says %v, want more than %v", got["users"], got["teams"])
	}
}

// Collections that lead to the same words may be values with collections below each.
func TestSharedCollection(t *testing.T) {
	t.Parallel()
	orgs := New("", nil)
	for _, text := range []string{"acme", "globex", "initech", "hooli"} {
		w := leading(text, call("members", "GET", nil), call("repos", "GET", nil), call("teams", "GET", nil))
		w.AddOperation("GET", NewOperation(Calls{Count: 1, Good: 1, Served: true, Answer: objectOf("count", "page")}))
		orgs.AddWord(withIDs(w, call("{}", "GET", objectOf("id", "name"))))
	}
	alone := heard(orgs, context{}, RuleCollection, (*level).collection)["acme"]
	shared := heard(orgs, context{}, RuleCollection, (*level).collection, (*level).vocabulary, (*level).sharedCollection)["acme"]
	if shared != alone/2 {
		t.Errorf("it says %v, want half of %v", shared, alone)
	}
}
