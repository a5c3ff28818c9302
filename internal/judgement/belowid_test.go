package judgement

import "testing"

func TestBelowID(t *testing.T) {
	t.Parallel()
	words := leading("{}", call("orders", "GET", nil))
	checkRows(t, map[string]row{
		"below integers":                        {words, context{belowValues: true, strict: true}, "orders +"},
		"below tokens":                          {words, context{belowValues: true}, "orders +"},
		"below values, some of them words":      {words, context{belowValues: true, slugs: true}, "orders 0"},
		"below a word":                          {words, context{above: "users"}, "orders 0"},
		"below a word that follows a parameter": {words, context{belowParam: true, above: "users"}, "orders 0"},
	}, RuleBelowID, (*level).belowID)
}
