package traces_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"akita/internal/agent/traces"
)

// FuzzState checks that a registry starts with any state file, and that what it has read can be
// listed, ended and read back.
func FuzzState(f *testing.F) {
	f.Add(
		[]byte(
			`[{"name":"Shop","active":[{"id":"lrn_1","name":"panda","project_id":"svc_1","end":"2026-01-02T03:04:05Z","sampling_rate":1}],"ended":[{"id":"lrn_2","name":"fox","until":"2026-01-02T03:05:05Z"}]}]`,
		),
	)
	f.Add([]byte(`[]`))
	f.Add([]byte(`null`))
	f.Add([]byte(`[{"name":"a"},{"name":"A","active":[{},{}]}]`))
	f.Add([]byte(`[{`))
	f.Fuzz(func(t *testing.T, state []byte) {
		path := filepath.Join(t.TempDir(), "traces.json")
		if err := os.WriteFile(path, state, 0o600); err != nil {
			t.Fatal(err)
		}
		open := func() *traces.Registry {
			return traces.New(traces.Config{
				StatePath: path, OnService: func(string, <-chan struct{}) {}, OnClients: func() {},
				Now: func() time.Time { return start }, Logger: slog.New(slog.DiscardHandler),
			})
		}
		r := open()
		r.Resume()
		for _, s := range r.Services() {
			for _, trace := range s.Active {
				if _, err := r.Find(s.Name, trace.Name); err != nil {
					t.Fatalf("%q of %q cannot be found: %v", trace.Name, s.Name, err)
				}
			}
			r.Update(s.Name, nil)
			if view, err := r.View(s.Name); err != nil || len(view.Active) != 0 {
				t.Fatalf("%q has %v after its traces ended, %v", s.Name, view.Active, err)
			}
		}
		if again := open(); len(again.Services()) > len(r.Services()) {
			t.Fatal("there are more services after a restart")
		}
	})
}
