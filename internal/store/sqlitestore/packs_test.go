package sqlitestore_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"akita/internal/id"
	"akita/internal/store"
)

// The bytes of units that are deleted from packs are in no file after a purge.
func TestDeletedUnitsAreInNoPack(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), t.TempDir()
	s := open(t, filepath.Join(dir, "akita.db"))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	demo := store.Project{ID: id.New(id.Project), Name: "demo"}
	must(s.CreateProject(ctx, demo))
	traces := []store.Trace{
		{ID: id.New(id.Trace), ProjectID: demo.ID, Name: "a"}, {ID: id.New(id.Trace), ProjectID: demo.ID, Name: "b"},
	}
	random := rand.NewChaCha8([32]byte{1})
	text := func() []byte { // a frame has it as it is, because it cannot be compressed
		b := make([]byte, 200)
		_, _ = random.Read(b)
		return b
	}
	models, series := make(map[int64][2][]byte), make(map[int64][2][]byte)
	var captures []int64
	var units []store.Unit
	for _, trace := range traces {
		must(s.CreateTrace(ctx, trace))
		c, err := s.Capture(ctx, demo.ID, []string{trace.ID})
		must(err)
		captures = append(captures, c.ID)
		models[c.ID], series[c.ID] = [2][]byte{text(), text()}, [2][]byte{text(), text()}
		for i := range 2 {
			units = append(units, store.Unit{
				CaptureID: c.ID, Start: 24 + store.Hour(i), Part: 1, Hours: 1, Model: models[c.ID][i], Series: series[c.ID][i],
			})
		}
	}
	must(s.ApplyFold(ctx, store.Fold{Position: 1, Units: units}))
	must(s.PackDay(ctx, demo.ID, 24))
	must(s.Purge(ctx, nil))
	check := func(capture, unit int, want bool) {
		t.Helper()
		file, err := os.ReadFile(filepath.Join(dir, "akita.db"))
		must(err)
		log, err := os.ReadFile(filepath.Join(dir, "akita.db-wal"))
		must(err)
		for _, text := range [][]byte{models[captures[capture]][unit], series[captures[capture]][unit]} {
			if got := bytes.Contains(append(file, log...), text[:100]); got != want {
				t.Errorf("unit %d of capture %d is in a file: %t, want %t", unit, capture, got, want)
			}
		}
	}
	check(0, 0, true)
	check(1, 0, true)

	version, err := s.Version(ctx, demo.ID, "")
	must(err)
	must(s.DeleteTrace(ctx, store.Deletion{ProjectID: demo.ID, TraceID: traces[0].ID, Version: version}, time.Now()))
	must(s.Purge(ctx, nil))
	check(0, 0, false)
	check(0, 1, false)
	check(1, 0, true)

	deleted, err := s.DeleteUnitsBefore(ctx, demo.ID, 25)
	must(err)
	must(s.Purge(ctx, nil))
	if deleted != 1 {
		t.Errorf("%d units are deleted, want 1", deleted)
	}
	check(1, 0, false)
	check(1, 1, true)
}

// What is damaged is an error, and is not read as less.
func TestDamagedPackIsAnError(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "akita.db"))
	demo := store.Project{ID: id.New(id.Project), Name: "demo"}
	trace := store.Trace{ID: id.New(id.Trace), ProjectID: demo.ID, Name: "a"}
	c := store.Capture{ID: 1}
	var err error
	for _, step := range []func() error{
		func() error { return s.CreateProject(ctx, demo) },
		func() error { return s.CreateTrace(ctx, trace) },
		func() error { c, err = s.Capture(ctx, demo.ID, []string{trace.ID}); return err },
		func() error {
			return s.ApplyFold(ctx, store.Fold{Position: 1, Units: []store.Unit{
				{CaptureID: c.ID, Start: 1, Part: 1, Hours: 1, Model: []byte("model"), Series: []byte("series")},
			}})
		},
		func() error { return s.PackDay(ctx, demo.ID, 1) },
		func() error {
			return s.Exec(ctx, "UPDATE packs SET models = CAST(substr(models, 1, length(models) - 2) || x'0000' AS BLOB)")
		},
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	if units, err := s.Units(ctx, store.Units{ProjectID: demo.ID, Part: store.AnyPart}); err == nil {
		t.Errorf("%d units are read", len(units))
	}
	if _, err := s.UnitsAt(ctx, c.ID, 1, []int{1}); err == nil {
		t.Error("the unit is read")
	}
	units, err := s.Units(ctx, store.Units{ProjectID: demo.ID, Part: store.AnyPart, Of: store.OnlySeries})
	if len(units) != 1 {
		t.Errorf("%d series are read, %v; they are not damaged", len(units), err)
	}
}
