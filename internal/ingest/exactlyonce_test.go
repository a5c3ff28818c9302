package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"akita/internal/delta"
	"akita/internal/endpoints"
	"akita/internal/id"
	"akita/internal/queue"
	"akita/internal/queue/sqlitequeue"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
	"akita/internal/witness"
)

// TestExactlyOnceWithOneFailure lets each call of an Acceptor and a Worker fail
// once, before or after it takes effect, with and without a restart. The daemon
// sends every bundle until it is acknowledged. Each must be in the model once.
func TestExactlyOnceWithOneFailure(t *testing.T) {
	t.Parallel()
	newDrill := drills(t)
	for _, method := range methods {
		for _, after := range []bool{false, true} {
			for _, restart := range []bool{false, true} {
				for _, warm := range []bool{false, true} { // the Worker has the model in its cache
					d := newDrill(t)
					if warm {
						d.send(1)
						d.fold()
					}
					d.broken, d.after = method, after
					d.send(2)
					d.fold()
					if restart {
						d.restart()
					}
					d.sendTogether(3)
					if d.fold(); !d.finish() {
						t.Errorf("%s fails, after it took effect %t, restart %t, warm %t: the model has %v, sent were %v",
							method, after, restart, warm, d.counts(), d.sent)
					}
				}
			}
		}
	}
}

// TestExactlyOnceWithManyFailures does the same with many failures in random
// order.
func TestExactlyOnceWithManyFailures(t *testing.T) {
	t.Parallel()
	newDrill := drills(t)
	rapid.Check(t, func(t *rapid.T) {
		d := newDrill(t)
		actions := rapid.SampledFrom([]string{"fold", "send", "send together", "resend", "restart"})
		for _, action := range rapid.SliceOfN(actions, 3, 8).Draw(t, "actions") {
			d.broken = rapid.SampledFrom(methods).Draw(t, "broken")
			d.after = rapid.Bool().Draw(t, "after it took effect")
			switch action {
			case "fold":
				d.fold()
			case "send":
				d.send(rapid.IntRange(1, 3).Draw(t, "witnesses"))
			case "send together":
				d.sendTogether(rapid.IntRange(1, 3).Draw(t, "witnesses"))
			case "resend":
				d.resend()
			case "restart":
				d.restart()
			}
		}
		if !d.finish() {
			t.Fatalf("the model has %v, sent were %v", d.counts(), d.sent)
		}
	})
}

// drills opens a store and a queue and returns a function that creates a drill
// with a new trace in them.
func drills(t *testing.T) func(testingT) *drill {
	t.Helper()
	ctx := t.Context()
	s, err := sqlitestore.Open(ctx, filepath.Join(t.TempDir(), "akita.db"))
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	q, err := sqlitequeue.Open(ctx, sqlitequeue.Config{Path: filepath.Join(t.TempDir(), "queue.db")})
	must(t, err)
	t.Cleanup(func() { must(t, q.Close()) })
	project := store.Project{ID: id.New(id.Project), Name: "demo"}
	must(t, s.CreateProject(ctx, project))
	return func(t testingT) *drill {
		trace := store.Trace{
			ID: id.New(id.Trace), ProjectID: project.ID, Name: id.New(id.Trace),
			Start: time.Unix(0, 0), End: time.Unix(1, 0),
		}
		must(t, s.CreateTrace(ctx, trace))
		d := &drill{t: t, ctx: ctx, store: s, queue: q, trace: trace, sent: map[string]int{}}
		d.restart()
		return d
	}
}

// errBroken is the failure that a drill injects.
var errBroken = errors.New("broken on purpose")

// drill is a server whose store and queue fail on demand.
type drill struct {
	t     testingT
	ctx   context.Context
	store store.Store
	queue queue.Queue
	trace store.Trace

	acceptor *Acceptor
	worker   *Worker
	sent     map[string]int // witnesses by bundle
	pending  []string       // bundles that were not acknowledged

	broken string // the method whose next call fails, "" for none
	after  bool   // the call fails after it has taken effect
}

type testingT interface {
	Helper()
	Fatal(args ...any)
}

func must(t testingT, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// restart simulates a crash: the state of the Worker is lost.
func (d *drill) restart() {
	d.acceptor = NewAcceptor(brokenQueue{d.queue, d})
	d.worker = NewWorker(WorkerConfig{
		Store: brokenStore{d.store, d}, Queue: brokenQueue{d.queue, d}, Logger: slog.New(slog.DiscardHandler),
		Acceptor: d.acceptor, CacheBytes: 1 << 20,
	})
}

// methods are the methods that an Acceptor and a Worker call; "" stands for none.
var methods = []string{"ApplyFold", "Release", "Append", "Read", "Position", "Trace", "Capture", "UnitsAt", ""}

// call calls f, a method of the store or the queue, unless it is to fail.
func (d *drill) call(method string, f func() error) error {
	if d.broken != method {
		return f()
	}
	d.broken = ""
	if d.after {
		return errors.Join(errBroken, f())
	}
	return errBroken
}

func (d *drill) send(witnesses int) {
	name := fmt.Sprint("b", len(d.sent))
	d.sent[name] = witnesses
	d.attempt(name)
}

// resend sends the first pending bundle, or an acknowledged one if there is none.
func (d *drill) resend() {
	name := "b0"
	if len(d.pending) > 0 {
		name, d.pending = d.pending[0], d.pending[1:]
	}
	if _, sent := d.sent[name]; sent {
		d.attempt(name)
	}
}

// sendTogether sends a new bundle in one delta with all that are pending, and with one that was
// acknowledged, as if the daemon had lost the acknowledgement.
func (d *drill) sendTogether(witnesses int) {
	name := fmt.Sprint("b", len(d.sent))
	names := slices.Concat(d.pending, []string{name})
	if len(d.sent) > 0 && !slices.Contains(names, "b0") {
		names = append(names, "b0")
	}
	d.pending, d.sent[name] = nil, witnesses
	d.attempt(names...)
}

// attempt sends bundles: one as witnesses, several as a delta. If some are known, it sends the others.
func (d *drill) attempt(names ...string) {
	d.t.Helper()
	var lines []byte
	folded := delta.New()
	ids := make([]string, len(names))
	for i, name := range names {
		ids[i] = d.trace.ID + name
		for range d.sent[name] {
			w := witness.Witness{Method: "GET", Template: "/" + name, Status: 200}
			var err error
			lines, err = witness.AppendLine(lines, &w)
			must(d.t, err)
			folded.Add(&w)
		}
	}
	if len(names) > 1 {
		lines = folded.Encode()
	}
	_, _, err := d.acceptor.Accept(d.ctx, Bundle{
		ID: ids[0], With: ids[1:], ProjectID: d.trace.ProjectID, TraceID: d.trace.ID, Body: bytes.NewReader(lines),
	})
	if partly, ok := errors.AsType[*PartlyKnownError](err); ok {
		d.attempt(slices.DeleteFunc(names, func(name string) bool {
			return slices.Contains(partly.Known, d.trace.ID+name)
		})...)
		return
	}
	d.checkBroken(err)
	if err != nil {
		d.pending = append(d.pending, names...)
	}
}

func (d *drill) fold() {
	_, err := d.worker.step(d.ctx)
	d.checkBroken(err)
	if err != nil {
		d.worker.forget()
	}
}

// checkBroken fails the test on any error but errBroken.
func (d *drill) checkBroken(err error) {
	d.t.Helper()
	if err != nil && !errors.Is(err, errBroken) {
		d.t.Fatal(err)
	}
}

// finish sends the pending bundles, folds everything and reports whether the
// model has exactly the witnesses that were sent.
func (d *drill) finish() bool {
	d.broken = ""
	if len(d.pending) > 0 {
		d.attempt(d.pending...)
	}
	for folded := 1; folded > 0; {
		var err error
		folded, err = d.worker.step(d.ctx)
		must(d.t, err)
	}
	return maps.Equal(d.counts(), d.sent)
}

func (d *drill) counts() map[string]int {
	api, err := NewModels(ModelsConfig{Store: d.store}).Endpoints(d.ctx, Scope{ProjectID: d.trace.ProjectID, TraceID: d.trace.ID})
	must(d.t, err)
	n := map[string]int{}
	for _, e := range api.Overview(endpoints.Filter{}).Endpoints {
		n[e.Path[1:]] = int(e.Requests)
	}
	return n
}

type brokenStore struct {
	store.Store
	d *drill
}

func (s brokenStore) Position(ctx context.Context) (position int64, err error) {
	err = s.d.call("Position", func() (err error) { position, err = s.Store.Position(ctx); return err })
	return position, err
}

func (s brokenStore) Trace(ctx context.Context, projectID, idOrName string) (t store.Trace, err error) {
	err = s.d.call("Trace", func() (err error) { t, err = s.Store.Trace(ctx, projectID, idOrName); return err })
	return t, err
}

func (s brokenStore) UnitsAt(
	ctx context.Context, captureID int64, start store.Hour, parts []int,
) (units []store.Unit, err error) {
	err = s.d.call("UnitsAt", func() (err error) {
		units, err = s.Store.UnitsAt(ctx, captureID, start, parts)
		return err
	})
	return units, err
}

func (s brokenStore) Capture(
	ctx context.Context, projectID string, traceIDs []string, repeats ...string,
) (c store.Capture, err error) {
	err = s.d.call("Capture", func() (err error) {
		c, err = s.Store.Capture(ctx, projectID, traceIDs, repeats...)
		return err
	})
	return c, err
}

func (s brokenStore) ApplyFold(ctx context.Context, f store.Fold) error {
	return s.d.call("ApplyFold", func() error { return s.Store.ApplyFold(ctx, f) })
}

type brokenQueue struct {
	queue.Queue
	d *drill
}

func (q brokenQueue) Append(ctx context.Context, item queue.Item) (known []string, err error) {
	err = q.d.call("Append", func() (err error) { known, err = q.Queue.Append(ctx, item); return err })
	return known, err
}

func (q brokenQueue) Read(ctx context.Context, after int64, maxItems int, maxBytes int64) ([]queue.Item, error) {
	var items []queue.Item
	err := q.d.call("Read", func() (err error) {
		items, err = q.Queue.Read(ctx, after, maxItems, maxBytes)
		return err
	})
	return items, err
}

func (q brokenQueue) Release(ctx context.Context, upTo int64) error {
	return q.d.call("Release", func() error { return q.Queue.Release(ctx, upTo) })
}
