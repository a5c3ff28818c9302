package openapi_test

import (
	"testing"

	"akita/internal/har"
	"akita/internal/openapi"
)

// A field that all accepted calls sent is required if a call without it was refused, or after many calls.
func TestRequiredOfRequests(t *testing.T) {
	t.Parallel()
	send := func(method, url string, status int, body string) har.Entry {
		e := call(url, status, `{}`, sends(body))
		e.Request.Method = method
		return e
	}
	post := func(status int, body string) har.Entry { return send("POST", "/x?q=1", status, body) }
	times := func(n int, e har.Entry) []har.Entry {
		var out []har.Entry
		for range n {
			out = append(out, e)
		}
		return out
	}
	const whole = `{"a":1,"b":{"c":2},"d":[{"e":3}]}`
	tests := map[string]struct {
		method     string
		calls      []har.Entry
		required   string // of the body
		b, d       string // of the records in it
		isRequired string // the query parameter "q"
	}{
		"a few calls":                        {"post", times(9, post(201, whole)), `null`, `null`, `null`, `null`},
		"many calls":                         {"post", times(10, post(201, whole)), `["a","b","d"]`, `["c"]`, `["e"]`, `true`},
		"many calls, one without":            {"post", append(times(10, post(201, whole)), send("POST", "/x", 201, `{"b":{},"d":[]}`)), `["b","d"]`, `null`, `["e"]`, `null`},
		"refused without it":                 {"post", append(times(2, post(201, whole)), post(422, `{"b":{"c":2},"d":[{"e":3}]}`)), `["a"]`, `null`, `null`, `null`},
		"refused without it, deeper":         {"post", append(times(2, post(201, whole)), post(400, `{"a":1,"b":{},"d":[{}]}`)), `null`, `["c"]`, `["e"]`, `null`},
		"refused without a parameter":        {"post", append(times(2, post(201, whole)), send("POST", "/x", 400, whole)), `null`, `null`, `null`, `true`},
		"refused for another reason":         {"post", append(times(2, post(201, whole)), send("POST", "/x", 401, `{}`), send("POST", "/x", 404, `{}`), send("POST", "/x", 409, `{}`)), `null`, `null`, `null`, `null`},
		"refused, and accepted once without": {"post", append(times(2, post(201, whole)), post(422, `{"b":{},"d":[]}`), post(201, `{"b":{},"d":[]}`)), `null`, `null`, `null`, `null`},
		"a change, however often":            {"patch", append(times(30, send("PATCH", "/x?q=1", 200, whole)), send("PATCH", "/x", 422, `{}`)), `null`, `null`, `null`, `null`},
		"many items in a few calls":          {"post", times(2, post(201, `{"a":1,"b":{"c":1},"d":[{"e":1},{"e":1},{"e":1},{"e":1},{"e":1},{"e":1}]}`)), `null`, `null`, `null`, `null`},
		"never accepted":                     {"post", times(30, post(422, whole)), `null`, `null`, `null`, `null`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, document := documentOf(t, test.calls, openapi.Options{Plain: true})
			operation := "paths /x " + test.method
			schema := operation + " requestBody content application/json schema"
			for place, want := range map[string]string{
				schema + " required":                    test.required,
				schema + " properties b required":       test.b,
				schema + " properties d items required": test.d,
				operation + " parameters 0 required":    test.isRequired,
			} {
				if got := at(document, place); !same(t, got, want) {
					t.Errorf("%s is %s, want %s in\n%s", place, text(t, got), want, all)
				}
			}
		})
	}
}

// A field of a response is required if all responses have it.
func TestRequiredOfAnswers(t *testing.T) {
	t.Parallel()
	_, document := documentOf(t, []har.Entry{call("/x", 200, `{"a":1,"b":2}`), call("/x", 200, `{"a":1}`)}, openapi.Options{Plain: true})
	if got := at(document, "paths /x get responses 200 content application/json schema required"); !same(t, got, `["a"]`) {
		t.Errorf("required is %s", text(t, got))
	}
}
