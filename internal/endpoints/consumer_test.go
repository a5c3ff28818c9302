package endpoints_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

func TestConsumers(t *testing.T) {
	t.Parallel()
	m := apimodel.New()
	add := func(n int, route, consumer, version string, status int, after time.Duration) {
		for range n {
			e := hartest.Call("/"+route, status, "", hartest.Routed(route), hartest.By(consumer, version))
			e.Started = e.Started.Add(after)
			w := witness.FromEntry(&e, witness.Options{})
			m.Add(&w)
		}
	}
	add(3, "orders", "mobile-app", "3.2", 200, 0)
	add(1, "orders", "mobile-app", "3.1", 404, 2*time.Hour)
	add(5, "orders", "curl", "", 200, 0)
	add(4, "users", "mobile-app", "3.2", 200, 5*time.Hour)
	add(1, "users", "1234567", "", 0, 0)
	set := endpoints.Infer(m)
	lines := func(of []endpoints.Consumer) string {
		var out []string
		for _, c := range of {
			out = append(out, fmt.Sprint(c.Name, " ", c.Kind, " ", c.Versions, " ", c.Requests, " ", c.Errors, " ", c.Statuses, " ",
				c.FirstSeen.Hour(), "-", c.LastSeen.Hour(), " ", c.Endpoints))
		}
		return strings.Join(out, "\n")
	}
	want := "mobile-app named [3.1 3.2] 8 1 map[200:7 404:1] 9-14 2\ncurl family [] 5 0 map[200:5] 9-9 1\n" +
		witness.OtherConsumer + " other [] 1 0 map[] 9-9 1"
	if got := lines(set.Consumers()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for e := range set.Matching(endpoints.Filter{Path: "orders"}) {
		want := "curl family [] 5 0 map[200:5] 9-9 0\nmobile-app named [3.1 3.2] 4 1 map[200:3 404:1] 9-11 0"
		if got := lines(e.Detail().Consumers); got != want {
			t.Errorf("of an endpoint, got\n%s\nwant\n%s", got, want)
		}
	}
	if got := endpoints.Infer(apimodel.New()).Consumers(); got == nil || len(got) != 0 {
		t.Errorf("of nothing, got %v", got)
	}
}
