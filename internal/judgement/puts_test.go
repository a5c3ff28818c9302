package judgement

import "testing"

func TestPuts(t *testing.T) {
	t.Parallel()
	put := func(text string, asked ...string) *Sketch {
		s := New(text, nil)
		s.AddOperation("PUT", NewOperation(Calls{Count: 1, Served: true, Asked: asked}))
		return s
	}
	below := put("green", "color", "note")
	below.AddWord(call("history", "GET", nil))
	checkRows(t, map[string]row{
		"the same is put under both":   {leading("", put("red", "color", "note"), put("blue", "color", "note")), context{}, "red - blue -"},
		"most of it":                   {leading("", put("red", "color", "note"), put("blue", "color")), context{}, "red - blue -"},
		"other things":                 {leading("", put("mail", "host", "port"), put("theme", "color")), context{}, "mail 0 theme 0"},
		"a single word":                {leading("", put("red", "color")), context{}, "red 0"},
		"nothing is sent":              {leading("", put("red"), put("blue")), context{}, "red 0"},
		"a word that leads to another": {leading("", put("red", "color", "note"), below), context{}, "red 0 green 0"},
	}, RulePuts, (*level).puts)
}
