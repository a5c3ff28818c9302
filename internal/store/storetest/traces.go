package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"akita/internal/id"
	"akita/internal/schedule"
	"akita/internal/store"
)

func testCreateTrace(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	trace := f.trace(demo, "powder-blue-panda-338", 0)
	equal(t, ok(f.Trace(ctx, demo.ID, trace.ID))(t), trace)
	equal(t, ok(f.Trace(ctx, demo.ID, trace.Name))(t), trace)

	sameName := store.Trace{ID: id.New(id.Trace), ProjectID: demo.ID, Name: trace.Name}
	wantError(t, f.CreateTrace(ctx, sameName), store.ErrExists)
	sameID := store.Trace{ID: trace.ID, ProjectID: demo.ID, Name: "another"}
	wantError(t, f.CreateTrace(ctx, sameID), store.ErrExists)
	noProject := store.Trace{ID: id.New(id.Trace), ProjectID: id.New(id.Project), Name: "lost"}
	wantError(t, f.CreateTrace(ctx, noProject), store.ErrNotFound)

	for _, text := range []string{trace.ID, trace.Name} { // belongs to demo
		_, err := f.Trace(ctx, other.ID, text)
		wantError(t, err, store.ErrNotFound)
	}
	namesake := f.trace(other, trace.Name, 0) // names are unique within a project only
	equal(t, ok(f.Trace(ctx, other.ID, trace.Name))(t), namesake)
	f.trace(demo, trace.ID, 0) // the name of one trace is the id of another
	equal(t, ok(f.Trace(ctx, demo.ID, trace.ID))(t), trace)
}

func testTracePaging(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	f.trace(other, "of-another-project", 0)
	equal(t, ok(page(f, demo, store.Page{}))(t), []store.Trace{})

	var want []store.Trace // newest first; several start at the same time
	for i := range 105 {
		want = append(want, f.trace(demo, fmt.Sprint("trace-", i), time.Duration(i/3)*time.Microsecond))
	}
	slices.Reverse(want) // ids sort by the time of their creation

	for _, limit := range []int{1, 3, 7, 104, 105, 106} {
		var got []store.Trace
		pages, p := 0, store.Page{Limit: limit}
		for {
			traces, next, err := f.Traces(ctx, demo.ID, p)
			must(t, err)
			got, pages = append(got, traces...), pages+1
			if len(traces) > limit {
				t.Fatalf("a page of %d, limit %d", len(traces), limit)
			}
			if next == "" {
				break
			}
			p.Cursor = next
		}
		equal(t, got, want)
		equal(t, pages, (len(want)+limit-1)/limit)
	}
	equal(t, ok(page(f, demo, store.Page{}))(t), want[:100])
}

func page(f fixture, p store.Project, at store.Page) ([]store.Trace, error) {
	traces, _, err := f.Traces(f.t.Context(), p.ID, at)
	return traces, err
}

func testBadCursor(t *testing.T, f fixture) {
	demo := f.project("demo")
	for _, cursor := range []string{"x", "12", "12x.lrn_1", ".", "-"} {
		_, err := page(f, demo, store.Page{Cursor: cursor})
		wantError(t, err, store.ErrBadCursor)
	}
}

func testOpenTraces(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	f.trace(other, "of-another-project", 0)
	second, first := f.trace(demo, "second", 0), f.trace(demo, "first", -time.Minute)
	f.trace(demo, "ended", -time.Hour) // ends now

	equal(t, ok(f.OpenTraces(ctx, demo.ID, now))(t), []store.Trace{first, second})
	equal(t, ok(f.OpenTraces(ctx, demo.ID, first.End))(t), []store.Trace{second})
	equal(t, ok(f.OpenTraces(ctx, demo.ID, second.End))(t), []store.Trace{})
}

func testEndTrace(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	trace, other := f.trace(demo, "trace", 0), f.trace(demo, "other", 0)
	for _, c := range []struct{ at, end time.Time }{
		{trace.End.Add(time.Hour), trace.End},                      // later than its end
		{now.Add(time.Minute), now.Add(time.Minute)},               // earlier
		{now.Add(2 * time.Minute), now.Add(time.Minute)},           // has ended already
		{now.Add(time.Minute - 1000), now.Add(time.Minute - 1000)}, // earlier by a microsecond
	} {
		trace.End = c.end
		equal(t, ok(f.EndTrace(ctx, trace.ID, c.at))(t), trace)
		equal(t, ok(f.Trace(ctx, demo.ID, trace.ID))(t), trace)
	}
	equal(t, ok(f.Trace(ctx, demo.ID, other.ID))(t), other)
	_, err := f.EndTrace(ctx, id.New(id.Trace), now)
	wantError(t, err, store.ErrNotFound)
}

func testWindows(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	nights, err := schedule.New(schedule.Spec{
		Weekdays: []string{"fri"}, From: "22:00", To: "06:00", TimeZone: "Europe/Berlin",
	})
	must(t, err)
	endless := store.Trace{ID: id.New(id.Trace), ProjectID: demo.ID, Name: "endless", Start: now}
	scheduled := endless
	scheduled.ID, scheduled.Name, scheduled.Schedule = id.New(id.Trace), "nights", nights
	for _, trace := range []store.Trace{endless, scheduled} {
		must(t, f.CreateTrace(ctx, trace))
		equal(t, ok(f.Trace(ctx, demo.ID, trace.ID))(t), trace)
	}
	later := now.AddDate(100, 0, 0)
	equal(t, ok(f.OpenTraces(ctx, demo.ID, later))(t), []store.Trace{endless, scheduled})

	endless.End, scheduled.End = now.Add(time.Hour), now.Add(time.Hour)
	equal(t, ok(f.EndTrace(ctx, endless.ID, endless.End))(t), endless)
	equal(t, ok(f.EndTrace(ctx, scheduled.ID, scheduled.End))(t), scheduled)
	equal(t, ok(f.OpenTraces(ctx, demo.ID, later))(t), []store.Trace{})
}

func testChangeTrace(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	trace, neighbour := f.trace(demo, "trace", 0), f.trace(demo, "neighbour", 0)
	f.trace(other, "of other", 0)
	for _, c := range []struct {
		change store.TraceChange
		name   string
		end    time.Time
	}{
		{store.TraceChange{Name: "renamed"}, "renamed", trace.End},
		{store.TraceChange{Name: "renamed"}, "renamed", trace.End}, // it has this name
		{store.TraceChange{Extend: 2 * time.Hour}, "renamed", trace.End.Add(2 * time.Hour)},
		{store.TraceChange{Name: "of other", Extend: time.Hour}, "of other", trace.End.Add(3 * time.Hour)},
		{store.TraceChange{}, "of other", trace.End.Add(3 * time.Hour)},
	} {
		want := trace
		want.Name, want.End = c.name, c.end
		equal(t, ok(f.ChangeTrace(ctx, trace.ID, c.change, now))(t), want)
		equal(t, ok(f.Trace(ctx, demo.ID, c.name))(t), want)
	}
	equal(t, ok(f.Trace(ctx, demo.ID, neighbour.ID))(t), neighbour)
	_, err := f.ChangeTrace(ctx, id.New(id.Trace), store.TraceChange{Name: "x"}, now)
	wantError(t, err, store.ErrNotFound)
}

func testChangeTraceIsAtomic(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	trace := f.trace(demo, "trace", 0)
	f.trace(demo, "taken", 0)
	endless := store.Trace{ID: id.New(id.Trace), ProjectID: demo.ID, Name: "endless", Start: now}
	must(t, f.CreateTrace(ctx, endless))
	for _, c := range []struct {
		of   store.Trace
		at   time.Time
		name string
		want error
	}{
		{trace, now, "taken", store.ErrExists},
		{trace, trace.End, "free", store.ErrEnded},
		{endless, now, "free", store.ErrEnded},
	} {
		_, err := f.ChangeTrace(ctx, c.of.ID, store.TraceChange{Name: c.name, Extend: time.Hour}, c.at)
		wantError(t, err, c.want)
		equal(t, ok(f.Trace(ctx, demo.ID, c.of.ID))(t), c.of)
	}
}
