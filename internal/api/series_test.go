package api

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/ingest"
	"akita/internal/series"
	"akita/internal/store"
	"akita/internal/witness"
)

func TestSteps(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 10, 12, 30, 10, 0, time.UTC)
	for query, want := range map[string]struct {
		from, to string // day, hour and minute
		count    int
		wrong    string // a part of the error
	}{
		"":                                  {from: "09 12:00", to: "10 13:00", count: 25},
		"from=-2h&step=1m":                  {from: "10 10:30", to: "10 12:31", count: 121},
		"from=-1h&to=-30m&step=15m":         {from: "10 11:30", to: "10 12:15", count: 3},
		"from=-3d&step=6h":                  {from: "07 12:00", to: "10 18:00", count: 13},
		"from=-7d&step=1d":                  {from: "03 00:00", to: "11 00:00", count: 8},
		"from=-7d&step=3d":                  {from: "03 00:00", to: "12 00:00", count: 3},
		"from=-48h&step=5m":                 {from: "08 12:30", to: "10 12:35", count: 577},
		"to=2026-03-09T10:00:00Z&from=-2d":  {from: "08 12:00", to: "09 10:00", count: 22},
		"from=-48h&step=1m":                 {wrong: "2881 buckets, at most 2880 are possible: ask with step=5m or more"},
		"from=-49h&step=1m":                 {wrong: "must be 1h or more for times before 2026-03-08T12:00:00Z"},
		"from=1990-01-01T00:00:00Z&step=1h": {wrong: "ask with step=5d or more"},
		"from=2020-01-01T00:00:00Z&step=1h": {wrong: "ask with step=1d or more"},
		"from=-1h&to=-2h":                   {wrong: "later than from"},
		"from=yesterday":                    {wrong: `"from"`},
		"step=7m":                           {wrong: "minutes that divide an hour"},
		"step=5h":                           {wrong: "hours that divide a day"},
		"step=0d":                           {wrong: "days"},
		"step=1":                            {wrong: "days"},
		"step=-1h":                          {wrong: "days"},
		"step=99999999999999999999999999d":  {wrong: "days"},
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		got, err := stepsOf(values, now, 0)
		if want.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), want.wrong) {
				t.Errorf("%q: %v, want an error with %q", query, err, want.wrong)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", query, err)
			continue
		}
		const layout = "02 15:04"
		if from, to := got.from.Format(layout), got.to.Format(layout); from != want.from || to != want.to ||
			got.count() != want.count {
			t.Errorf("%q is from %s to %s in %d steps, want %+v", query, from, to, got.count(), want)
		}
	}
	// What is by the hour already is not asked for by the minute.
	values := url.Values{"from": {"-2h"}, "step": {"1m"}}
	if _, err := stepsOf(values, now, store.HourOf(now)); err == nil {
		t.Error("no error for hours that are not counted by the minute")
	}
}

// counted implements Models with calls of two minutes.
type counted struct{ oneEndpoint }

func (counted) Series(_ context.Context, of ingest.Scope) iter.Seq2[ingest.Count, error] {
	s := series.New()
	w := witness.Witness{
		LatencyMs: 12, Method: "GET", Host: "shop.example", Template: "/orders/{id}/", Status: 200,
		Response: &witness.Body{Size: 1 << 10},
	}
	s.Add(&w, 0)
	s.Add(&w, 0)
	w.Status = 500
	s.Add(&w, 30)
	s.Add(&witness.Witness{Method: "GET", NoRoute: true, Status: 404}, 30)
	return func(yield func(ingest.Count, error) bool) {
		for cell, count := range s.All() {
			start := (of.To - 2).Time().Add(time.Duration(cell.At) * time.Minute)
			if !yield(ingest.Count{Cell: cell, Count: count, Start: start}, nil) {
				return
			}
		}
	}
}

func TestSeries(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = counted{}
	project := f.project("demo")
	set, err := counted{}.Endpoints(t.Context(), ingest.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	endpoint := set.Match(apimodel.OperationKey{
		Method: "GET", Host: "shop.example", Path: "/orders/{id}/", IsRoute: true,
	}).ID()
	for query, want := range map[string]struct{ calls, errors uint64 }{
		"":                                 {4, 2},
		"?from=-3h&step=15m":               {4, 2},
		"?endpoint=" + endpoint:            {3, 1},
		"?status=5xx":                      {1, 1},
		"?status=200&status=404":           {3, 1},
		"?status=404&endpoint=" + endpoint: {0, 0},
		"?from=-3d&to=-2d&step=1d":         {0, 0},
	} {
		var got seriesAnswer
		f.user().get(project + "/series" + query).want(http.StatusOK).into(&got)
		var calls, errors uint64
		for _, b := range got.Buckets {
			calls += b.Calls
			errors += b.Errors
			if b.Statuses["200"] == 2 && (b.ResponseBytes < 2*512 || b.LatencyMs.P50 < 11 || b.LatencyMs.P50 > 13) {
				t.Errorf("%q: a bucket is %+v", query, b)
			}
		}
		if calls != want.calls && query != "?from=-3d&to=-2d&step=1d" || errors != want.errors && query != "?from=-3d&to=-2d&step=1d" {
			t.Errorf("%q: %d calls and %d errors, want %+v", query, calls, errors, want)
		}
		if n := int(got.To.Sub(got.From).Seconds()) / got.StepSeconds; n != len(got.Buckets) {
			t.Errorf("%q: %d buckets, want %d", query, len(got.Buckets), n)
		}
	}
	f.user().get(project + "/series?endpoint=none").want(http.StatusNotFound)
	f.user().get(project + "/series?trace=none").want(http.StatusNotFound)
	f.user().get(project + "/series?status=x").want(http.StatusBadRequest)
}
