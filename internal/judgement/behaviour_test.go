package judgement

import (
	"fmt"
	"testing"
)

func TestBehaviour(t *testing.T) {
	t.Parallel()
	topic := objectOf("slug", "title", "body")
	checkRows(t, map[string]row{
		"answers that are alike": {
			leading("", call("budget", "GET", topic), call("water", "GET", topic), call("energy", "GET", topic)), context{},
			"budget - water - energy -",
		},
		"answers with nothing in common": {
			leading("", call("users", "GET", objectOf("a", "b")), call("health", "GET", objectOf("c", "d"))), context{},
			"users + health +",
		},
		"a name among values": {
			leading("", call("budget", "GET", topic), call("water", "GET", topic), call("energy", "GET", topic),
				call("stats", "GET", objectOf("count", "since"))), context{}, "budget - stats +",
		},
		"answers without a body": {leading("", call("a", "GET", nil), call("b", "GET", nil)), context{}, "a 0 b 0"},
		"other methods":          {leading("", call("a", "GET", topic), call("b", "PUT", topic)), context{}, "a 0 b 0"},
	}, RuleBehaviour, (*level).behaviour)
}

// The few siblings that are alike are found among many.
func TestBehaviourOfManySiblings(t *testing.T) {
	t.Parallel()
	s := New("", nil)
	for i := range 500 {
		s.AddWord(call(fmt.Sprint("do", i), "POST", objectOf("ok", fmt.Sprint("a", i), fmt.Sprint("b", i))))
	}
	for i := range 3 {
		s.AddWord(call(fmt.Sprint("get", i), "POST", objectOf("ok", "name", "size", fmt.Sprint("c", i))))
	}
	got := heard(s, context{}, RuleBehaviour, (*level).behaviour)
	if got["do7"] <= 0 {
		t.Errorf("of a word that is like no other the rule says %v", got["do7"])
	}
	if got["get0"] >= got["do7"] {
		t.Errorf("of one of three that are alike the rule says %v, of others %v", got["get0"], got["do7"])
	}
}
