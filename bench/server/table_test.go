package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTable(t *testing.T) {
	t.Parallel()
	var got table
	f := loadFigures{
		cost: costs{calls: 100, server: time.Millisecond, daemon: 2 * time.Millisecond, written: 5000},
		peer: costs{calls: 50, server: time.Millisecond, daemon: time.Millisecond},
		peak: 300 << 20,
	}
	f.reads.model = []time.Duration{3 * time.Millisecond, time.Millisecond, 2 * time.Millisecond}
	got.addLoad(size{50, true}, f)
	got.addLoad(size{5000, false}, loadFigures{})
	got.addBuild(build{
		archive: netbox, size: 12_000_000, akita: command{time.Second, 50e6}, load: command{2 * time.Second, 100e6},
	})
	var out strings.Builder
	if err := got.print(&out); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(out.String()) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	for _, want := range []string{
		"endpoints 50 5000 without routes target",
		"server CPU per call 10.0 µs 0.0 µs ≤ 5 µs at 50, ≤ 25 µs at 5000",
		"of the peer 20.0 µs 0.0 µs",
		"ratio 0.50 × -",
		"bytes written per call 50 0",
		"GET model: slowest 3 ms - ≤ 150 ms",
		"GET model: median 2 ms -",
		"server memory: peak 300 MiB 0 MiB ≤ 256 MiB",
		"akita model build, NetBox's size (12.0 MB): CPU 1.00 s (0.50 × json.load) ≤ 0.5 s",
		"akita model build, NetBox's size (12.0 MB): peak memory 50.0 MB (0.50 × json.load) ≤ 96 MB",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("no line %q in\n%s", want, &out)
		}
	}
}

// Without a peer there are no rows for it.
func TestTableWithoutPeer(t *testing.T) {
	t.Parallel()
	var got table
	got.addLoad(size{50, true}, loadFigures{})
	var out strings.Builder
	if err := got.print(&out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "peer") {
		t.Errorf("rows of a peer:\n%s", &out)
	}
}
