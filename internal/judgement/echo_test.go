package judgement

import "testing"

func TestEcho(t *testing.T) {
	t.Parallel()
	user := objectOf("login", "name")
	three := leading("", echoed("ann", "login", user), echoed("bob", "login", user), echoed("cid", "login", user),
		call("me", "GET", user), call("stats", "GET", objectOf("count", "since")))
	checkRows(t, map[string]row{
		"a member that repeats several words":            {three, context{}, "ann - bob - cid -"},
		"a word with that member, which is not repeated": {three, context{}, "me +"},
		"a word without it":                              {three, context{}, "stats -"},
		"a single word":                                  {leading("", echoed("public", "visibility", user)), context{}, "public -"},
		"no answer repeats a word":                       {leading("", call("ann", "GET", user)), context{}, "ann 0"},
	}, RuleEcho, (*level).echo)
	once := heard(leading("", echoed("public", "visibility", user)), context{}, RuleEcho, (*level).echo)["public"]
	id := heard(leading("", echoed("ann", "id", user)), context{}, RuleEcho, (*level).echo)["ann"]
	several := heard(three, context{}, RuleEcho, (*level).echo)["ann"]
	if !(several < id && id < once) {
		t.Errorf("several words say %v, an identifier %v, a single word %v", several, id, once)
	}
}

// The ids beside a word are repeated, and the word is not: it is not an id.
func TestEchoOfIDs(t *testing.T) {
	t.Parallel()
	user := objectOf("id", "name")
	ids := call("{}", "GET", user)
	ids.echoes = map[string]uint64{"id": 1}
	checkRows(t, map[string]row{
		"me among users": {withIDs(leading("", call("me", "GET", user)), ids), context{}, "me +"},
	}, RuleEcho, (*level).echo)
}

// "type" of JSON:API repeats the names of collections.
func TestMembersThatNameKinds(t *testing.T) {
	t.Parallel()
	item := objectOf("type", "id", "name")
	s := New("", nil)
	for _, text := range []string{"articles", "people", "comments"} {
		w := echoed(text, "type", objectOf("type", "count"))
		s.AddWord(withIDs(w, call("{}", "GET", item)))
	}
	checkRows(t, map[string]row{"collections": {s, context{}, "articles 0 people 0"}}, RuleEcho, (*level).echo)
}
