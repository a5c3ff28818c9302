package ingest_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"akita/internal/ingest"
)

// A data directory of a version before units keeps all calls, and takes more.
func TestModelsOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	const op = `{"accepted":{"count":2},"responses":{"200":{"count":2}},"auth":{"":2}}`
	const old = `{"version":3,"count":5,"noise":1,"routes":[{"method":"GET","template":"/a/","operation":` + op + `}],` +
		`"trees":[{"root":{"literals":{"":{"literals":{"b":{"literals":{"":{"ops":{"GET":` + op + `}}}}}}}}},{},{},{},{}]}`
	p := setup(t)
	db, err := sql.Open("sqlite", filepath.Join(p.dir, "akita.db"))
	must(t, err)
	for _, statement := range []string{
		"INSERT INTO models (trace_id, witnesses, position, model) VALUES (?1, 5, 0, ?2)",
		"UPDATE traces SET witnesses = 5 WHERE id = ?1 AND ?2 <> ''",
	} {
		_, err = db.ExecContext(t.Context(), statement, p.trace.ID, compress([]byte(old)))
		must(t, err)
	}
	must(t, db.Close())

	for range 2 { // the second time, nothing is left to do
		w := ingest.NewWorker(p.workerConfig())
		must(t, w.Start(t.Context()))
		w.Stop()
		p.wantCounts(t, map[string]int{"a": 2, "b": 2})
	}
	p.accept(t, p.bundle("a", 3))
	w, _, _ := unstarted(p)
	foldAll(t, w)
	p.wantCounts(t, map[string]int{"a": 5, "b": 2})
	trace, err := p.store.Trace(t.Context(), p.trace.ProjectID, p.trace.ID)
	must(t, err)
	if trace.Witnesses != 8 {
		t.Errorf("the trace has %d witnesses, want 8", trace.Witnesses)
	}
	left, err := p.store.OldModels(t.Context())
	must(t, err)
	if len(left) > 0 {
		t.Errorf("%d models are left", len(left))
	}
}

// A model that cannot be read must not be replaced by nothing.
func TestUnreadableModelOfAnEarlierVersionStopsTheStart(t *testing.T) {
	t.Parallel()
	p := setup(t)
	db, err := sql.Open("sqlite", filepath.Join(p.dir, "akita.db"))
	must(t, err)
	_, err = db.ExecContext(t.Context(),
		"INSERT INTO models (trace_id, witnesses, position, model) VALUES (?, 5, 0, x'00')", p.trace.ID)
	must(t, err)
	must(t, db.Close())
	w := ingest.NewWorker(p.workerConfig())
	if err := w.Start(t.Context()); err == nil {
		t.Error("the worker started")
	}
	left, err := p.store.OldModels(t.Context())
	must(t, err)
	if len(left) != 1 || left[0].TraceID != p.trace.ID || !left[0].Start.Equal(start) || left[0].Witnesses != 5 {
		t.Errorf("left is %+v", left)
	}
	if _, err := p.store.OldModel(t.Context(), "lrn_unknown"); err == nil {
		t.Error("an unknown trace has a model")
	}
}
