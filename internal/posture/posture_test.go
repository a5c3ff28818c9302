package posture_test

import (
	"fmt"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/endpoints"
	"akita/internal/gate"
	"akita/internal/posture"
)

func TestDatesOfFacts(t *testing.T) {
	t.Parallel()
	old, fresh := call{url: "/me", gets: `{"user": {}}`}, call{url: "/me", gets: `{"user": {"emails": ["ada@shop.test"]}}`}
	late := start.Add(48*time.Hour + 5*time.Minute)
	fresh.at = late
	model, dates := apimodel.New(), make(compare.Dates)
	for _, c := range []call{old, fresh} {
		one := apimodel.New()
		w := c.witness(t)
		one.Add(&w)
		model.Merge(one)
		at := start
		if !c.at.IsZero() {
			at = c.at
		}
		dates.AddHour(at.Unix()/3600, one)
	}
	findings := posture.Of(endpoints.Infer(model), dates)
	if len(findings) != 2 || findings[0].Seen.First != start || findings[1].Seen.First != late.Truncate(time.Hour) ||
		findings[1].Seen.Last != late {
		t.Fatalf("%+v", findings)
	}
	since := posture.Since(findings, late.Truncate(time.Hour))
	if len(since) != 1 || since[0].At != "response.body.user.emails[]" {
		t.Errorf("since then: %+v", since)
	}
	if since := posture.Since(findings, late); since != nil {
		t.Errorf("since later: %+v", since)
	}
}

// Answers of two media types have the same field.
func TestOneFindingPerFact(t *testing.T) {
	t.Parallel()
	a, b := call{url: "/me", gets: `{"email": "ada@shop.test"}`}, call{url: "/me", gets: `{"email": "ada@shop.test"}`}
	a.at, b.at = start.Add(time.Hour), start
	model := apimodel.New()
	for i, c := range []call{a, b} {
		w := c.witness(t)
		w.Response.MediaType = []string{"application/json", "application/hal+json"}[i]
		model.Add(&w)
	}
	var found []compare.Finding
	for _, f := range posture.Of(endpoints.Infer(model), nil) {
		if f.Subject == compare.ResponseField {
			found = append(found, f)
		}
	}
	want := compare.Seen{For: 2, Of: 2, First: start, Last: start.Add(time.Hour)}
	if len(found) != 1 || found[0].Seen != want {
		t.Errorf("%+v", found)
	}
}

// A name that the gate withholds is not judged, and neither is what stands in its place. Once it is
// frequent enough to leave, it is.
func TestWithheldNamesAreNotJudged(t *testing.T) {
	t.Parallel()
	judged := func(strict bool) (found []string) {
		g, model := gate.New(gate.Config{StrictNames: strict}), apimodel.New()
		for i := range 2 {
			w := call{url: "/me", gets: `{"home": {"password": "x"}, "access_token": "a"}`, headers: []string{bearer}}.witness(t)
			g.Filter(&w, uint64(i+1))
			model.Add(&w)
		}
		for _, f := range posture.Of(endpoints.Infer(model), nil) {
			found = append(found, f.At)
		}
		return found
	}
	if got := judged(true); got != nil {
		t.Errorf("of withheld names: %v", got)
	}
	if got := fmt.Sprint(judged(false)); got != "[response.body.access_token response.body.home.password]" {
		t.Errorf("of names that leave: %v", got)
	}
}
