package spool

import (
	"bytes"
	"os"
	"testing"
)

func TestDamagedPositionStartsFromTheBeginning(t *testing.T) {
	t.Parallel()
	whole, _ := twoFrames(t)
	for name, position := range map[string][]byte{
		"empty":   {},
		"short":   []byte("short"),
		"damaged": bytes.Repeat([]byte{7}, positionBytes),
	} {
		config := testConfig(t, t.TempDir())
		writeSegment(t, config.Dir, 1, whole)
		if err := os.WriteFile(config.Dir+"/position", position, 0o600); err != nil {
			t.Fatal(err)
		}
		s := mustOpen(t, config)
		if got := texts(t, waiting(t, s)); got != "one two " {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
