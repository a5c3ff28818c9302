package apimodel

import (
	"maps"
	"testing"
)

func TestCounts(t *testing.T) {
	t.Parallel()
	counts := make(map[string]uint64)
	for _, key := range []string{"a", "b", "a"} {
		count(counts, key, 1, 2)
	}
	if want := map[string]uint64{"a": 2, "b": 1}; !maps.Equal(counts, want) {
		t.Fatalf("within the limit: got %v, want %v", counts, want)
	}
	count(counts, "c", 4, 2)
	count(counts, "a", 1, 2)
	if want := map[string]uint64{Many: 8}; !maps.Equal(counts, want) {
		t.Fatalf("beyond the limit: got %v, want %v", counts, want)
	}
	few := map[string]uint64{"a": 1}
	mergeCounts(few, counts, 2)
	mergeCounts(few, map[string]uint64{"b": 1}, 2)
	if want := map[string]uint64{Many: 10}; !maps.Equal(few, want) {
		t.Errorf("merged with such: got %v, want %v", few, want)
	}
}
