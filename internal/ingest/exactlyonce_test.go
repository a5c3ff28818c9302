package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"akita/internal/endpoints"
	"akita/internal/id"
	"akita/internal/queue"
	"akita/internal/queue/sqlitequeue"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
	"akita/internal/witness"
)

// TestExactlyOnceThroughOneFailure breaks each call that an Acceptor and a
// Folder make, before and after it took effect, with and without a restart
// after it. A daemon that sends every bundle until it is acknowledged finds it in
// the model once.
func TestExactlyOnceThroughOneFailure(t *testing.T) {
	t.Parallel()
	newDrill := drills(t)
	for _, method := range methods {
		for _, after := range []bool{false, true} {
			for _, restart := range []bool{false, true} {
				for _, warm := range []bool{false, true} { // the Folder holds the model already
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
					d.send(3)
					if d.fold(); !d.finish() {
						t.Errorf("%s broken, took effect %t, restart %t, warm %t: the model has %v, sent were %v",
							method, after, restart, warm, d.counts(), d.sent)
					}
				}
			}
		}
	}
}

// TestExactlyOnceThroughManyFailures is the same with any calls broken in any
// order.
func TestExactlyOnceThroughManyFailures(t *testing.T) {
	t.Parallel()
	newDrill := drills(t)
	rapid.Check(t, func(t *rapid.T) {
		d := newDrill(t)
		for _, action := range rapid.SliceOfN(rapid.SampledFrom([]string{"fold", "send", "resend", "restart"}), 3, 8).Draw(t, "actions") {
			d.broken = rapid.SampledFrom(methods).Draw(t, "broken")
			d.after = rapid.Bool().Draw(t, "after it took effect")
			switch action {
			case "fold":
				d.fold()
			case "send":
				d.send(rapid.IntRange(1, 3).Draw(t, "witnesses"))
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

// drills opens a store and a queue and returns a function that makes a drill of
// a new trace in them.
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
		trace := store.Trace{ID: id.New(id.Trace), ProjectID: project.ID, Name: id.New(id.Trace), Start: time.Unix(0, 0), End: time.Unix(1, 0)}
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

	folder *Folder
	sent   map[string]int // witnesses by bundle
	unsure []string       // bundles that were not acknowledged

	broken string // the method whose next call fails, "" for none
	after  bool   // the call takes effect all the same
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

// restart is a crash: what the Folder knew is gone.
func (d *drill) restart() {
	d.folder = NewFolder(FolderConfig{
		Store: brokenStore{d.store, d}, Queue: brokenQueue{d.queue, d}, Logger: slog.New(slog.DiscardHandler),
		CacheBytes: 1 << 20,
	})
}

// methods are those that an Acceptor and a Folder call.
var methods = []string{"ApplyFold", "Release", "Append", "Read", "Position", "Trace", "Model", ""}

// call runs a call of the store or the queue, or breaks it.
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

// resend sends the first bundle that is not acknowledged, or else one that is.
func (d *drill) resend() {
	name := "b0"
	if len(d.unsure) > 0 {
		name, d.unsure = d.unsure[0], d.unsure[1:]
	}
	if _, sent := d.sent[name]; sent {
		d.attempt(name)
	}
}

func (d *drill) attempt(name string) {
	var lines []byte
	for range d.sent[name] {
		w := witness.Witness{Method: "GET", Template: "/" + name, Status: 200}
		var err error
		lines, err = witness.AppendLine(lines, &w)
		must(d.t, err)
	}
	_, _, err := NewAcceptor(brokenQueue{d.queue, d}).Accept(d.ctx, Bundle{
		ID: d.trace.ID + name, ProjectID: d.trace.ProjectID, TraceID: d.trace.ID, Body: bytes.NewReader(lines),
	})
	d.expected(err)
	if err != nil {
		d.unsure = append(d.unsure, name)
	}
}

func (d *drill) fold() {
	_, err := d.folder.step(d.ctx)
	d.expected(err)
	if err != nil {
		d.folder.forget()
	}
}

func (d *drill) expected(err error) {
	d.t.Helper()
	if err != nil && !errors.Is(err, errBroken) {
		d.t.Fatal(err)
	}
}

// finish sends what is not acknowledged, folds all and reports whether the model
// has what was sent.
func (d *drill) finish() bool {
	d.broken = ""
	for _, name := range d.unsure {
		d.attempt(name)
	}
	for folded := 1; folded > 0; {
		var err error
		folded, err = d.folder.step(d.ctx)
		must(d.t, err)
	}
	return maps.Equal(d.counts(), d.sent)
}

func (d *drill) counts() map[string]int {
	api, err := NewModels(d.store).Model(d.ctx, d.trace.ProjectID, d.trace.ID)
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

func (s brokenStore) Model(ctx context.Context, traceID string) (m store.TraceModel, err error) {
	err = s.d.call("Model", func() (err error) { m, err = s.Store.Model(ctx, traceID); return err })
	return m, err
}

func (s brokenStore) ApplyFold(ctx context.Context, f store.Fold) error {
	return s.d.call("ApplyFold", func() error { return s.Store.ApplyFold(ctx, f) })
}

type brokenQueue struct {
	queue.Queue
	d *drill
}

func (q brokenQueue) Append(ctx context.Context, item queue.Item) (duplicate bool, err error) {
	err = q.d.call("Append", func() (err error) { duplicate, err = q.Queue.Append(ctx, item); return err })
	return duplicate, err
}

func (q brokenQueue) Read(ctx context.Context, after int64, maxItems int, maxBytes int64) (items []queue.Item, err error) {
	err = q.d.call("Read", func() (err error) { items, err = q.Queue.Read(ctx, after, maxItems, maxBytes); return err })
	return items, err
}

func (q brokenQueue) Release(ctx context.Context, upTo int64) error {
	return q.d.call("Release", func() error { return q.Queue.Release(ctx, upTo) })
}
