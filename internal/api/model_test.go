package api

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har/hartest"
	"akita/internal/ingest"
	"akita/internal/witness"
)

func TestModelOfOneTrace(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	trace := f.startTrace("demo", 1)
	for _, idOrName := range []string{trace.ID, trace.Name} {
		f.user().get(project + "/model?trace=" + idOrName).want(http.StatusOK)
	}
}

// mirroredHosts implements Models with one API under two hosts, and a file that a browser fetched.
type mirroredHosts struct{ oneEndpoint }

func (mirroredHosts) Endpoints(context.Context, ingest.Scope) (*endpoints.Set, error) {
	m := apimodel.New()
	for _, host := range []string{"a.test", "a.test", "b.test"} {
		e := hartest.Call("/users/7", http.StatusOK, `{"id":1,"name":"x"}`, hartest.At(host))
		w := witness.FromEntry(&e, witness.Options{})
		m.Add(&w)
	}
	e := hartest.Call("/logo.png", http.StatusOK, "", hartest.Fetched("image"))
	w := witness.FromEntry(&e, witness.Options{})
	m.Add(&w)
	return endpoints.Infer(m), nil
}

func (m mirroredHosts) Recent(
	ctx context.Context, of ingest.Scope, _ time.Duration,
) (*endpoints.Set, string, error) {
	set, err := m.Endpoints(ctx, of)
	return set, "1", err
}

// Hosts that mirror each other are one endpoint in the list, under a filter and in the document.
func TestModelOfMirroredHosts(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = mirroredHosts{}
	project := f.project("demo")
	for _, query := range []string{"", "?host=a.test", "?host=B.test"} {
		var got endpoints.Overview
		f.user().get(project + "/model" + query).want(http.StatusOK).into(&got)
		if len(got.Endpoints) != 1 || got.Witnesses != 4 || got.Browser != 1 {
			t.Fatalf("%q: the model is %+v", query, got)
		}
		e := got.Endpoints[0]
		if e.Requests != 3 || e.Host != "a.test" || !slices.Equal(e.Hosts, []string{"a.test", "b.test"}) {
			t.Errorf("%q: the endpoint is %+v", query, e)
		}
		want := []endpoints.Host{
			{Name: "a.test", API: 1, Requests: 2, Endpoints: 1, Browser: 1}, {Name: "b.test", API: 1, Requests: 1, Endpoints: 1},
		}
		if !slices.Equal(got.Hosts, want) {
			t.Errorf("%q: the hosts are %+v, want %+v", query, got.Hosts, want)
		}
	}
	var none endpoints.Overview
	f.user().get(project + "/model?host=c.test").want(http.StatusOK).into(&none)
	if len(none.Endpoints) != 0 {
		t.Errorf("an unknown host has the endpoints %+v", none.Endpoints)
	}
	var document struct {
		Servers []struct{ URL string }
		Paths   map[string]any
	}
	f.user().get(project + "/model/openapi.json").want(http.StatusOK).into(&document)
	if len(document.Paths) != 1 || len(document.Servers) != 2 || document.Servers[1].URL != "https://b.test" {
		t.Errorf("the document is %+v", document)
	}
}
