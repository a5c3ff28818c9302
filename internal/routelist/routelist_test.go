package routelist_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"akita/internal/routelist"
)

// entry returns one method of a route.
func entry(method, route, view string) routelist.Entry {
	return routelist.Entry{Method: method, Route: route, View: view}
}

func TestNew(t *testing.T) {
	t.Parallel()
	got := routelist.New([]routelist.Entry{
		entry("post", "api/orders/", "shop.views.Orders"),
		entry("GET", "api/orders/", "shop.views.Orders"),
		entry("GET", "api/orders/", "shop.views.Orders"),
		entry("GET", `api/(?:(?P<version>v[12])/)?items/(?P<pk>[^/.]+)/$`, "shop.views.Item"),
		entry("*", `^[a-z]+/legacy/$`, "shop.views.legacy"),
		entry("GET", "static/<path:file>", ""),
	}, false)
	want := routelist.List{Routes: []routelist.Route{
		{Method: "GET", Path: "/api/items/{pk}/", View: "shop.views.Item"},
		{Method: "GET", Path: "/api/orders/", View: "shop.views.Orders"},
		{Method: "POST", Path: "/api/orders/", View: "shop.views.Orders"},
		{Method: "GET", Path: "/static/{file}", Tail: true},
		{Method: "*", Path: `^[a-z]+/legacy/$`, Opaque: true, View: "shop.views.legacy"},
	}}
	want.Routes[0].Path, want.Routes[0].Also = "/api/{version}/items/{pk}/", []string{"/api/items/{pk}/"}
	want.Routes = append(want.Routes[1:3:3], want.Routes[0], want.Routes[3], want.Routes[4])
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\ngot  %+v\nwant %+v", got, want)
	}
}

func TestNewLeavesOutWhatNoFrameworkMakes(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]routelist.Entry{
		"no method":            entry("", "a/", ""),
		"a sentence as method": entry("GET IT", "a/", ""),
		"a long method":        entry(strings.Repeat("A", 33), "a/", ""),
		"a long route":         entry("GET", strings.Repeat("a", 1001), ""),
		"a control character":  entry("GET", "a/\x1b[2J", ""),
		"invalid UTF-8":        entry("GET", "a/\xff", ""),
	} {
		if got := routelist.New([]routelist.Entry{e}, false); len(got.Routes) > 0 {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// TestNewBoundsTheBytes: each route stands for 16 templates of about 900 bytes.
func TestNewBoundsTheBytes(t *testing.T) {
	t.Parallel()
	var entries []routelist.Entry
	for i := range 2000 {
		route := fmt.Sprintf("^%04d/%s/(?:a/)?(?:b/)?(?:c/)?(?:d/)?$", i, strings.Repeat("x", 900))
		entries = append(entries, entry("GET", route, ""))
	}
	got := routelist.New(entries, false)
	text, err := got.Encode()
	if err != nil || !got.Truncated || len(got.Routes) < 100 || len(text) > routelist.MaxBytes {
		t.Errorf("%d routes in %d bytes, truncated: %v, %v", len(got.Routes), len(text), got.Truncated, err)
	}
	if _, err := routelist.Decode(text); err != nil {
		t.Error(err)
	}
}

func TestViewsAreNamedAsInCalls(t *testing.T) {
	t.Parallel()
	for view, want := range map[string]string{
		"shop.views.Orders.list": "shop.views.Orders.list", "a view": "", "v\n": "", strings.Repeat("v", 201): "",
	} {
		got := routelist.New([]routelist.Entry{entry("GET", "a/", view)}, false)
		if len(got.Routes) != 1 || got.Routes[0].View != want {
			t.Errorf("%q: got %+v", view, got)
		}
	}
}

func TestNewBoundsTheList(t *testing.T) {
	t.Parallel()
	var entries []routelist.Entry
	for i := range routelist.MaxRoutes + 5 {
		entries = append(entries, routelist.Entry{Method: "GET", Route: fmt.Sprintf("a/%05d/", i)})
	}
	got := routelist.New(entries, false)
	if len(got.Routes) != routelist.MaxRoutes || !got.Truncated {
		t.Errorf("%d routes, truncated: %v", len(got.Routes), got.Truncated)
	}
}
