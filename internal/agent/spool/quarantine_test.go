package spool

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestRejectedBundlesAreQuarantined(t *testing.T) {
	t.Parallel()
	config := testConfig(t, t.TempDir())
	s := mustOpen(t, config)
	mustAppend(t, s, lines("one"))
	mustAppend(t, s, lines("two"))
	bundles := waiting(t, s)
	s.Reject(bundles[0], []byte("as it was sent"))
	s.Discard(bundles[1])
	if got := s.Stats(); got.Rejected != 2 || got.Pending != 0 {
		t.Errorf("stats are %+v", got)
	}
	kept, err := os.ReadFile(filepath.Join(config.Dir, "quarantine", bundles[0].ID+".ndjson.zst"))
	if err != nil || string(kept) != "as it was sent" {
		t.Errorf("the bundle is not there: %v", err)
	}
}

func TestQuarantineIsBounded(t *testing.T) {
	t.Parallel()
	q := quarantine{dir: filepath.Join(t.TempDir(), "quarantine")}
	for i := range quarantineFiles + 10 {
		if err := q.keep(fmt.Sprint(i), []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if files, _, err := q.size(); err != nil || files != quarantineFiles {
		t.Errorf("%d files, %v; want %d", files, err, quarantineFiles)
	}
}
