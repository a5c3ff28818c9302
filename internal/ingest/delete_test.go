package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/queue"
	"akita/internal/store"
	"akita/internal/witness"
)

// filesWith returns the files of the data directory that have the bytes.
func (p *parts) filesWith(t testing.TB, text []byte) (names []string) {
	t.Helper()
	must(t, filepath.WalkDir(p.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && bytes.Contains(data, text) {
			names = append(names, d.Name())
		}
		return err
	}))
	return names
}

// plant leaves the word of each trace in its model, in the queue and in quarantine. It returns what
// is to be found in files.
func (p *parts) plant(t *testing.T, w *ingest.Worker, words map[string]store.Trace) map[string][][]byte {
	t.Helper()
	put := func(trace store.Trace, payload []byte, witnesses int) {
		_, err := p.queue.Append(t.Context(), queue.Item{
			BundleID: id.New(id.Bundle), ProjectID: trace.ProjectID, TraceID: trace.ID,
			Witnesses: witnesses, Payload: payload,
		})
		must(t, err)
	}
	for word, trace := range words {
		put(trace, compress(lines(word, 1)), 1)
		put(trace, []byte("not zstd, with the word "+word), 1)
	}
	foldAll(t, w)
	planted := make(map[string][][]byte)
	for word, trace := range words {
		folded, waiting := compress(lines(word, 1)), compress(lines(word+"-later", 2))
		put(trace, waiting, 2)
		planted[word] = [][]byte{[]byte(word), folded[10:40], waiting[10:40]}
	}
	return planted
}

func TestDeletedTraceIsInNoFile(t *testing.T) {
	t.Parallel()
	p := setup(t)
	other, err := p.ensureTrace(t.Context(), "demo", "other")
	must(t, err)
	w, config, log := unstarted(p)
	planted := p.plant(t, w, map[string]store.Trace{"deletedword": p.trace, "keptword": other})
	deleted, kept := planted["deletedword"], planted["keptword"]
	for _, text := range deleted {
		if len(p.filesWith(t, text)) == 0 {
			t.Fatalf("%q is in no file before: this test shows nothing", text)
		}
	}
	must(t, w.DeleteTrace(t.Context(), p.trace.ProjectID, p.trace.ID))
	for _, text := range append(deleted, []byte(p.trace.Name)) {
		if files := p.filesWith(t, text); files != nil {
			t.Errorf("%q is still in %v", text, files)
		}
	}
	if files := p.filesWith(t, kept[0]); !slices.Contains(files, "akita.db") {
		t.Errorf("what is kept is in %v, want the database too", files)
	}
	if files, err := os.ReadDir(config.QuarantineDir); len(files) != 1 || err != nil {
		t.Errorf("%d files in quarantine, %v; want 1", len(files), err)
	}
	foldAll(t, w)
	p.wantTrace(t, other, map[string]int{"keptword": 1, "keptword-later": 2})
	if got := w.Stats(); got.Dropped != 1 || got.Quarantined != 2 || got.Bundles != 3 {
		t.Errorf("stats are %+v", got)
	}
	if strings.Contains(log.String(), "still in the files") {
		t.Errorf("the log is\n%s", log)
	}
	wantNotFound(t, w.DeleteTrace(t.Context(), p.trace.ProjectID, p.trace.ID))
}

func TestDeletedProjectIsInNoFile(t *testing.T) {
	t.Parallel()
	p := setup(t)
	second, err := p.ensureTrace(t.Context(), "demo", "second")
	must(t, err)
	other, err := p.ensureTrace(t.Context(), "another", "third")
	must(t, err)
	w, _, _ := unstarted(p)
	planted := p.plant(t, w, map[string]store.Trace{"firstword": p.trace, "secondword": second, "keptword": other})

	must(t, w.DeleteProject(t.Context(), p.trace.ProjectID))
	for _, text := range slices.Concat(planted["firstword"], planted["secondword"]) {
		if files := p.filesWith(t, text); files != nil {
			t.Errorf("%q is still in %v", text, files)
		}
	}
	foldAll(t, w)
	p.wantTrace(t, other, map[string]int{"keptword": 1, "keptword-later": 2})
	if got := w.Stats(); got.Dropped != 2 {
		t.Errorf("stats are %+v", got)
	}
	wantNotFound(t, w.DeleteProject(t.Context(), p.trace.ProjectID))
}

func wantNotFound(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error is %v, want %v", err, store.ErrNotFound)
	}
}

// A bundle was accepted just before the trace was deleted, and is appended after.
func TestLateBundlesOfADeletedTraceAreDropped(t *testing.T) {
	t.Parallel()
	p := setup(t)
	other, err := p.ensureTrace(t.Context(), "demo", "other")
	must(t, err)
	w, config, log := unstarted(p)
	p.accept(t, p.bundle("before", 1))
	foldAll(t, w) // the worker knows the trace
	must(t, w.DeleteTrace(t.Context(), p.trace.ProjectID, p.trace.ID))

	late := compress(lines("lateword", 1))
	for i := range 2 {
		for _, trace := range []store.Trace{p.trace, other} {
			_, err := p.queue.Append(t.Context(), queue.Item{
				BundleID: id.New(id.Bundle), ProjectID: trace.ProjectID, TraceID: trace.ID, Witnesses: i + 1,
				Payload: compress(lines("lateword", i+1)),
			})
			must(t, err)
		}
	}
	for range 2 {
		_, err := w.Work(t.Context())
		must(t, err)
	}
	p.wantTrace(t, other, map[string]int{"lateword": 3})
	if got := w.Stats(); got.Dropped != 2 || got.Quarantined != 0 {
		t.Errorf("stats are %+v", got)
	}
	if n := strings.Count(log.String(), "Bundles of a deleted trace"); n != 1 {
		t.Errorf("%d log lines, want one:\n%s", n, log)
	}
	if _, err := os.Stat(config.QuarantineDir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a quarantine: %v", err)
	}
	if files := p.filesWith(t, late[10:40]); files != nil {
		t.Errorf("a late bundle is still in %v", files)
	}
}

// Another process deletes the trace between reading the queue and writing the fold.
func TestTraceIsDeletedDuringAStep(t *testing.T) {
	t.Parallel()
	p := setup(t)
	other, err := p.ensureTrace(t.Context(), "demo", "other")
	must(t, err)
	w, config, _ := unstarted(p)
	rival := ingest.NewWorker(config)
	w.OnEncode(func(*apimodel.Model) error {
		return ignoreNotFound(rival.DeleteTrace(t.Context(), p.trace.ProjectID, p.trace.ID))
	})
	b := p.bundle("kept", 2)
	b.TraceID = other.ID
	p.accept(t, p.bundle("gone", 1), b)
	if _, err := w.Work(t.Context()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the step returned %v, want %v", err, store.ErrNotFound)
	}
	_, err = w.Work(t.Context())
	must(t, err)
	p.wantTrace(t, other, map[string]int{"kept": 2})
}

func ignoreNotFound(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

func TestDeletionWhileBundlesArrive(t *testing.T) {
	t.Parallel()
	p := setup(t)
	w := run(t, p.workerConfig())
	var traces []store.Trace
	for i := range 4 {
		trace, err := p.ensureTrace(t.Context(), "demo", fmt.Sprint("trace-", i))
		must(t, err)
		traces = append(traces, trace)
	}
	const bundles = 30
	var sending sync.WaitGroup
	for _, trace := range traces {
		sending.Go(func() {
			for i := range bundles {
				b := p.bundle(fmt.Sprint("e", i), 1)
				b.ID, b.TraceID = id.New(id.Bundle), trace.ID
				if _, _, err := ingest.NewAcceptor(p.queue).Accept(t.Context(), b); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, trace := range traces[:2] {
		must(t, w.DeleteTrace(t.Context(), trace.ProjectID, trace.ID))
	}
	sending.Wait()
	w.Stop()
	rest, _, _ := unstarted(p)
	foldAll(t, rest)
	for i, trace := range traces {
		units, err := p.store.Units(t.Context(), store.Units{ProjectID: trace.ProjectID, TraceID: trace.ID, Part: store.AnyPart})
		must(t, err)
		total := int64(0)
		for _, u := range units {
			total += u.Witnesses
		}
		if want := int64(bundles); i < 2 && total != 0 || i >= 2 && total != want {
			t.Errorf("trace %d has %d witnesses", i, total)
		}
	}
	if n := w.Stats().Quarantined + rest.Stats().Quarantined; n != 0 {
		t.Errorf("%d bundles were quarantined", n)
	}
}

// A purge that fails is tried again, also after a restart.
func TestFailedPurgeIsRepeated(t *testing.T) {
	t.Parallel()
	p := setup(t)
	w, config, log := unstarted(p)
	p.plant(t, w, map[string]store.Trace{"deletedword": p.trace})
	broken := config
	broken.Queue = unpurgeable{p.queue}
	must(t, ingest.NewWorker(broken).DeleteTrace(t.Context(), p.trace.ProjectID, p.trace.ID))
	if !strings.Contains(log.String(), "Deleted data are still in the files") {
		t.Errorf("the log is\n%s", log)
	}
	if p.filesWith(t, []byte("deletedword")) == nil {
		t.Fatal("it was purged: this test shows nothing")
	}
	must(t, ingest.NewWorker(config).Purge(t.Context()))
	if files := p.filesWith(t, []byte("deletedword")); files != nil {
		t.Errorf("it is still in %v", files)
	}
}

type unpurgeable struct{ queue.Queue }

func (unpurgeable) Purge(context.Context) error { return errors.New("disk is full") }

// Whatever captures there are, the models of the other traces stay the same.
func TestDeletedTraceLeavesTheOthers(t *testing.T) {
	t.Parallel()
	p := setup(t)
	for _, days := range []int{0, 4, 16, 200} { // with units of hours, packed hours, days and months
		for _, sharing := range []bool{false, true} {
			l, a, b := newTimeline(t, p)
			l.send(t, a, call(0, 0), call(0, 1), call(0, 2))
			l.send(t, b, call(0, 0), call(0, 3))
			var shared []witness.Witness
			if sharing {
				shared = l.share(t, a, b)
			}
			if days > 0 {
				l.now = l.now.AddDate(0, 0, days)
				l.join(t)
			}
			l.check(t, ingest.Scope{ProjectID: a.ProjectID})
			must(t, l.worker.DeleteTrace(t.Context(), a.ProjectID, a.ID))
			l.calls = map[string][]witness.Witness{b.ID: append(l.calls[b.ID], shared...)}
			l.check(t, ingest.Scope{ProjectID: a.ProjectID})
			l.check(t, ingest.Scope{ProjectID: a.ProjectID, TraceID: b.ID})
			l.send(t, b, call(0, 0))
			l.check(t, ingest.Scope{ProjectID: a.ProjectID})
		}
	}
}

// share stores the calls of a again, as calls that both traces saw, and returns them.
func (l *timeline) share(t testingT, a, b store.Trace) []witness.Witness {
	ctx := t.Context()
	units, err := l.store.Units(ctx, store.Units{
		ProjectID: a.ProjectID, TraceID: a.ID, Part: store.AnyPart, Of: store.ModelsAndSeries,
	})
	if err != nil {
		t.Fatal(err)
	}
	both, err := l.store.Capture(ctx, a.ProjectID, []string{a.ID, b.ID})
	if err != nil {
		t.Fatal(err)
	}
	for i := range units {
		units[i].CaptureID = both.ID
	}
	if err := l.store.JoinUnits(ctx, store.Join{ProjectID: a.ProjectID, Units: units}); err != nil {
		t.Fatal(err)
	}
	l.calls["both"] = l.calls[a.ID]
	return l.calls[a.ID]
}
