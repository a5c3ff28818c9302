package routeuse_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/routelist"
	"akita/internal/routeuse"
	"akita/internal/shape"
	"akita/internal/witness"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// entry returns one method of a route.
func entry(method, route, view string) routelist.Entry {
	return routelist.Entry{Method: method, Route: route, View: view}
}

// call returns a call as "METHOD template status view".
func call(t *testing.T, text string, minutes int) *witness.Witness {
	t.Helper()
	w := witness.Witness{Host: "shop.example", Start: noon.Add(time.Duration(minutes) * time.Minute)}
	if _, err := fmt.Sscan(text, &w.Method, &w.Template, &w.Status); err != nil {
		t.Fatal(err)
	}
	if fields := strings.Fields(text); len(fields) > 3 {
		w.View = fields[3]
	}
	return &w
}

// inferred makes the path of a call one that no framework named.
func inferred(w *witness.Witness) *witness.Witness {
	for _, text := range strings.Split(w.Template, "/")[1:] {
		w.Path = append(w.Path, witness.Segment{Literal: text})
	}
	w.Template = ""
	return w
}

func setOf(calls ...*witness.Witness) *endpoints.Set {
	m := apimodel.New()
	for _, w := range calls {
		m.Add(w)
	}
	return endpoints.Infer(m)
}

// lines returns each use as "METHOD path: state, calls".
func lines(uses []routeuse.Use) (out []string) {
	for _, u := range uses {
		out = append(out, fmt.Sprintf("%s %s: %s, %d", u.Method, u.Path, u.State, u.Calls))
	}
	return out
}

func check(t *testing.T, uses []routeuse.Use, want ...string) {
	t.Helper()
	if got := lines(uses); !slices.Equal(got, want) {
		t.Errorf("\ngot  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	list := routelist.New([]routelist.Entry{
		entry("GET", "orders/", "Orders"), entry("POST", "orders/", "Orders"), entry("GET", "orders/<int:pk>/", "Order"),
		entry("DELETE", "orders/<int:pk>/", "Order"), entry("*", "legacy/", "legacy"), entry("GET", "old/", "Old"),
		entry("GET", "secret/", "Secret"), entry("GET", "broken/", "Broken"),
	}, false)
	old := call(t, "GET /old/ 200 Old", 3)
	old.ResponseHeaders = []witness.Param{{Name: "sunset", Shape: &shape.Shape{}}}
	uses := routeuse.Of(list, setOf(
		call(t, "GET /orders/ 200 Orders", 1), call(t, "GET /orders/ 200 Orders", 5), call(t, "GET /orders/ 500 Orders", 7),
		call(t, "HEAD /orders/ 200 Orders", 6),
		call(t, "GET /orders/{id}/ 404 Order", 1), // the name of a parameter does not matter
		call(t, "PUT /legacy/ 204 legacy", 2), call(t, "GET /legacy/ 404 legacy", 3),
		old, call(t, "GET /old/ 200 Old", 4),
		call(t, "GET /secret/ 401 Secret", 1), call(t, "GET /secret/ 403 Secret", 2),
		call(t, "GET /broken/ 500 Broken", 2),
		call(t, "GET /debug/ 200 Debug", 8), call(t, "GET /gone/ 410 Gone", 8), call(t, "OPTIONS /orders/ 200 Orders", 1),
	))
	check(t, uses,
		"GET /broken/: called, 1",
		"GET /debug/: shadow, 1",
		"* /legacy/: called, 2",
		"GET /old/: zombie, 2",
		"GET /orders/: called, 4",
		"POST /orders/: dead, 0",
		"DELETE /orders/{pk}/: dead, 0",
		"GET /orders/{pk}/: rejected_only, 1",
		"GET /secret/: rejected_only, 2",
	)
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	orders := uses[4]
	if !orders.Period.First.Equal(at(1)) || !orders.Period.Last.Equal(at(7)) || !orders.Last2xx.Equal(at(6)) {
		t.Errorf("the times are %+v", orders)
	}
	if debug := uses[1]; debug.View != "Debug" || debug.Host != "shop.example" || !debug.Last2xx.Equal(at(8)) {
		t.Errorf("the shadow is %+v", debug)
	}
	if uses[3].Deprecated != 1 {
		t.Errorf("%d answers are deprecated, want 1", uses[3].Deprecated)
	}
	if secret := uses[8]; !secret.Last2xx.IsZero() {
		t.Errorf("a route without a 2xx has one at %s", secret.Last2xx)
	}
}

func TestATruncatedListHasNoShadows(t *testing.T) {
	t.Parallel()
	list := routelist.New([]routelist.Entry{entry("GET", "a/", "")}, true)
	check(t, routeuse.Of(list, setOf(call(t, "GET /b/ 200", 1))), "GET /a/: dead, 0")
}

// TestWhatAModelDoesNotKeepIsNotDead: a model has a limit of routes, and only counts the calls of more.
func TestWhatAModelDoesNotKeepIsNotDead(t *testing.T) {
	t.Parallel()
	m := apimodel.New()
	for i := range 6000 {
		m.Add(call(t, fmt.Sprintf("GET /a/%d/ 200", i), 1))
	}
	list := routelist.New([]routelist.Entry{entry("GET", "b/", "")}, true)
	check(t, routeuse.Of(list, endpoints.Infer(m)), "GET /b/: unknown, 0")
}

func TestRoutesOfOnePathAreToldApartByView(t *testing.T) {
	t.Parallel()
	list := routelist.New([]routelist.Entry{entry("GET", "a/", "first"), entry("GET", "a/", "hidden")}, false)
	check(t, routeuse.Of(list, setOf(call(t, "GET /a/ 200 first", 1))), "GET /a/: called, 1", "GET /a/: dead, 0")
}

// TestInferredPaths: calls of an opaque route, and of a mounted application, have no route.
func TestInferredPaths(t *testing.T) {
	t.Parallel()
	opaque := entry("GET", `^[a-z]+/report/$`, "report")
	for name, test := range map[string]struct {
		entries []routelist.Entry
		calls   []string
		want    []string
	}{
		"an opaque route is found by its view": {
			[]routelist.Entry{opaque}, []string{"GET /sales/report/ 200 report"},
			[]string{`GET ^[a-z]+/report/$: called, 1`},
		},
		"several opaque routes of a view are not told apart": {
			[]routelist.Entry{opaque, entry("GET", `^[0-9]+/report/$`, "report")}, []string{"GET /sales/report/ 200 report"},
			[]string{`GET ^[0-9]+/report/$: unknown, 0`, `GET ^[a-z]+/report/$: unknown, 0`},
		},
		"a mounted route is found by its path": {
			[]routelist.Entry{entry("GET", "/sub/items/{item}", "items"), entry("GET", "/sub/items/new", "new")},
			[]string{"GET /sub/items/blue 200", "GET /sub/items/new 200"},
			[]string{"GET /sub/items/new: called, 1", "GET /sub/items/{item}: called, 1"},
		},
		"a mounted folder holds paths of any length": {
			[]routelist.Entry{entry("GET", "/static/{path:path}", "")}, []string{"GET /static/css/site/main.css 200"},
			[]string{"GET /static/{path}: called, 1"},
		},
		"a parameter is one segment": {
			[]routelist.Entry{entry("GET", "/users/{pk}", "")}, []string{"GET /users/ada/debug 200"},
			[]string{"GET /users/ada/debug: shadow, 1", "GET /users/{pk}: dead, 0"},
		},
		"a parameter has code around it": {
			[]routelist.Entry{entry("GET", "/reports/{name}.csv", "")},
			[]string{"GET /reports/sales.csv 200", "GET /reports/sales.txt 200"},
			[]string{"GET /reports/sales.txt: shadow, 1", "GET /reports/{name}.csv: called, 1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls []*witness.Witness
			for i, text := range test.calls {
				calls = append(calls, inferred(call(t, text, i)))
			}
			check(t, routeuse.Of(routelist.New(test.entries, false), setOf(calls...)), test.want...)
		})
	}
}
