package declared

import (
	"fmt"
	"strings"
	"testing"
)

func TestRoute(t *testing.T) {
	t.Parallel()
	d, err := Read([]byte(`
openapi: 3.1.0
info: {title: A, version: "1"}
servers: [{url: "https://{host}/api/{v}/", variables: {host: {default: a.test}, v: {default: v2}}}, {url: /}]
paths:
  /users/{id}: {get: {responses: {}}}
  /users/me: {get: {responses: {}}}
  /users/{name}/posts: {get: {responses: {}}}
  /users/{id}.csv: {get: {responses: {}}}
  /flights/{from}-{to}: {get: {responses: {}}}
  /Products({id}): {get: {responses: {}}}
  /own: {servers: [{url: /elsewhere}], get: {responses: {}}}
  /dir/: {get: {responses: {}}}
  /files/{path}: {get: {responses: {}}}
  /files/{path}/meta: {get: {responses: {}}}
`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/api/v2/users/7":       "/users/{id} 7",
		"/users/7":              "/users/{id} 7",
		"/users/7/":             "/users/{id} 7",
		"/users/me":             "/users/me",
		"/users/m%65":           "/users/me",
		"/users/a%2Fb":          "/users/{id} a/b",
		"/users/me/posts":       "/users/{name}/posts me",
		"/users/7.csv":          "/users/{id}.csv 7",
		"/flights/AMS-CDG":      "/flights/{from}-{to} AMS CDG",
		"/Products(7)":          "/Products({id}) 7",
		"/elsewhere/own":        "/own",
		"/dir":                  "/dir/",
		"/files/a":              "/files/{path} a",
		"/files/a/b%2Fc/d":      "/files/{path} a/b/c/d",
		"/files/a/meta":         "/files/{path}/meta a",
		"/files":                "",
		"/own":                  "",
		"/users":                "",
		"/users/":               "",
		"/api/v3/users/7":       "",
		"/users/7/posts/extra":  "",
		"/flights/AMS":          "",
		"/api/v2/users/7/posts": "/users/{name}/posts 7",
	} {
		got := ""
		if route, values, ok := d.Route(path); ok {
			template, _ := d.Template(route)
			got = strings.Join(append([]string{template}, values...), " ")
		}
		if got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestRouteOf(t *testing.T) {
	t.Parallel()
	d, err := Read([]byte(`
openapi: 3.1.0
info: {title: A, version: "1"}
servers: [{url: https://a.test/api/v2}]
paths:
  /users/{id}: {get: {responses: {}}}
  /users/me: {get: {responses: {}}}
  /users/{id}.csv: {get: {responses: {}}}
  /flights/{from}-{to}/seats/{seat}/: {get: {responses: {}}}
  /files/{path}: {get: {responses: {}}}
`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/api/v2/users/{}":               "/users/{id} 0",
		"/api/v2/users/{}/":              "/users/{id} 0",
		"/api/v2/users/bob":              "/users/{id} bob",
		"/api/v2/users/me":               "/users/me",
		"/api/v2/users/{}.csv":           "/users/{id}.csv 0",
		"/api/v2/users/{}-{}":            "/users/{id} ?",
		"/api/v2/flights/{}-{}/seats/{}": "/flights/{from}-{to}/seats/{seat}/ 0 1 2",
		"/api/v2/flights/{}/seats/{}":    "",
		"/api/v2/files/a/{}":             "/files/{path} ?",
		"/api/{}/users/{}":               "/users/{id} 1",
		"/{}/{}/users/me":                "/users/me",
		"/api/{}/shops/{}":               "",
		"/{}/users/{}":                   "",
	} {
		got := ""
		if route, values, ok := d.RouteOf(path); ok {
			got, _ = d.Template(route)
			for _, v := range values {
				switch {
				case v.Index >= 0:
					got += fmt.Sprint(" ", v.Index)
				case v.Text == "":
					got += " ?"
				default:
					got += " " + v.Text
				}
			}
		}
		if got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}
