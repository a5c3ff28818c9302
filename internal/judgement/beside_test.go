package judgement

import (
	"testing"

	"akita/internal/shape"
)

func TestIDsBeside(t *testing.T) {
	t.Parallel()
	user := objectOf("id", "name", "mail")
	tokensOf := func(s, ids *Sketch) *Sketch {
		s.AddIDs("", ids, &shape.Shape{Strs: ids.calls})
		return s
	}
	ids := func() *Sketch { return calls("{}", "GET", 20, user) }
	refused := New("{}", nil)
	refused.AddOperation("GET", NewOperation(Calls{Count: 1}))
	unknown := New("{}", nil)
	unknown.AddOperation("GET", NewOperation(Calls{Count: 9, Served: true, Good: 9, Answer: user}))
	withheld := leading("", call("ann", "GET", user))
	withheld.AddIDs("", unknown, &shape.Shape{Opaques: 9})
	checkRows(t, map[string]row{
		"integers that answer alike":     {withIDs(leading("", call("ann", "GET", user)), ids()), context{}, "ann -"},
		"tokens that answer alike":       {tokensOf(leading("", call("ann", "GET", user)), ids()), context{}, "ann -"},
		"integers that answer otherwise": {withIDs(leading("", call("stats", "GET", objectOf("count", "since"))), ids()), context{}, "stats +"},
		"integers and another method":    {withIDs(leading("", call("import", "POST", nil)), ids()), context{}, "import +"},
		"a word with many of the calls":  {withIDs(leading("", calls("me", "GET", 30, user)), ids()), context{}, "me 0"},
		"ids that were all refused":      {withIDs(leading("", call("ann", "GET", user)), refused), context{}, "ann 0"},
		"words that were withheld":       {withheld, context{}, "ann 0"},
		"no ids":                         {leading("", call("ann", "GET", user)), context{}, "ann 0"},
	}, RuleBeside, (*level).idsBeside)
}
