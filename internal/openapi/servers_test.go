package openapi_test

import (
	"reflect"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/openapi"
)

// servers lists the URLs that an operation has: its own, those of its path or of the document.
func servers(document any, path, method string) []string {
	for _, place := range []string{"paths " + path + " " + method + " servers", "paths " + path + " servers", "servers"} {
		if list, ok := at(document, place).([]any); ok {
			var urls []string
			for _, one := range list {
				url, _ := at(one, "url").(string)
				urls = append(urls, url)
			}
			return urls
		}
	}
	return nil
}

// Each operation names the hosts that serve it, and no other.
func TestServers(t *testing.T) {
	t.Parallel()
	const user, profile = `{"id":1,"name":"x"}`, `{"nick":"x","admin":true}`
	const a, b, c = "https://a.test", "https://b.test", "https://c.test"
	atB, atC := hartest.At("b.test"), hartest.At("c.test")
	bearer := header("Authorization", "Bearer opaque")
	image := func(e *har.Entry) { e.Response.Body.MediaType = "image/png" }
	type urls = map[string][]string // by method and path
	tests := map[string]struct {
		calls  []har.Entry
		filter endpoints.Filter
		want   urls
		others any // of GET /users/{userId}
	}{
		"one host": {calls: []har.Entry{call("/users/1", 200, user)}, want: urls{"get /users/{userId}": {a}}},
		"hosts that mirror each other": {
			calls: []har.Entry{call("/users/1", 200, user), call("/users/1", 200, user, atB), call("/cart", 200, profile)},
			want:  urls{"get /users/{userId}": {a, b}, "get /cart": {a, b}},
		},
		"hosts with other paths": {
			calls: []har.Entry{call("/users/1", 200, user), call("/cart", 200, profile, atB), call("/cart", 201, profile, atB, sends(`{}`))},
			want:  urls{"get /users/{userId}": {a}, "get /cart": {b}, "post /cart": {b}},
		},
		"hosts with other methods of a path": {
			calls: []har.Entry{call("/users/1", 200, user), call("/users/1", 200, user), call("/users/1", 200, profile, atB, sends(`{}`))},
			want:  urls{"get /users/{userId}": {a}, "post /users/{userId}": {b}},
		},
		"another answer at the same path": {
			calls:  []har.Entry{call("/users/1", 200, user), call("/users/1", 200, user), call("/users/1", 200, profile, atB)},
			want:   urls{"get /users/{userId}": {a}},
			others: map[string]any{"b.test": 1.},
		},
		"other credentials at the same path": {
			calls:  []har.Entry{call("/users/1", 200, user, bearer), call("/users/1", 200, user, bearer), call("/users/1", 200, user, atB)},
			want:   urls{"get /users/{userId}": {a}},
			others: map[string]any{"b.test": 1.},
		},
		"refusals, which show little": {
			calls: []har.Entry{
				call("/users/1", 200, user, bearer), call("/users/1", 401, `{"detail":"x"}`, atB), call("/users/1", 401, `{"detail":"x"}`, atB),
			},
			want:   urls{"get /users/{userId}": {a}},
			others: map[string]any{"b.test": 2.},
		},
		"the same answer at a path of two APIs": {
			calls: []har.Entry{
				call("/users/1", 200, user), call("/cart", 200, `{"sum":1,"lines":[]}`), call("/stock", 200, `{"sku":"x","left":1}`),
				call("/users/1", 200, user, atC), call("/cart", 200, profile, atC), call("/orders", 200, `{"number":1,"placed":"x"}`, atC),
			},
			want: urls{"get /users/{userId}": {a, c}, "get /cart": {a}, "get /stock": {a}, "get /orders": {c}},
		},
		"the chosen host": {
			calls:  []har.Entry{call("/users/1", 200, user), call("/users/1", 200, user, atB), call("/cart", 200, profile)},
			filter: endpoints.Filter{Hosts: []string{"B.test"}},
			want:   urls{"get /users/{userId}": {b}},
		},
		"an unknown host": {
			calls: []har.Entry{call("/users/1", 200, user, func(e *har.Entry) { e.Request.URL = "/users/1" })},
			want:  urls{"get /users/{userId}": {"/"}},
		},
		"a host of files only": {
			calls: []har.Entry{call("/users/1", 200, user), call("/x.png", 200, "x", image, hartest.Fetched("image"), atB)},
			want:  urls{"get /users/{userId}": {a}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, document := documentOf(t, test.calls, openapi.Options{Filter: test.filter})
			paths, _ := at(document, "paths").(map[string]any)
			got := urls{}
			for path, item := range paths {
				for _, method := range []string{"get", "post"} {
					if at(item, method) != nil {
						got[method+" "+path] = servers(document, path, method)
					}
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("the servers are %v, want %v", got, test.want)
			}
			others := at(document, "paths /users/{userId} get x-akita-other-hosts")
			if !reflect.DeepEqual(others, test.others) {
				t.Errorf("the calls of other hosts are %v, want %v", others, test.others)
			}
		})
	}
}

// The document counts the calls of each host, and those that a browser made for itself.
func TestHostEvidence(t *testing.T) {
	t.Parallel()
	calls := []har.Entry{
		call("/users/1", 200, `{"id":1,"name":"x"}`), call("/users/1", 200, `{"id":1,"name":"x"}`),
		call("/cart", 200, `{"sum":1,"lines":[]}`, hartest.At("b.test")),
		call("/", 200, "x", hartest.Fetched("document"), hartest.At("c.test"), func(e *har.Entry) { e.Response.Body.MediaType = "text/html" }),
	}
	_, document := documentOf(t, calls, openapi.Options{})
	want := map[string]any{
		"a.test": map[string]any{"api": 1., "requests": 2., "operations": 1.},
		"b.test": map[string]any{"api": 2., "requests": 1., "operations": 1.},
		"c.test": map[string]any{"browser": 1.},
	}
	if got := at(document, "x-akita-hosts"); !reflect.DeepEqual(got, want) {
		t.Errorf("the hosts are %v, want %v", got, want)
	}
	if got := at(document, "x-akita-browser"); got != 1. {
		t.Errorf("%v calls are a browser's own, want 1", got)
	}
	_, one := documentOf(t, calls[:2], openapi.Options{})
	_, plain := documentOf(t, calls, openapi.Options{Plain: true})
	for name, place := range map[string]any{"one host": at(one, "x-akita-hosts"), "a plain document": at(plain, "x-akita-hosts")} {
		if place != nil {
			t.Errorf("%s has the hosts %v, want none", name, place)
		}
	}
}
