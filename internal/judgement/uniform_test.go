package judgement

import "testing"

func TestUniform(t *testing.T) {
	t.Parallel()
	user := objectOf("login", "name")
	rule := []func(*level){(*level).behaviour, (*level).uniform}
	items := leading("", call("ann", "GET", user), call("bob", "GET", user), call("cid", "GET", user))
	checkRows(t, map[string]row{
		"leaves that are called alike":      {items, context{above: "users"}, "ann - bob - cid -"},
		"at the top of an API they are not": {items, context{top: true}, "ann 0"},
		"nor below a version":               {items, context{above: "v2"}, "ann 0"},
		"nor below values":                  {items, context{belowValues: true, above: "{}"}, "ann 0"},
		"two below a plural":                {leading("", call("ann", "GET", user), call("bob", "GET", user)), context{above: "users"}, "ann -"},
		"two below another word":            {leading("", call("ann", "GET", user), call("bob", "GET", user)), context{above: "user"}, "ann 0"},
		"views of the same things": {
			leading("", call("mine", "GET", listOf("id", "t")), call("hot", "GET", listOf("id", "t")), call("late", "GET", listOf("id", "t"))),
			context{above: "timeline"}, "mine 0 hot 0",
		},
		"answers that are not alike": {
			leading("", call("a", "GET", objectOf("a", "b")), call("b", "GET", objectOf("c", "d")), call("c", "GET", objectOf("e", "f"))),
			context{above: "users"}, "a 0",
		},
	}, RuleUniform, rule...)
}
