package ingest_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/ingest"
	"akita/internal/series"
	"akita/internal/store"
)

// checkSeries compares the series of a scope with the calls in it: by the minute, or by the hour where
// the project's state says so.
func (l *timeline) checkSeries(t testingT, of ingest.Scope) {
	p, err := l.store.Project(t.Context(), of.ProjectID)
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]uint64)
	for trace, calls := range l.calls {
		for i := range calls {
			hour, at := store.HourOf(calls[i].Start), calls[i].Start.Truncate(time.Minute)
			if of.TraceID != "" && of.TraceID != trace || hour < of.From || of.To != 0 && hour >= of.To {
				continue
			}
			if hour < p.Joined.Hours {
				at = hour.Time()
			}
			cell := series.Cell{Operation: apimodel.OperationKeyOf(&calls[i]), Status: calls[i].Status}
			want[fmt.Sprint(at, cell.Operation, cell.Status)]++
		}
	}
	got := make(map[string]uint64)
	for count, err := range l.models.Series(t.Context(), of) {
		if err != nil {
			t.Fatal(err)
		}
		got[fmt.Sprint(count.Start, count.Operation, count.Status)] += count.Calls
		if n := count.Latency.Count(); n != count.Calls {
			t.Fatalf("%+v has %d latencies of %d calls", count, n, count.Calls)
		}
	}
	if !maps.Equal(got, want) {
		t.Fatalf("the series of %+v is\n%v\nwant\n%v", of, got, want)
	}
}

// Calls are counted by the minute for two days, and by the hour after that.
func TestMinutesAreJoinedToHours(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	all := ingest.Scope{ProjectID: a.ProjectID}
	l.send(t, a, call(-time.Minute, 0)) // by a clock that is behind
	l.calls[a.ID] = nil
	l.now = start.Add(50 * time.Minute)
	l.send(t, a, call(10*time.Minute, 0), call(10*time.Minute+30*time.Second, 0), call(40*time.Minute, 0))
	starts := func() (minutes []int) {
		for count, err := range l.models.Series(t.Context(), all) {
			must(t, err)
			minutes = append(minutes, count.Start.Minute())
		}
		return minutes
	}
	for _, c := range []struct {
		after time.Duration
		want  []int
	}{
		{time.Hour, []int{0, 10, 40}},
		{48 * time.Hour, []int{0, 10, 40}},
		{49*time.Hour - time.Minute, []int{0, 10, 40}},
		{49 * time.Hour, []int{0}},
		{40 * 24 * time.Hour, []int{0}},
	} {
		l.now = start.Add(c.after)
		l.join(t)
		if got := starts(); !slices.Equal(slices.Sorted(slices.Values(got)), c.want) {
			t.Errorf("after %s, there are counts of the minutes %v, want %v", c.after, got, c.want)
		}
	}
	l.send(t, a, call(20*time.Minute, 0)) // a late one
	if got := starts(); !slices.Equal(got, []int{0}) {
		t.Errorf("after a late call, there are counts of the minutes %v", got)
	}
}

// A trace that is deleted takes its counts with it.
func TestSeriesOfADeletedTrace(t *testing.T) {
	t.Parallel()
	l, a, b := newTimeline(t, setup(t))
	l.now = start.Add(time.Hour)
	l.send(t, a, call(time.Minute, 0), call(2*time.Minute, 1))
	l.send(t, b, call(time.Minute, 0))
	must(t, l.worker.DeleteTrace(t.Context(), a.ProjectID, a.ID))
	delete(l.calls, a.ID)
	l.checkSeries(t, ingest.Scope{ProjectID: a.ProjectID})
}
