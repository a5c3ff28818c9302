package witness

import (
	"strings"
	"testing"
)

func TestEcho(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, word, want string }{
		{`{"login":"ann"}`, "ann", "login"},
		{`{"login" : "ann"}`, "ann", "login"},
		{`[{"id":1,"user":{"login":"ann"}}]`, "ann", "login"},
		{`{"tags":["ann","bob"]}`, "ann", "*"},
		{`"ann"`, "ann", ""},                       // nothing names it
		{`{"login":"ann-marie"}`, "ann", ""},       // a part of it
		{`{"ann":1}`, "ann", ""},                   // a name
		{`{"text":"she said \"ann\""}`, "ann", ""}, // within a string
		{`{"text":"login:\"ann\""}`, "ann", ""},    // within a string
		{`{"x":"y ann","login":"ann"}`, "ann", "login"},
		{`{"4f1c9bb0-71d8-4b1f-9b1c-2b7d3a0c4c11":"ann"}`, "ann", "*"}, // the name is data
		{`{"a\"b":"ann"}`, "ann", "*"},
		{`{"id":17}`, "17", "id"},
		{`{"id":"17"}`, "17", "id"},
		{`{"id":170,"of":17}`, "17", "of"},
		{`{"text":"in 17, or"}`, "17", ""},
		{`{"login":"Ann"}`, "ann", ""},
	} {
		if got := echo(test.text, test.word); got != test.want {
			t.Errorf("echo(%s, %s) = %q, want %q", test.text, test.word, got, test.want)
		}
		quoted := quotedIn(test.text)
		if test.want != "" && !(quoted.mayHave(test.word) && quoted.mayHave(strings.ToUpper(test.word))) {
			t.Errorf("%s may not have %s", test.text, test.word)
		}
	}
}

func TestQuotedTexts(t *testing.T) {
	t.Parallel()
	quoted := quotedIn(`{"login": "ann", "id": 17, "note": "she said \"hi\"", "": ""}`)
	tests := map[string]bool{
		"ann": true, "ANN": true, "login": true, "17": true, "18": true, `a"b`: true, "müller": true, "": false, "users": false, "an": false,
	}
	for text, want := range tests {
		if got := quoted.mayHave(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
