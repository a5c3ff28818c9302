package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akita/internal/ingest"
	"akita/internal/queue"
)

func TestFullQuarantineDropsBundles(t *testing.T) {
	t.Parallel()
	p := setup(t)
	w, config, log := unstarted(p)
	must(t, os.Mkdir(config.QuarantineDir, 0o700))
	for i := range ingest.MaxQuarantined - 1 {
		must(t, os.WriteFile(filepath.Join(config.QuarantineDir, fmt.Sprint("earlier-", i)), nil, 0o600))
	}
	for _, name := range []string{"bdl_last", "bdl_beyond"} {
		_, err := p.queue.Append(t.Context(), queue.Item{
			BundleID: name, ProjectID: p.trace.ProjectID, TraceID: p.trace.ID, Payload: []byte("not zstd"),
		})
		must(t, err)
	}
	foldAll(t, w)

	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 2 {
		t.Fatalf("want a line for each bundle, got:\n%s", log)
	}
	files, _ := filepath.Glob(filepath.Join(config.QuarantineDir, "*bdl_*"))
	if len(files) != 1 || !strings.Contains(lines[0], "file="+files[0]) {
		t.Errorf("files are %v, logged %s", files, lines[0])
	}
	dropped := strings.Contains(lines[1], "Bundle dropped") && strings.Contains(lines[1], "bdl_beyond")
	if !dropped || strings.Contains(lines[1], "file=") {
		t.Errorf("logged %s", lines[1])
	}
	if got := w.Stats().Quarantined; got != 2 {
		t.Errorf("%d counted, want 2", got)
	}
}
