package main

import (
	"slices"
	"testing"
)

func TestParseSizes(t *testing.T) {
	t.Parallel()
	got, err := parseSizes("50,5000-")
	if want := []size{{50, true}, {5000, false}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v and %v, want %v", got, err, want)
	}
	for _, bad := range []string{"", "0", "x", "50,", "1000000"} {
		if _, err := parseSizes(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
