package endpoints_test

import (
	"slices"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
)

// shown lists the endpoints of calls, each with its hosts.
func shown(entries []har.Entry) []string {
	var out []string
	for e := range model(entries).Matching(endpoints.Filter{}) {
		line := e.Method + " " + e.Path
		for _, host := range e.Hosts() {
			line += " " + host
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// The same operation of two hosts is one endpoint if its answers and its credentials agree.
func TestHostsOfAnOperation(t *testing.T) {
	t.Parallel()
	const (
		user    = `{"id":1,"name":"x","email":"a@b.test"}`
		profile = `{"userId":"1","nick":"x","admin":true}`
		path    = "/users/17"
	)
	bearer := header("Authorization", "Bearer opaque")
	basic := header("Authorization", "Basic eDp5")
	cookie := header("Cookie", "sessionid=1")
	status := func(code int) func(*har.Entry) { return func(e *har.Entry) { e.Response.Status = code } }
	html := func(e *har.Entry) { e.Response.Body.MediaType = "text/html" }
	text := func(e *har.Entry) { e.Response.Body.MediaType = "text/plain" }
	png := func(e *har.Entry) { e.Response.Body.MediaType = "image/png" }
	jpeg := func(e *har.Entry) { e.Response.Body.MediaType = "image/jpeg" }
	type changes = []func(*har.Entry)
	tests := map[string]struct {
		answer, other   string
		change, changes changes
		apart           bool
	}{
		"the same answers":                         {answer: user, other: user},
		"the same answers and credentials":         {answer: user, other: user, change: changes{bearer}, changes: changes{bearer}},
		"one more field of many":                   {answer: user, other: `{"id":1,"name":"x","email":"y","age":null}`, apart: true},
		"a null where the other has a value":       {answer: user, other: `{"id":1,"name":null,"email":null}`},
		"a cookie beside the same header":          {answer: user, other: user, change: changes{bearer}, changes: changes{bearer, cookie}},
		"other fields":                             {answer: user, other: profile, apart: true},
		"the same fields of other types":           {answer: user, other: `{"id":"u1","name":"x","email":"y"}`, apart: true},
		"a list":                                   {answer: user, other: `[` + user + `]`, apart: true},
		"a page":                                   {answer: user, other: user, changes: changes{html}, apart: true},
		"text and a page":                          {answer: "x", other: "x", change: changes{text}, changes: changes{html}, apart: true},
		"credentials and none":                     {answer: user, other: user, change: changes{bearer}, apart: true},
		"other credentials":                        {answer: user, other: user, change: changes{bearer}, changes: changes{basic}, apart: true},
		"a session and a token":                    {answer: user, other: user, change: changes{cookie}, changes: changes{bearer}, apart: true},
		"only refusals of the other":               {answer: user, other: `{"detail":"no"}`, changes: changes{status(401)}, apart: true},
		"other requests":                           {answer: user, other: user, change: changes{sends(`{"a":1,"b":2}`)}, changes: changes{sends(`{"c":1,"d":2}`)}, apart: true},
		"requests of other types":                  {answer: user, other: user, change: changes{sends(`{"a":1}`)}, changes: changes{sends(`{"a":"x"}`)}, apart: true},
		"images, which alone show too little":      {answer: "x", other: "x", change: changes{png}, changes: changes{jpeg}, apart: true},
		"one field each, which shows too little":   {answer: `{"ok":true}`, other: `{"ok":true}`, apart: true},
		"the same requests with more in one of it": {answer: user, other: user, change: changes{sends(`{"a":1,"b":2}`)}, changes: changes{sends(`{"a":1,"c":2}`)}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls []har.Entry
			for range 3 {
				calls = append(calls, call(path, 200, test.answer, test.change...))
				calls = append(calls, call(path, 200, test.other, append(changes{hartest.At("b.test")}, test.changes...)...))
			}
			method := calls[0].Request.Method
			want := []string{method + " /users/{userId} a.test b.test"}
			if test.apart {
				want = []string{method + " /users/{userId} a.test", method + " /users/{userId} b.test"}
			}
			if got := shown(calls); !slices.Equal(got, want) {
				t.Errorf("the endpoints are %q, want %q", got, want)
			}
		})
	}
}
