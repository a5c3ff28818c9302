package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/facts"
	"akita/internal/routeuse"
)

func TestWriteRoutes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 10, 0, 0, time.UTC)
	period := apimodel.Period{First: at.Add(-time.Hour), Last: at}
	by := func(name string, n uint64) facts.Consumer {
		return facts.Consumer{Name: name, Calls: n, Period: apimodel.Period{Last: at}}
	}
	uses := []routeuse.Use{
		{Method: "GET", Path: "/admin/", View: "admin.index", State: routeuse.RejectedOnly, Calls: 2, Period: period},
		{Method: "GET", Path: "/debug/", Host: "shop.test", State: routeuse.Shadow, Calls: 1, Period: period},
		{Method: "GET", Path: "/orders/{id}/", View: "shop.Order", State: routeuse.Called, Calls: 800, Period: period, Last2xx: at},
		{Method: "POST", Path: "/orders/", View: "shop.Orders", State: routeuse.Called, Calls: 8, Period: period},
		{Method: "*", Path: "^re/(a|b)$", State: routeuse.Unknown},
		{Method: "DELETE", Path: "/orders/{id}/", View: "shop.Order", State: routeuse.Dead},
		{
			Method: "GET", Path: "/v1/orders/", State: routeuse.Zombie, Calls: 400, Deprecated: 400, Period: period,
			Consumers: []facts.Consumer{by("mobile-app", 300), by("curl", 50), {Name: "okhttp", Calls: 40}, by("other", 10)},
		},
	}
	for name, test := range map[string]struct {
		uses    []routeuse.Use
		options Options
	}{
		"routes": {uses, Options{}}, "routes.all": {uses, Options{Unseen: true, Colour: true}}, "routes.none": {nil, Options{}},
	} {
		var got bytes.Buffer
		if err := WriteRoutes(&got, test.uses, test.options); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != string(want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, got.String(), want)
		}
	}
}
