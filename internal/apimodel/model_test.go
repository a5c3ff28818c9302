package apimodel_test

import (
	"maps"
	"slices"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

func TestModelSortsCalls(t *testing.T) {
	t.Parallel()
	users := []witness.Segment{{Literal: "users"}}
	m := apimodel.New()
	for _, w := range []witness.Witness{
		{Method: "GET", Host: "b.test", Scheme: "https", Status: 200, Path: users},
		{Method: "GET", Host: "a.test", Scheme: "http", Status: 200, Template: "/z"},
		{Method: "POST", Host: "a.test", Scheme: "https", Status: 201, Template: "/a/{id}", BaseTemplate: "/a"},
		{Method: "GET", Host: "a.test", Status: 404, NoRoute: true, Path: users},
		{
			Method: "OPTIONS", Host: "a.test", Status: 204, Path: users,
			Headers: []witness.Param{{Name: "access-control-request-method", Shape: &shape.Shape{Strs: 1}}},
		},
		{Method: "GET", Host: "guess.test", Status: 404, Path: users},
	} {
		m.Add(&w)
	}
	if m.Witnesses() != 6 || m.Unmatched() != 2 {
		t.Errorf("%d witnesses, %d of them unmatched, want 6 and 2", m.Witnesses(), m.Unmatched())
	}
	var routes []string
	for r := range m.Routes() {
		routes = append(routes, r.Host+" "+r.Method+" "+r.Template+" "+r.Base)
	}
	if want := []string{"a.test POST /a/{id} /a", "a.test GET /z "}; !slices.Equal(routes, want) {
		t.Errorf("routes are %q, want %q", routes, want)
	}
	var hosts []string
	for host := range m.Paths() {
		hosts = append(hosts, host)
	}
	if want := []string{"b.test", "guess.test"}; !slices.Equal(hosts, want) {
		t.Errorf("there are paths of %q, want %q", hosts, want)
	}
	// A call that was not found does not prove that its host exists.
	schemes := map[string]apimodel.Schemes{
		"a.test": apimodel.OverHTTP | apimodel.OverHTTPS, "b.test": apimodel.OverHTTPS,
	}
	if got := m.Hosts(); !maps.Equal(got, schemes) {
		t.Errorf("hosts are %v, want %v", got, schemes)
	}
}

func TestCloneIsIndependent(t *testing.T) {
	t.Parallel()
	m := apimodel.New()
	w := witness.Witness{Method: "GET", Host: "a.test", Status: 200, Path: []witness.Segment{{Literal: "a"}}}
	m.Add(&w)
	before := render(t, m)
	clone := m.Clone()
	clone.Add(&w)
	if got := render(t, m); got != before {
		t.Errorf("a call of the clone changed the model to\n%s\nfrom\n%s", got, before)
	}
	if clone.Witnesses() != 2 {
		t.Errorf("the clone has %d witnesses", clone.Witnesses())
	}
}
