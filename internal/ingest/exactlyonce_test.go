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

	"akita/internal/apimodel"
	"akita/internal/id"
	"akita/internal/queue"
	"akita/internal/queue/sqlitequeue"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
	"akita/internal/witness"
)

// TestExactlyOnce breaks each call that an Acceptor or a Folder makes, before or
// after it took effect, and drops the Folder at any point. A daemon that sends
// every bundle until it is acknowledged finds it in the model once.
func TestExactlyOnce(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s, err := sqlitestore.Open(ctx, filepath.Join(t.TempDir(), "akita.db"))
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	q, err := sqlitequeue.Open(ctx, sqlitequeue.Config{Path: filepath.Join(t.TempDir(), "queue.db")})
	must(t, err)
	t.Cleanup(func() { must(t, q.Close()) })
	project := store.Project{ID: id.New(id.Project), Name: "demo"}
	must(t, s.CreateProject(ctx, project))

	names := slices.Sorted(maps.Keys(actions))
	rapid.Check(t, func(t *rapid.T) {
		trace := store.Trace{ID: id.New(id.Trace), ProjectID: project.ID, Name: id.New(id.Trace), Start: time.Unix(0, 0), End: time.Unix(1, 0)}
		must(t, s.CreateTrace(ctx, trace))
		d := &drill{t: t, ctx: ctx, store: s, queue: q, trace: trace, sent: map[string]int{}}
		d.restart()
		for _, action := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 12).Draw(t, "actions") {
			actions[action](d, t)
		}
		d.finish()
	})
}

// actions are what a drill is made of.
var actions = map[string]func(*drill, *rapid.T){
	"send":    (*drill).send,
	"resend":  (*drill).resend,
	"fold":    (*drill).fold,
	"restart": func(d *drill, _ *rapid.T) { d.restart() },
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

	// The call that fails is the one that brings countdown to 0; after says that
	// it takes effect all the same.
	countdown int
	after     bool
}

type testingT interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
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

// breakNext makes one of the next calls fail, or none.
func (d *drill) breakNext(t *rapid.T) {
	d.countdown = rapid.IntRange(0, 6).Draw(t, "call that fails")
	d.after = rapid.Bool().Draw(t, "after it took effect")
}

// call runs a call of the store or the queue, or breaks it.
func (d *drill) call(f func() error) error {
	d.countdown--
	if d.countdown != 0 {
		return f()
	}
	if d.after {
		return errors.Join(errBroken, f())
	}
	return errBroken
}

func (d *drill) send(t *rapid.T) {
	name := fmt.Sprint("b", len(d.sent))
	d.sent[name] = rapid.IntRange(1, 3).Draw(t, "witnesses")
	d.breakNext(t)
	d.attempt(name)
}

// resend sends again what is not acknowledged, or else something that is.
func (d *drill) resend(t *rapid.T) {
	if len(d.sent) == 0 {
		return
	}
	name := fmt.Sprint("b", rapid.IntRange(0, len(d.sent)-1).Draw(t, "bundle"))
	if len(d.unsure) > 0 {
		name, d.unsure = d.unsure[0], d.unsure[1:]
	}
	d.breakNext(t)
	d.attempt(name)
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

func (d *drill) fold(t *rapid.T) {
	d.breakNext(t)
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

// finish sends what is not acknowledged, folds all and compares.
func (d *drill) finish() {
	d.countdown = -1
	for _, name := range d.unsure {
		d.attempt(name)
	}
	for {
		folded, err := d.folder.step(d.ctx)
		must(d.t, err)
		if folded == 0 {
			break
		}
	}
	api, err := NewModels(d.store).Model(d.ctx, d.trace.ProjectID, d.trace.ID)
	must(d.t, err)
	got := map[string]int{}
	for _, e := range api.Overview(apimodel.Filter{}).Endpoints {
		got[e.Path[1:]] = int(e.Requests)
	}
	if !maps.Equal(got, d.sent) {
		d.t.Fatalf("the model has %v, sent were %v", got, d.sent)
	}
}

type brokenStore struct {
	store.Store
	d *drill
}

func (s brokenStore) Position(ctx context.Context) (position int64, err error) {
	err = s.d.call(func() (err error) { position, err = s.Store.Position(ctx); return err })
	return position, err
}

func (s brokenStore) Trace(ctx context.Context, projectID, idOrName string) (t store.Trace, err error) {
	err = s.d.call(func() (err error) { t, err = s.Store.Trace(ctx, projectID, idOrName); return err })
	return t, err
}

func (s brokenStore) Model(ctx context.Context, traceID string) (m store.TraceModel, err error) {
	err = s.d.call(func() (err error) { m, err = s.Store.Model(ctx, traceID); return err })
	return m, err
}

func (s brokenStore) ApplyFold(ctx context.Context, f store.Fold) error {
	return s.d.call(func() error { return s.Store.ApplyFold(ctx, f) })
}

type brokenQueue struct {
	queue.Queue
	d *drill
}

func (q brokenQueue) Append(ctx context.Context, item queue.Item) (duplicate bool, err error) {
	err = q.d.call(func() (err error) { duplicate, err = q.Queue.Append(ctx, item); return err })
	return duplicate, err
}

func (q brokenQueue) Read(ctx context.Context, after int64, maxItems int, maxBytes int64) (items []queue.Item, err error) {
	err = q.d.call(func() (err error) { items, err = q.Queue.Read(ctx, after, maxItems, maxBytes); return err })
	return items, err
}

func (q brokenQueue) Release(ctx context.Context, upTo int64) error {
	return q.d.call(func() error { return q.Queue.Release(ctx, upTo) })
}
