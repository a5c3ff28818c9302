package main

import (
	"strings"
	"testing"
	"time"
)

func TestAt(t *testing.T) {
	t.Parallel()
	waits := []time.Duration{1e6, 2e6, 3e6, 4e6}
	for _, test := range []struct {
		percent int
		want    time.Duration
	}{{0, 1e6}, {25, 1e6}, {50, 2e6}, {51, 3e6}, {95, 4e6}, {100, 4e6}} {
		if got := at(waits, test.percent); got != test.want {
			t.Errorf("percentile %d is %s, want %s", test.percent, got, test.want)
		}
	}
}

func TestPrintTable(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := printTable(&out, []row{{"Start", []time.Duration{3e6, 1e6, 2e6}}}); err != nil {
		t.Fatal(err)
	}
	want := "wait   rounds  median  p95  max\nStart  3       2ms     3ms  3ms\n"
	if out.String() != want {
		t.Errorf("got:\n%swant:\n%s", out.String(), want)
	}
}
