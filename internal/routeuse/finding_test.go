package routeuse_test

import (
	"fmt"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/routelist"
	"akita/internal/routeuse"
	"akita/internal/shape"
	"akita/internal/witness"
)

func TestFindings(t *testing.T) {
	t.Parallel()
	list := routelist.New([]routelist.Entry{
		entry("GET", "orders/", "shop.Orders"), entry("POST", "orders/", "shop.Orders"), entry("GET", "admin/", "admin"),
		entry("GET", "v1/orders/", "old"),
	}, false)
	old := call(t, "GET /v1/orders/ 200", 3)
	old.Consumer.Name, old.ResponseHeaders = "mobile-app", []witness.Param{{Name: "sunset", Shape: &shape.Shape{}}}
	again := call(t, "GET /v1/orders/ 200", 4)
	again.Consumer.Name = "curl"
	older := call(t, "GET /v1/orders/ 200", 1)
	older.Consumer.Name, older.ResponseHeaders = "mobile-app", old.ResponseHeaders
	set := setOf(call(t, "GET /orders/ 200", 0), call(t, "GET /admin/ 401", 1), old, again, older, call(t, "GET /debug/ 200", 2))
	var got []string
	for _, f := range routeuse.Findings(routeuse.Of(list, set), set.Witnesses()) {
		if f.Subject != compare.Operation || f.Verdict != compare.Proved {
			t.Errorf("%+v", f)
		}
		got = append(got, fmt.Sprintf("%s %s %s %s %d/%d %v: %s", f.Kind, f.Severity, f.Method, f.Path, f.Seen.For, f.Seen.Of,
			f.Consumers, f.Message))
	}
	want := []string{
		"dead info POST /orders/ 0/6 []: never called (shop.Orders)",
		"zombie warning GET /v1/orders/ 2/3 [mobile-app curl]: called although its answers have Deprecation or Sunset, " +
			"last 2026-01-31 12:04, by mobile-app in 2 of 3 calls and 1 more (old)",
		"shadow warning GET /debug/ 1/6 []: answered 2xx, and is no route of the application, last 2026-01-31 12:02",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
