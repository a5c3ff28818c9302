package ingest_test

import (
	"bytes"
	"slices"
	"testing"

	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/store"
	"akita/internal/witness"
)

// accept accepts calls that the first of the traces saw, and the others too; they repeat those of
// the traces in repeats.
func (l *timeline) accept(t testingT, traces, repeats []store.Trace, calls ...witness.Witness) {
	var lines []byte
	for i := range calls {
		var err error
		if lines, err = witness.AppendLine(lines, &calls[i]); err != nil {
			t.Fatal(err)
		}
	}
	ids := func(of []store.Trace) (ids []string) {
		for _, trace := range of {
			ids = append(ids, trace.ID)
		}
		return ids
	}
	_, _, err := ingest.NewAcceptor(l.queue).Accept(t.Context(), ingest.Bundle{
		ID: id.New(id.Bundle), ProjectID: traces[0].ProjectID, TraceID: traces[0].ID, Also: ids(traces[1:]),
		Repeats: ids(repeats), Body: bytes.NewReader(lines),
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wantSeen checks how many calls the project and each trace have.
func (l *timeline) wantSeen(t *testing.T, projectID string, want int, byTrace map[string]int) {
	t.Helper()
	byTrace[""] = want
	for traceID, want := range byTrace {
		m, err := l.models.Endpoints(t.Context(), ingest.Scope{ProjectID: projectID, TraceID: traceID})
		must(t, err)
		if got := int(m.Witnesses()); got != want {
			t.Errorf("trace %q has %d calls, want %d", traceID, got, want)
		}
	}
}

func TestCallsOfSeveralTraces(t *testing.T) {
	t.Parallel()
	p := setup(t)
	for _, c := range []struct {
		name  string
		days  int // after which units are joined
		first int // the trace that is deleted first
	}{
		{"hours", 0, 0}, {"hours", 0, 1}, {"days", 16, 0}, {"days", 16, 1}, {"months", 200, 0}, {"months", 200, 1},
	} {
		l, a, b := newTimeline(t, p)
		both := []store.Trace{a, b}
		l.accept(t, both, nil, call(0, 0), call(0, 1))
		l.accept(t, both[:1], nil, call(0, 0), call(0, 2))
		l.accept(t, both[1:], both[:1], call(0, 0), call(0, 2)) // as an earlier middleware sends them
		l.accept(t, both[1:], nil, call(0, 3))
		foldAll(t, l.worker)
		if c.days > 0 {
			l.now = l.now.AddDate(0, 0, c.days)
			l.join(t)
		}
		l.wantSeen(t, a.ProjectID, 5, map[string]int{a.ID: 4, b.ID: 5})
		for _, trace := range both {
			stored, err := l.store.Trace(t.Context(), a.ProjectID, trace.ID)
			must(t, err)
			if want := map[string]int64{a.ID: 4, b.ID: 5}[trace.ID]; stored.Witnesses != want {
				t.Errorf("trace %s counts %d calls, want %d", trace.Name, stored.Witnesses, want)
			}
		}

		must(t, l.worker.DeleteTrace(t.Context(), a.ProjectID, both[c.first].ID))
		left, want := both[1-c.first], 5-c.first
		l.wantSeen(t, a.ProjectID, want, map[string]int{left.ID: want})

		// What still arrives for both counts for the one that is left.
		l.accept(t, both, nil, call(0, 0))
		l.accept(t, []store.Trace{left}, []store.Trace{both[c.first]}, call(0, 1))
		l.accept(t, []store.Trace{both[c.first]}, []store.Trace{left}, call(0, 1))
		foldAll(t, l.worker)
		l.wantSeen(t, a.ProjectID, want+2, map[string]int{left.ID: want + 2})
		must(t, l.worker.DeleteTrace(t.Context(), a.ProjectID, left.ID))
		l.wantSeen(t, a.ProjectID, 0, map[string]int{})
		captures, err := l.store.Captures(t.Context(), a.ProjectID)
		must(t, err)
		if len(captures) != 0 {
			t.Errorf("%s: captures are left: %v", c.name, captures)
		}
	}
}

// A bundle that waits in the queue when one of its traces is deleted stays for the other.
func TestWaitingCallsOfSeveralTraces(t *testing.T) {
	t.Parallel()
	p := setup(t)
	l, a, b := newTimeline(t, p)
	l.accept(t, []store.Trace{a, b}, nil, call(0, 0))
	l.accept(t, []store.Trace{b}, []store.Trace{a}, call(0, 1))
	l.accept(t, []store.Trace{a}, nil, call(0, 1))
	must(t, l.worker.DeleteTrace(t.Context(), a.ProjectID, a.ID))
	foldAll(t, l.worker)
	l.wantSeen(t, a.ProjectID, 2, map[string]int{b.ID: 2})
}

// A trace that another trace repeats, and that no one else has, leaves the repeats of a third one.
func TestRepeatsOfThreeTraces(t *testing.T) {
	t.Parallel()
	p := setup(t)
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		l, a, b := newTimeline(t, p)
		third := store.Trace{ID: id.New(id.Trace), ProjectID: a.ProjectID, Name: "third", Start: start}
		must(t, l.store.CreateTrace(t.Context(), third))
		all := []store.Trace{a, b, third}
		for i := range all {
			l.accept(t, all[i:i+1], all[:i], call(0, 0), call(0, 1), call(0, 1))
		}
		foldAll(t, l.worker)
		l.wantSeen(t, a.ProjectID, 3, map[string]int{a.ID: 3, b.ID: 3, third.ID: 3})
		for n, i := range order[:2] {
			must(t, l.worker.DeleteTrace(t.Context(), a.ProjectID, all[i].ID))
			want := make(map[string]int)
			for j, trace := range all {
				if !slices.Contains(order[:n+1], j) {
					want[trace.ID] = 3
				}
			}
			l.wantSeen(t, a.ProjectID, 3, want)
		}
	}
}
