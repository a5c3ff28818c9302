package main

import (
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"
	"time"
)

// printTable prints what the run did, and its cost.
func (x *experiment) printTable() {
	tries := 0
	for _, n := range x.load.refusals {
		tries += n
	}
	t := tabwriter.NewWriter(x.out, 0, 0, 2, ' ', 0)
	row := func(what, format string, values ...any) {
		fmt.Fprintf(t, "%s\t"+format+"\n", append([]any{what}, values...)...)
	}
	fmt.Fprintln(t)
	row("seed", "%d", x.seed)
	row("rounds", "%d in %s", len(x.recoveries), time.Since(x.began).Round(time.Second))
	row("kill -9 of the daemon", "%d", x.daemon.kills)
	row("kill -9 of the server", "%d", x.server.kills)
	row("connections broken", "%d", x.proxy.resets.Load())
	row("answers forged", "%d", x.proxy.forged.Load())
	row("rounds with a full disk", "%d (%d starts of the daemon failed for it)", x.fullRounds, x.daemon.failures)
	row("acknowledged", "%d calls in %d batches", x.load.calls.Load(), x.load.batches())
	row("tries without acknowledgement", "%d", tries)
	for _, answer := range slices.Sorted(maps.Keys(x.load.refusals)) {
		row("  "+answer, "%d", x.load.refusals[answer])
	}
	row("peak RSS of the daemon", "%.1f MiB", mebibytes(x.daemon.peakRSS))
	row("peak RSS of the server", "%.1f MiB", mebibytes(x.server.peakRSS))
	if len(x.recoveries) > 0 {
		slices.Sort(x.recoveries)
		row(
			"time to recover",
			"median %.2f s, longest %.2f s",
			x.recoveries[len(x.recoveries)/2].Seconds(),
			x.recoveries[len(x.recoveries)-1].Seconds(),
		)
	}
	for _, name := range slices.Sorted(maps.Keys(x.faultRounds)) {
		row("rounds with "+name, "%d", x.faultRounds[name])
	}
	_ = t.Flush() // a missing table is noticed
}
