package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"akita/internal/endpoints"
	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/queue/sqlitequeue"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
	"akita/internal/witness"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(victimDir); dir != "" {
		if err := runVictim(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// parts holds the real store and queue of a data directory, and one trace.
type parts struct {
	dir   string
	store *sqlitestore.Store
	queue *sqlitequeue.Queue
	trace store.Trace
}

// start is the start of the trace.
var start = time.Date(2025, 12, 1, 9, 0, 0, 0, time.UTC)

// openParts opens a data directory and creates the trace if it does not exist.
func openParts(ctx context.Context, dir string) (*parts, error) {
	s, err := sqlitestore.Open(ctx, filepath.Join(dir, "akita.db"))
	if err != nil {
		return nil, err
	}
	position, err := s.Position(ctx)
	if err != nil {
		return nil, err
	}
	q, err := sqlitequeue.Open(ctx, sqlitequeue.Config{Path: filepath.Join(dir, "queue.db"), After: position})
	if err != nil {
		return nil, err
	}
	p := &parts{dir: dir, store: s, queue: q}
	p.trace, err = p.ensureTrace(ctx, "demo", "powder-blue-panda-338")
	return p, err
}

func (p *parts) ensureTrace(ctx context.Context, project, name string) (store.Trace, error) {
	if _, err := p.store.Project(ctx, project); err != nil {
		created := store.Project{ID: id.New(id.Project), Name: project, Created: start}
		if err := p.store.CreateProject(ctx, created); err != nil {
			return store.Trace{}, err
		}
	}
	owner, err := p.store.Project(ctx, project)
	if err != nil {
		return store.Trace{}, err
	}
	if t, err := p.store.Trace(ctx, owner.ID, name); err == nil {
		return t, nil
	}
	t := store.Trace{ID: id.New(id.Trace), ProjectID: owner.ID, Name: name, Start: start, End: start.Add(time.Hour)}
	return t, p.store.CreateTrace(ctx, t)
}

func (p *parts) close(t testing.TB) {
	t.Helper()
	if err := p.queue.Close(); err != nil {
		t.Error(err)
	}
	if err := p.store.Close(); err != nil {
		t.Error(err)
	}
}

func setup(t testing.TB) *parts {
	t.Helper()
	p, err := openParts(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.close(t) })
	return p
}

// workerConfig returns the settings of a Worker for the parts. By its clock, the calls of tests are of
// today: nothing is joined.
func (p *parts) workerConfig() ingest.WorkerConfig {
	return ingest.WorkerConfig{
		Queue: p.queue, Store: p.store,
		QuarantineDir: filepath.Join(p.dir, "quarantine"), Logger: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return start },
	}
}

// bundle returns a bundle with n witnesses of the endpoint GET /name/.
func (p *parts) bundle(name string, n int) ingest.Bundle {
	return ingest.Bundle{
		ID: "bdl_" + name, ProjectID: p.trace.ProjectID, TraceID: p.trace.ID,
		ContentEncoding: "zstd", Body: bytes.NewReader(compress(lines(name, n))),
	}
}

// lines encodes n witnesses of the endpoint GET /name/.
func lines(name string, n int) (text []byte) {
	for i := range n {
		w := witness.Witness{
			Start: start.Add(time.Duration(i) * time.Second), LatencyMs: 12.5,
			Method: "GET", Template: "/" + name + "/", Status: 200,
		}
		line, err := witness.AppendLine(text, &w)
		if err != nil {
			panic(err) // the witness is valid
		}
		text = line
	}
	return text
}

func compress(text []byte) []byte {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // the options are valid
	}
	return encoder.EncodeAll(text, nil)
}

// counts returns the number of witnesses of each name that are in a model.
func counts(ctx context.Context, models *ingest.Models, projectID, traceID string) (map[string]int, error) {
	api, err := models.Endpoints(ctx, ingest.Scope{ProjectID: projectID, TraceID: traceID})
	if err != nil {
		return nil, err
	}
	n := map[string]int{}
	for _, e := range api.Overview(endpoints.Filter{}).Endpoints {
		n[e.Path[1:len(e.Path)-1]] += int(e.Requests)
	}
	return n, nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
