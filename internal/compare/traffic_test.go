package compare_test

import (
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// The findings of a drift name who sent what they are about, or who was answered with it.
func TestConsumersOfDrift(t *testing.T) {
	t.Parallel()
	d := comparetest.Document(t, comparetest.Pets)
	by := func(agent string, c comparetest.Call) comparetest.Call {
		c.Headers = []string{"Authorization: Bearer abc", "X-Tenant: a", "User-Agent: " + agent}
		return c
	}
	list := comparetest.Call{URL: "/pets", Gets: "[]"}
	odd := comparetest.Call{URL: "/pets?odd=1", Gets: "[]"}
	tea := comparetest.Call{URL: "/pets", Status: 202, Gets: `[]`}
	findings := comparetest.Drift(t, d,
		by("okhttp/4.12.0", list), by("curl/8.5.0", odd), by("axios/1.6.2", odd), by("axios/1.6.2", odd), by("Wget/1.2", tea))
	got := make(map[string]string)
	for _, f := range findings {
		if f.Kind != compare.Unseen {
			got[f.At+f.Value] = strings.Join(f.Consumers, ", ")
		} else if len(f.Consumers) > 0 {
			t.Errorf("%s was never seen, by %v", f.At, f.Consumers)
		}
	}
	for at, want := range map[string]string{"query.odd": "axios, curl", "response202": "Wget"} {
		if got[at] != want {
			t.Errorf("%s: by %q, want %q", at, got[at], want)
		}
	}
}

// What was removed was used by those of the base, what was added is used by those of the revision.
func TestConsumersOfDiff(t *testing.T) {
	t.Parallel()
	recording := func(url, answer, consumer string) compare.Recording {
		m := apimodel.New()
		for i := range 300 {
			e := hartest.Call(url, 200, answer, hartest.By(consumer, ""))
			e.Started = e.Started.Add(time.Duration(i) * time.Second)
			w := witness.FromEntry(&e, witness.Options{})
			m.Add(&w)
		}
		return compare.Recording{Model: m}
	}
	x, y := compare.Sides(recording("/things?old=1", `{"id":1}`, "job"), recording("/things?new=1", `{"id":1}`, "app"))
	got := make(map[string]string)
	for _, f := range compare.Diff(x, y) {
		got[string(f.Kind)+" "+f.At] = strings.Join(f.Consumers, ", ")
	}
	if got["removed query.old"] != "job" || got["added query.new"] != "app" {
		t.Errorf("got %v", got)
	}
}
