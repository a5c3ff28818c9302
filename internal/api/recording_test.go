package api

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/facts"
	"akita/internal/ingest"
)

// dating implements Models with facts that have dates, from the first hour of a scope on.
type dating struct{ oneEndpoint }

func (dating) Dates(_ context.Context, of ingest.Scope) (facts.Dates, error) {
	d := make(facts.Dates)
	d.Add(apimodel.OperationKey{}, facts.Key{Kind: facts.Status, Value: "200"}, facts.HourRange{First: int64(of.From), Last: 480_000})
	return d, nil
}

func TestRecording(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = dating{}
	project := f.project("demo")
	status := facts.Key{Kind: facts.Status, Value: "200"}
	for query, want := range map[string]facts.HourRange{
		"": {Last: 480_000}, "?from=2024-10-01": {First: 479_928, Last: 480_000},
	} {
		for _, encoding := range []string{"", "gzip"} {
			c := f.user()
			c.headers = http.Header{"Accept-Encoding": {encoding}}
			a := c.get(project + "/model/recording" + query).want(http.StatusOK)
			var body io.Reader = a.Body
			if encoding != "" {
				var err error
				if body, err = gzip.NewReader(body); err != nil {
					t.Fatal(err)
				}
			}
			text, err := io.ReadAll(body)
			if err != nil {
				t.Fatal(err)
			}
			r, err := compare.UnmarshalRecording(text)
			if err != nil {
				t.Fatal(err)
			}
			if r.Model.Witnesses() != 1 || len(r.Dates) != 1 {
				t.Errorf("%q has %d calls and %d dates", query, r.Model.Witnesses(), len(r.Dates))
			}
			for _, of := range r.Dates {
				if of[status] != want {
					t.Errorf("%q: %v, want %v", query, of[status], want)
				}
			}
			c.headers = http.Header{"If-None-Match": {a.Header().Get("ETag")}}
			c.get(project + "/model/recording" + query).want(http.StatusNotModified)
		}
	}
	f.user().get(project + "/model/recording?from=x").want(http.StatusBadRequest)
	f.user().get(project + "/model/recording?trace=none").want(http.StatusNotFound)
}
