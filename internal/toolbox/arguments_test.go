package toolbox

import (
	"strings"
	"testing"
)

var testTool = Tool{Name: "test", needs: []string{"endpoint"}, takes: []string{"status", "auth", "min_calls"}}

func TestArguments(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want, problem string }{
		{`{"endpoint": " GET /a "}`, "GET /a", ""},
		{`{"endpoint": "GET /a", "status": 404, "min_calls": 3, "auth": null}`, "GET /a", ""},
		{`{"endpoint": "GET /a", "status": "5XX", "project": "shop", "next": "x"}`, "GET /a", ""},
		{``, "", "The argument endpoint is missing: GET /orders/{id}, or its id."},
		{`[]`, "", "The arguments are no JSON object: call the tool again with an object."},
		{`{"endpoint": "a", "Erase\n": ""}`, "",
			`There is no argument "Erase\u000a": the arguments are endpoint, status, auth, min_calls, next.`},
		{`{"endpoint": ["a"]}`, "", "The argument endpoint must be a string."},
		{`{"endpoint": "a", "status": "40"}`, "",
			`The argument status is "40", but must be a code such as 404 or a class such as 5xx.`},
		{`{"endpoint": "a", "auth": "password"}`, "",
			`The argument auth is "password", but must be one of none, basic, bearer, digest, api_key, cookie, other.`},
		{`{"endpoint": "a", "min_calls": -1}`, "", `The argument min_calls is "-1", but must be a number.`},
		{`{"endpoint": "` + strings.Repeat("a", 2001) + `"}`, "",
			"The argument endpoint is longer than 2000 bytes: shorten it."},
	} {
		given, err := testTool.parse([]byte(test.text))
		switch {
		case test.problem != "":
			if err == nil || err.Error() != test.problem {
				t.Errorf("%.80s: error %v, want %s", test.text, err, test.problem)
			}
		case err != nil:
			t.Errorf("%s: %v", test.text, err)
		case given["endpoint"] != test.want:
			t.Errorf("%s: endpoint %q, want %q", test.text, given["endpoint"], test.want)
		}
	}
}

func TestInputListsWhatIsNeeded(t *testing.T) {
	t.Parallel()
	input := testTool.input(false)
	if required := input.List("required"); len(required) != 1 || required[0] != "endpoint" {
		t.Errorf("required %v", required)
	}
	for _, name := range []string{"endpoint", "status", "auth", "min_calls", "next"} {
		if input.Object("properties").Object(name).Text("type") != "string" {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestEveryArgumentIsDescribed(t *testing.T) {
	t.Parallel()
	for _, tool := range Tools(false) {
		for _, name := range tool.known() {
			if _, ok := properties[name]; !ok {
				t.Errorf("%s takes %s, which is not among the properties", tool.Name, name)
			}
		}
	}
}

func TestCursorBelongsToItsArguments(t *testing.T) {
	t.Parallel()
	given := arguments{"endpoint": "GET /a", "status": "404"}
	cursor := given.cursor("test", position{36, 7})
	for _, test := range []struct {
		tool  string
		given arguments
		ok    bool
	}{
		{"test", arguments{"endpoint": "GET /a", "status": "404", "next": cursor}, true},
		{"other", arguments{"endpoint": "GET /a", "status": "404", "next": cursor}, false},
		{"test", arguments{"endpoint": "GET /a", "next": cursor}, false},
		{"test", arguments{"endpoint": "GET /a", "status": "404", "next": cursor + "-1"}, false},
		{"test", arguments{"endpoint": "GET /a", "status": "404", "next": strings.Replace(cursor, "-10-", "-!-", 1)}, false},
		{"test", arguments{"endpoint": "GET /a", "status": "404", "next": "-"}, false},
	} {
		at, err := test.given.start(test.tool)
		if got := err == nil && *at == (position{36, 7}); got != test.ok {
			t.Errorf("%s %v: %v, %v", test.tool, test.given, at, err)
		}
	}
}

func FuzzArguments(f *testing.F) {
	f.Add([]byte(`{"endpoint": "GET /a", "next": "x-1-2"}`))
	f.Add([]byte(`{"a": {"b": [1]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		given, err := testTool.parse(text)
		if err != nil {
			return
		}
		if at, err := given.start("test"); err == nil && at != nil && (at.group < 0 || at.item < 0) {
			t.Fatalf("%q begins at %v", text, at)
		}
	})
}
