package ingest

import (
	"slices"
	"testing"
)

func TestLRU(t *testing.T) {
	t.Parallel()
	l := newLRU[string, int](10)
	has := func(want ...string) {
		t.Helper()
		var got []string
		for _, key := range []string{"a", "b", "c", "heavy"} {
			if _, ok := l.entries[key]; ok {
				got = append(got, key)
			}
		}
		if !slices.Equal(got, want) || l.order.Len() != len(want) {
			t.Errorf("has %v, want %v", got, want)
		}
	}
	l.put("a", 1, 4)
	l.put("b", 2, 4)
	has("a", "b")
	if v, ok := l.get("a"); v != 1 || !ok {
		t.Errorf("got %d, %t", v, ok)
	}
	l.put("c", 3, 4) // b is the least recently used
	has("a", "c")
	l.put("a", 4, 6) // heavier, but within the limit
	has("a", "c")
	if v, _ := l.get("a"); v != 4 {
		t.Errorf("got %d, want 4", v)
	}
	l.put("heavy", 5, 100)
	has("heavy")
	l.put("b", 6, 1)
	has("b")
	if v, ok := l.get("heavy"); v != 0 || ok {
		t.Errorf("got %d, %t for a removed key", v, ok)
	}
	l.drop("heavy") // does not exist
	l.put("c", 9, 9)
	l.drop("c")
	has("b")
	l.clear()
	has()
	l.put("a", 7, 10)
	l.put("b", 8, 0)
	has("a", "b")
}
