package ingest_test

import (
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/facts"
	"akita/internal/facts/factstest"
	"akita/internal/ingest"
	"akita/internal/store"
	"akita/internal/witness"
)

// checkFacts compares the counts of all facts with those of the calls of a scope without a range.
func (l *timeline) checkFacts(t testingT, of ingest.Scope) {
	if of.From != 0 || of.To != 0 {
		return
	}
	model := apimodel.New()
	for trace, calls := range l.calls {
		for i := range calls {
			if of.TraceID == "" || of.TraceID == trace {
				model.Add(&calls[i])
			}
		}
	}
	want := facts.Of(model)
	got, err := l.models.Facts(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("there are facts of %d operations, want %d", len(got), len(want))
	}
	for operation, counts := range want {
		for k, n := range counts {
			if had, _ := got[operation].Counts(k); had != n {
				t.Fatalf("%+v of %+v in %+v has %d calls, want %d", k, operation, of, had, n)
			}
		}
	}
}

// dates returns the hours after start in which an operation was seen first and last.
func (l *timeline) dates(t *testing.T, of ingest.Scope, path string) (first, last int64) {
	t.Helper()
	operations, err := l.models.Facts(t.Context(), of)
	must(t, err)
	dates, err := l.models.Dates(t.Context(), of)
	must(t, err)
	first, last = -1, -1
	for key, history := range operations {
		for k, f := range history {
			if seen := (facts.HourRange{First: f.First, Last: f.Last}); !k.IsAuxiliary() && dates[key][k] != seen {
				t.Errorf("%+v of %s has the dates %v without its counts, want %v", k, key.Path, dates[key][k], seen)
			}
		}
		if f := history[facts.Key{Kind: facts.Operation}]; key.Path == path && f != nil {
			first, last = f.First-int64(store.HourOf(start)), f.Last-int64(store.HourOf(start))
		}
	}
	return first, last
}

func (l *timeline) wantDates(t *testing.T, what string, of ingest.Scope, wantFirst, wantLast int64) {
	t.Helper()
	if first, last := l.dates(t, of, "/items0/{id}/"); first != wantFirst || last != wantLast {
		t.Errorf("%s: seen from hour %d to hour %d, want %d to %d", what, first, last, wantFirst, wantLast)
	}
}

// The first and the last hour of a fact stay when hours become days and months.
func TestDatesSurviveJoins(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	all := ingest.Scope{ProjectID: a.ProjectID}
	for _, hour := range []int64{2, 3, 30} {
		l.now = start.Add(time.Duration(hour)*time.Hour + time.Minute)
		l.join(t)
		l.send(t, a, call(l.now.Sub(start), 0))
		l.wantDates(t, "in the open hour", all, 2, hour)
	}
	for _, days := range []int{2, 20, 150} {
		l.now = start.Add(time.Duration(days) * 24 * time.Hour)
		l.join(t)
		l.restart()
		l.wantDates(t, "after joins", all, 2, 30)
		l.check(t, all)
	}
}

// A bundle that is six hours late changes the facts of its own hours, and counts once.
func TestLateBundleIsDated(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	all := ingest.Scope{ProjectID: a.ProjectID}
	for hour := range 10 {
		l.now = start.Add(time.Duration(hour)*time.Hour + 30*time.Minute)
		l.join(t)
		if hour >= 4 {
			l.send(t, a, call(l.now.Sub(start), 0))
		}
	}
	l.wantDates(t, "before", all, 4, 9)
	l.send(t, a, call(3*time.Hour, 0), call(5*time.Hour, 0))
	l.wantDates(t, "live", all, 3, 9)
	for range 3 {
		l.now = l.now.Add(time.Hour)
		l.join(t)
		l.wantDates(t, "later", all, 3, 9)
		l.check(t, all)
	}
}

// What a deleted trace showed is forgotten, and captures that meet add up.
func TestFactsOfDeletedTraces(t *testing.T) {
	t.Parallel()
	l, a, b := newTimeline(t, setup(t))
	all := ingest.Scope{ProjectID: a.ProjectID}
	l.send(t, a, call(0, 0))
	l.now = start.Add(5 * time.Hour)
	l.join(t)
	l.send(t, b, call(4*time.Hour, 0))
	l.now = start.Add(7 * time.Hour)
	l.join(t)
	l.share(t, a, b)
	l.now = start.Add(8 * time.Hour)
	l.join(t)
	l.wantDates(t, "before", all, 0, 4)
	must(t, l.worker.DeleteTrace(t.Context(), a.ProjectID, a.ID))
	l.calls = map[string][]witness.Witness{b.ID: append(l.calls["both"], l.calls[b.ID]...)}
	l.wantDates(t, "what both saw stays", all, 0, 4)
	l.check(t, all)
	must(t, l.worker.DeleteTrace(t.Context(), b.ProjectID, b.ID))
	l.wantDates(t, "after both are deleted", all, -1, -1)
}

// Facts that were only seen before the retention are forgotten.
func TestFactsExpire(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	all := ingest.Scope{ProjectID: a.ProjectID}
	l.send(t, a, call(0, 0), call(0, 2))
	l.now = start.Add(3 * 24 * time.Hour)
	l.send(t, a, call(3*24*time.Hour, 2))
	l.join(t)
	must(t, l.store.SetRetention(t.Context(), a.ProjectID, 1))
	l.now = l.now.Add(time.Hour)
	l.join(t)
	must(t, l.worker.ApplyRetention(t.Context()))
	l.wantDates(t, "after the retention", all, -1, -1)
	if first, last := l.dates(t, all, "/items2/{id}/"); first != 0 || last != 72 {
		t.Errorf("what is still seen is dated from %d to %d, want 0 to 72", first, last)
	}
}

// A month of traffic goes through the worker: hours are dated and joined as time passes, some bundles are
// six hours late, and the server restarts. The feed has what changed and nothing else.
func TestFeedOfAMonth(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	s := factstest.New(77)
	s.Start = start.Add(15 * time.Hour) // the next midnight
	var late []witness.Witness
	for n := range factstest.Days * 24 {
		l.now = s.Start.Add(time.Duration(n) * time.Hour)
		if n%12 == 0 {
			l.join(t)
		}
		calls := s.Hour(n)
		l.now = l.now.Add(time.Hour - time.Second)
		if n%24 == 14 && len(calls) > 0 { // the hour reaches the server in the evening
			late, calls = calls, nil
		}
		if n%24 == 20 {
			calls, late = append(calls, late...), nil
		}
		if len(calls) > 0 {
			l.send(t, a, calls...)
		}
		if n%100 == 99 {
			l.restart()
		}
	}
	all := ingest.Scope{ProjectID: a.ProjectID}
	l.checkFacts(t, all)
	operations, err := l.models.Facts(t.Context(), all)
	must(t, err)
	var paths []string
	var histories []facts.History
	for key, history := range operations {
		paths, histories = append(paths, key.Path), append(histories, history)
	}
	changes := make(map[string][]facts.Change)
	for i, of := range facts.Changes(facts.Total(histories), histories) {
		changes[paths[i]] = of
	}
	s.Check(t, changes)
}
