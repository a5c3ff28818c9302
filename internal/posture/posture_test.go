package posture_test

import (
	"fmt"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/gate"
	"akita/internal/posture"
)

func TestDatesOfFacts(t *testing.T) {
	t.Parallel()
	set := infer(t, call{url: "/me", gets: `{"user": {"emails": ["ada@shop.test"]}}`})
	key := facts.Key{In: "200", MediaType: "application/json"}.Below("user").Below("emails").Elements()
	late := start.Add(48 * time.Hour)
	findings := posture.Of(set, func(_ *endpoints.Endpoint, k facts.Key) (first, last time.Time, ok bool) {
		return late, late, k == key
	})
	if len(findings) != 2 || findings[0].Seen.First != start || findings[1].Seen.First != late {
		t.Fatalf("%+v", findings)
	}
	if fresh := posture.Since(findings, late); len(fresh) != 1 || fresh[0].At != "response.body.user.emails[]" {
		t.Errorf("since then: %+v", fresh)
	}
	if fresh := posture.Since(findings, late.Add(1)); fresh != nil {
		t.Errorf("since later: %+v", fresh)
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
