package judgement

import "testing"

func TestFormsOfCodes(t *testing.T) {
	t.Parallel()
	type kinds struct{ plain, pair bool }
	tests := map[string]kinds{
		"EUR": {plain: true}, "DE": {plain: true, pair: true}, "de": {pair: true}, "de-DE": {plain: true},
		"eur": {}, "users": {}, "XYZ": {}, "": {},
	}
	for text, want := range tests {
		if got := (kinds{isPlainCode(text), isPairCode(text)}); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
	for word, want := range map[string]bool{"versions": true, "release": true, "api": false, "": false} {
		if got := areVersions(word); got != want {
			t.Errorf("versions below %q are those of things: %v, want %v", word, got, want)
		}
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	rate := objectOf("base", "rate")
	checkRows(t, map[string]row{
		"currencies":                   {leading("", call("EUR", "GET", rate), call("USD", "GET", rate)), context{above: "rates"}, "EUR - USD -"},
		"a single locale":              {leading("", call("de-DE", "GET", rate)), context{above: "texts"}, "de-DE -"},
		"a single pair":                {leading("", call("de", "GET", rate)), context{above: "texts"}, "de 0"},
		"codes of airports":            {leading("", call("ZRH", "GET", rate), call("OPO", "GET", rate)), context{above: "weather"}, "ZRH - OPO -"},
		"words":                        {leading("", call("users", "GET", rate), call("orders", "GET", rate)), context{}, "users 0"},
		"versions of things":           {leading("", call("1.0.0", "GET", rate)), context{above: "versions"}, "1.0.0 -"},
		"a version that leads further": {leading("", leading("v1", call("users", "GET", rate))), context{}, "v1 0"},
	}, RuleCodes, (*level).codes)
}

// The form of a code does not outweigh what the traffic says.
func TestCodesOnlyBreakTies(t *testing.T) {
	t.Parallel()
	words := leading("", call("DE", "GET", objectOf("a", "b")), call("FR", "GET", objectOf("c", "d")))
	got := heard(words, context{}, RuleCodes, (*level).behaviour, (*level).codes)
	if got["DE"] != 0 {
		t.Errorf("of words that answer as names do the rule says %v", got["DE"])
	}
}
