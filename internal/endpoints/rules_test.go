package endpoints

import (
	"slices"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/har"
	"akita/internal/witness"
)

// Each rule with calls in which it decides about a word. A call is a path, which may stand for
// several calls ("4 /users/17") and carries a kind of answer ("/users/17 user").
func TestRules(t *testing.T) {
	t.Parallel()
	answers := map[string]string{
		"user":  `{"id":1,"name":"x","email":"y","city":"z","phone":"0"}`,
		"more":  `{"id":1,"name":"x","email":"y","city":"z","phone":"0","age":2}`, // is like user, but not the same
		"team":  `{"left":1,"sold":2}`,
		"topic": `{"slug":"x","title":"y"}`,
		"ok":    ``,
		"text":  `"x"`,
	}
	tests := map[string]struct {
		calls string
		at    string // where the word is
		word  string
	}{
		"words that say what to do":    {"/users.list user, /users.create team", "", "users.list"},
		"words that are rarely values": {"/users/latest user, /users/newest user", "users", "latest"},
		"versions that lead nowhere":   {"/releases/1.0.0 topic, /releases/1.1.0 topic", "releases", "1.0.0"},
		"first words before values":    {"/users/17 user, /guests/23 user", "", "guests"},
		"collections before values":    {"/shop/users/17 user, /shop/guests/23 user", "shop", "guests"},
		"three alike before values": {
			"/config/android/17 topic, /config/ios/23 topic, /config/web/42 topic", "config", "ios",
		},
		"before values as the values beside them are": {
			"/hooks/17/23 topic, /hooks/18/24 topic, /hooks/acme/25 topic", "hooks", "acme",
		},
		"others before values": {"/api/17/23 ok, /api/18/24 ok, /api/stock/25 ok", "api", "stock"},
		"three alike": {
			"/wiki/red-fox topic, /wiki/old-dog topic, /wiki/big-cat topic", "wiki", "old-dog",
		},
		"two alike in a collection": {"/topics/red-fox topic, /topics/old-dog topic", "topics", "old-dog"},
		"three in a collection that may be alike": {
			"/files/red-fox text, /files/old-dog text, /files/big-cat text", "files", "old-dog",
		},
		"others alone": {
			"/settings/billing team, /settings/security user", "settings", "billing",
		},
		"three alike beside unlike values": {
			"/teams/17 team, /teams/red-fox topic, /teams/old-dog topic, /teams/big-cat topic", "teams", "old-dog",
		},
		"others beside unlike values": {"/nodes/17 team, /nodes/health user", "nodes", "health"},
		"two beside values alike": {
			"/users/17 user, /users/anna user, /users/bert user", "users", "anna",
		},
		"very rare beside values alike":               {"20 /users/17 user, /users/latest more", "users", "latest"},
		"rare beside values alike":                    {"4 /users/17 user, /users/anna more", "users", "anna"},
		"the same as the values beside it":            {"/users/17 user, /users/anna user", "users", "anna"},
		"others beside values alike":                  {"/users/17 user, /users/latest more", "users", "latest"},
		"first words beside values that may be alike": {"/17 ok, /anna ok", "", "anna"},
		"two beside values that may be alike":         {"/hooks/17 ok, /hooks/acme ok, /hooks/initech ok", "hooks", "acme"},
		"very rare beside values that may be alike":   {"20 /hooks/17 ok, /hooks/latest ok", "hooks", "latest"},
		"rare beside values that may be alike":        {"4 /hooks/17 ok, /hooks/acme ok", "hooks", "acme"},
		"others beside values that may be alike":      {"/hooks/17 ok, /hooks/acme ok", "hooks", "acme"},
		"three alike beside values of which nothing is known": {
			"/wiki/17 ok, /wiki/red-fox topic, /wiki/old-dog topic, /wiki/big-cat topic", "wiki", "old-dog",
		},
		"two in a collection beside values of which nothing is known": {
			"/topics/17 ok, /topics/red-fox topic, /topics/old-dog topic", "topics", "old-dog",
		},
		"very rare beside values of which nothing is known": {"20 /wiki/17 ok, /wiki/red-fox topic", "wiki", "red-fox"},
		"others beside values of which nothing is known":    {"/wiki/17 ok, /wiki/red-fox topic", "wiki", "red-fox"},
	}
	for _, r := range rules {
		if _, ok := tests[r.name]; !ok {
			t.Errorf("the rule %q has no case", r.name)
		}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := placeOf(t, test.calls, answers)
			above := ""
			for text := range strings.FieldsSeq(test.at) {
				p, above = p.literals[text], text
			}
			i := slices.IndexFunc(p.groups(), func(g *group) bool { return slices.Contains(g.words, test.word) })
			if i < 0 {
				t.Fatalf("%s is in no group", test.word)
			}
			if got := p.decide(p.groups()[i], above); got.name != name {
				t.Errorf("the rule is %q", got.name)
			}
		})
	}
}

// The rules of a situation end with one that always applies.
func TestRulesAreComplete(t *testing.T) {
	t.Parallel()
	for where := beforeValues; where <= besideUnknown; where++ {
		complete := slices.ContainsFunc(rules, func(r rule) bool { return r.where == where && r.applies == nil })
		if !complete {
			t.Errorf("no rule of situation %d always applies", where)
		}
	}
}

// placeOf returns the root of calls, as TestRules writes them.
func placeOf(t *testing.T, calls string, answers map[string]string) *place {
	t.Helper()
	m := apimodel.New()
	for call := range strings.SplitSeq(calls, ", ") {
		fields := strings.Fields(call)
		n := 1
		if len(fields) == 3 {
			n = map[string]int{"4": 4, "20": 20}[fields[0]]
			fields = fields[1:]
		}
		answer, ok := answers[fields[1]]
		if !ok || n == 0 {
			t.Fatalf("%q is not a call", call)
		}
		for range n {
			e := har.Entry{
				Latency:  -1,
				Request:  har.Request{Method: "GET", URL: "http://a.test" + fields[0]},
				Response: har.Response{Status: 200, Size: -1},
			}
			if answer != "" {
				e.Response.Body = &har.Body{MediaType: "application/json", Text: answer}
			}
			w := witness.FromEntry(&e, witness.Options{})
			m.Add(&w)
		}
	}
	root := newPlace()
	for _, tree := range m.Paths() {
		root.addNode(tree)
	}
	return root
}
