package judgement

import "testing"

func TestGrammar(t *testing.T) {
	t.Parallel()
	user := objectOf("id", "name")
	checkRows(t, map[string]row{
		"a pronoun, a word of APIs, and a word": {
			leading("users", call("me", "GET", user), call("search", "GET", user), call("river", "GET", user)), context{},
			"me + search + river 0",
		},
		"a plural that leads to integers": {
			leading("", withIDs(New("users", nil), call("{}", "GET", user)), withIDs(New("user", nil), call("{}", "GET", user))),
			context{}, "users + user 0",
		},
	}, RuleGrammar, (*level).grammar)
}

func TestVersion(t *testing.T) {
	t.Parallel()
	checkRows(t, map[string]row{
		"a version leads to something": {
			leading("", leading("v2", call("users", "GET", nil)), call("v3", "GET", nil)), context{top: true}, "v2 + v3 0",
		},
	}, RuleVersion, (*level).version)
}

func TestVerbs(t *testing.T) {
	t.Parallel()
	checkRows(t, map[string]row{
		"many verbs make all words names": {
			leading("", call("start", "POST", nil), call("stop", "POST", nil), call("river", "POST", nil)), context{},
			"start + stop + river +",
		},
		"a single one does not": {
			leading("", call("start", "POST", nil), call("river", "POST", nil), call("lake", "POST", nil), call("sea", "POST", nil)),
			context{}, "start 0 river 0",
		},
		"verbs in names of commands": {
			leading("", call("users.list", "POST", nil), call("getUser", "POST", nil)), context{}, "users.list + getUser +",
		},
	}, RuleVerbs, (*level).verbs)
}
