package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/delta"
	"akita/internal/endpoints"
	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/openapi"
	"akita/internal/queue"
	"akita/internal/store"
	"akita/internal/witness"
)

// testingT is a *testing.T or a *rapid.T.
type testingT interface {
	Context() context.Context
	Cleanup(clean func())
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// timeline folds calls at hours that a test chooses.
type timeline struct {
	*parts
	acceptor *ingest.Acceptor
	worker   *ingest.Worker
	sent     int
	models   *ingest.Models // kept, so that it updates what it has
	now      time.Time
	calls    map[string][]witness.Witness // by trace id
}

// newTimeline returns a timeline in a data directory that is shared with others, and two traces of a
// new project that start at start.
func newTimeline(t testingT, p *parts) (l *timeline, one, other store.Trace) {
	l = &timeline{parts: p, now: start, calls: make(map[string][]witness.Witness)}
	project := id.New(id.Project)
	one, err := l.ensureTrace(t.Context(), project, "one")
	if err == nil {
		other, err = l.ensureTrace(t.Context(), project, "other")
	}
	if err != nil {
		t.Fatal(err)
	}
	l.restart()
	return l, one, other
}

func (l *timeline) restart() {
	l.acceptor = ingest.NewAcceptor(l.queue)
	l.worker = ingest.NewWorker(ingest.WorkerConfig{
		Queue: datedQueue{l.queue, l}, Store: l.store, Acceptor: l.acceptor, QuarantineDir: filepath.Join(l.dir, "quarantine"),
		Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return l.now },
	})
	l.models = ingest.NewModels(ingest.ModelsConfig{Store: l.store})
}

// datedQueue is the queue of a timeline, whose clock is that of the timeline.
type datedQueue struct {
	queue.Queue
	of *timeline
}

func (q datedQueue) Read(ctx context.Context, after int64, maxItems int, maxBytes int64) ([]queue.Item, error) {
	items, err := q.Queue.Read(ctx, after, maxItems, maxBytes)
	for i := range items {
		items[i].Accepted = q.of.now
	}
	return items, err
}

// call returns a call at a time after start. Routes and paths fall into different parts.
func call(after time.Duration, n int) witness.Witness {
	w := witness.Witness{Start: start.Add(after), LatencyMs: 1 + float64(n), Method: "GET", Host: "a.test", Status: 200}
	if n%2 == 0 {
		w.Template = fmt.Sprintf("/items%d/{id}/", n%5)
	} else {
		w.Path = []witness.Segment{{Literal: "users"}, {Literal: fmt.Sprint("word", n%5)}}
	}
	return w
}

// send accepts calls of a trace, and folds them. It sends witnesses and deltas in turn, and the worker
// has the calls from the acceptor, or from the queue.
func (l *timeline) send(t testingT, trace store.Trace, calls ...witness.Witness) {
	var lines []byte
	folded := delta.New()
	for i := range calls {
		var err error
		if lines, err = witness.AppendLine(lines, &calls[i]); err != nil {
			t.Fatal(err)
		}
		folded.Add(&calls[i])
	}
	body, acceptor := lines, l.acceptor
	if l.sent%2 == 1 {
		body = folded.Encode()
	}
	if l.sent%3 == 1 {
		acceptor = ingest.NewAcceptor(l.queue)
	}
	l.sent++
	_, _, err := acceptor.Accept(t.Context(), ingest.Bundle{
		ID: id.New(id.Bundle), With: []string{id.New(id.Bundle)},
		ProjectID: trace.ProjectID, TraceID: trace.ID, Body: bytes.NewReader(body),
	})
	if err == nil {
		_, err = l.worker.Step(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	l.calls[trace.ID] = append(l.calls[trace.ID], calls...)
}

// join joins all hours that are due.
func (l *timeline) join(t testingT) {
	for {
		joined, err := l.worker.JoinOne(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !joined {
			return
		}
	}
}

func document(t testingT, set *endpoints.Set) string {
	text, err := openapi.New(set, openapi.Options{}).JSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// check compares the document of a scope with that of the calls in it.
func (l *timeline) check(t testingT, of ingest.Scope) {
	model := apimodel.New()
	for trace, calls := range l.calls {
		for i := range calls {
			hour := store.HourOf(calls[i].Start)
			if (of.TraceID == "" || of.TraceID == trace) && hour >= of.From && (of.To == 0 || hour < of.To) {
				model.Add(&calls[i])
			}
		}
	}
	set, err := l.models.Endpoints(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := document(t, set), document(t, endpoints.Infer(model)); got != want {
		t.Fatalf("the document of %+v is\n%s\nwant that of its calls\n%s", of, got, want)
	}
	l.checkSeries(t, of)
	l.checkFacts(t, of)
}

// Any grouping of calls into bundles, deltas, hours, days and months gives the document of these calls, also
// for a range of whole units, for calls that are late, and after a restart.
func TestDocumentOfARangeIsThatOfItsCalls(t *testing.T) {
	t.Parallel()
	p := setup(t)
	rapid.Check(t, func(t *rapid.T) {
		l, a, b := newTimeline(t, p)
		for range rapid.IntRange(1, 15).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"send", "send", "send", "late", "wait", "join", "read", "restart"}).Draw(t, "step") {
			case "send":
				trace := rapid.SampledFrom([]store.Trace{a, b}).Draw(t, "trace")
				var calls []witness.Witness
				for range rapid.IntRange(1, 4).Draw(t, "calls") {
					calls = append(calls, call(l.now.Sub(start), rapid.IntRange(0, 3).Draw(t, "call")))
				}
				l.send(t, trace, calls...)
			case "late":
				l.send(t, a, call(l.past(t), rapid.IntRange(0, 3).Draw(t, "call")))
			case "wait":
				hours := rapid.SampledFrom([]int{0, 1, 1, 15, 24, 400, 3000}).Draw(t, "hours")
				l.now = l.now.Add(time.Duration(hours)*time.Hour + time.Minute)
			case "join":
				l.join(t)
			case "read":
				l.check(t, ingest.Scope{ProjectID: a.ProjectID})
			case "restart":
				l.restart()
			}
		}
		l.check(t, ingest.Scope{ProjectID: a.ProjectID})
		l.check(t, ingest.Scope{ProjectID: a.ProjectID, TraceID: a.ID})
		l.check(t, ingest.Scope{ProjectID: a.ProjectID, TraceID: b.ID})
		p, err := l.store.Project(t.Context(), a.ProjectID)
		if err != nil {
			t.Fatal(err)
		}
		l.checkSpans(t, p)
		cut, hours := p.Joined.Span(store.HourOf(start.Add(l.past(t))))
		l.check(t, ingest.Scope{ProjectID: a.ProjectID, From: cut})
		l.check(t, ingest.Scope{ProjectID: a.ProjectID, From: cut, To: cut + store.Hour(hours)})
		l.check(t, ingest.Scope{ProjectID: a.ProjectID, To: cut})
		if err := l.store.DeleteProject(t.Context(), a.ProjectID, l.now); err != nil { // later runs would join its hours
			t.Fatal(err)
		}
	})
}

// checkSpans checks that each unit has the hours that the project's state says.
func (l *timeline) checkSpans(t *rapid.T, p store.Project) {
	units, err := l.store.Units(t.Context(), store.Units{ProjectID: p.ID, Part: store.AnyPart})
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		if start, hours := p.Joined.Span(u.Start); u.Start != start || u.Hours != hours {
			t.Fatalf("a unit has %d hours from %s, want %d from %s", u.Hours, u.Start.Time(), hours, start.Time())
		}
	}
}

// past draws a time from start until now.
func (l *timeline) past(t *rapid.T) time.Duration {
	share := rapid.SampledFrom([]float64{0, 0.1, 0.3, 0.5, 0.8, 0.95, 1}).Draw(t, "share of the past")
	return time.Duration(share * float64(l.now.Sub(start))).Truncate(time.Millisecond)
}

// The first hour of a day and the day itself are stored in one place.
func TestLateCallOfTheFirstHourOfADay(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	const untilMidnight = 15 * time.Hour
	l.now = start.Add(48 * time.Hour)
	l.send(t, a, call(untilMidnight, 0), call(untilMidnight+5*time.Hour, 0))
	l.now = start.Add(100 * 24 * time.Hour)
	l.join(t)
	l.send(t, a, call(untilMidnight, 0))
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
}

// A bundle that is hours late changes only the hours of its calls.
func TestLateBundleChangesItsOwnHours(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	for hour := range 10 {
		l.now = start.Add(time.Duration(hour)*time.Hour + 30*time.Minute)
		l.send(t, a, call(l.now.Sub(start), 0), call(l.now.Sub(start), 1))
	}
	before := l.versions(t, a)
	l.send(t, a, call(3*time.Hour, 0), call(4*time.Hour, 1))
	changed := make(map[store.Hour]bool)
	for key, version := range l.versions(t, a) {
		if before[key] != version {
			changed[key.start] = true
		}
	}
	first := store.HourOf(start)
	if len(changed) != 2 || !changed[first+3] || !changed[first+4] {
		t.Errorf("hours %v changed, want %d and %d", changed, first+3, first+4)
	}
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
}

// hourPart names a unit of a trace.
type hourPart struct {
	start store.Hour
	part  int
}

// versions returns the versions of the units of a trace.
func (l *timeline) versions(t *testing.T, trace store.Trace) map[hourPart]int64 {
	t.Helper()
	units, err := l.store.Units(t.Context(), store.Units{
		ProjectID: trace.ProjectID, TraceID: trace.ID, Part: store.AnyPart,
	})
	must(t, err)
	versions := make(map[hourPart]int64)
	for _, u := range units {
		versions[hourPart{u.Start, u.Part}] = u.Version
	}
	return versions
}
