package local

import (
	"strings"
	"testing"
)

func TestSpoolIDsOfBlocksDiffer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		batchID string
		number  int
		want    string
	}{
		{"", 0, ""}, {"", 3, ""}, // without an id, blocks may be stored again
		{"7", 0, "7"}, {"7", 1, "7\x001"}, {"71", 0, "71"},
	} {
		if got := (&block{batchID: c.batchID, number: c.number}).spoolID(); got != c.want {
			t.Errorf("block %d of %q: %q, want %q", c.number, c.batchID, got, c.want)
		}
	}
}

func TestBlockIsFull(t *testing.T) {
	t.Parallel()
	var b block
	for range blockEvents - 1 {
		b.add([]byte("{}"))
	}
	if b.full() {
		t.Error("full before the last event")
	}
	if b.add([]byte("{}")); !b.full() {
		t.Error("not full by events")
	}
	b.client, b.batchID = "web", "7"
	b.reset(1)
	if b.full() || b.number != 1 || len(b.raw)+len(b.ends) > 0 || b.client+b.batchID != "" {
		t.Errorf("after a reset it is %+v", b)
	}
	if b.add([]byte(strings.Repeat(" ", blockBytes))); !b.full() {
		t.Error("not full by bytes")
	}
}
