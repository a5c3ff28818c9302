package main

import (
	"strings"
	"testing"
	"time"
)

func TestPrintRatios(t *testing.T) {
	t.Parallel()
	of := func(cpu time.Duration, memory int64) result {
		return result{daemonCPU: cpu, serverCPU: 2 * cpu, daemonMemory: memory, serverMemory: memory}
	}
	pairs := []pair{{of(30, 2), of(10, 4)}, {of(10, 2), of(20, 2)}, {of(20, 2), of(20, 1)}, {of(40, 4), of(20, 4)}}
	var out strings.Builder
	err := printRatios(&out, []comparison{{load: load{name: "2 KB", events: 100}, pairs: pairs}})
	if err != nil {
		t.Fatal(err)
	}
	want := "akita / peer: of the minima (median of the pairs)  100 events of 2 KB\n" +
		"daemon: CPU time                                   1.00 (1.50)\n" +
		"daemon: peak memory                                2.00 (1.00)\n" +
		"server: CPU time                                   1.00 (1.50)\n" +
		"server: peak memory                                2.00 (1.00)\n"
	if out.String() != want {
		t.Errorf("got:\n%swant:\n%s", out.String(), want)
	}
}
