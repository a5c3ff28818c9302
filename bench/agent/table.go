package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

func printTable(w io.Writer, results []result) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	column := func(name string, value func(result) string) {
		fmt.Fprint(t, name)
		for _, r := range results {
			fmt.Fprint(t, "\t"+value(r))
		}
		fmt.Fprintln(t)
	}
	perSecond := func(events int, d time.Duration) string { return fmt.Sprintf("%.0f", float64(events)/d.Seconds()) }
	mebibytes := func(n int64) string { return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20)) }
	column("events of", func(r result) string { return r.name })
	column("posted", func(r result) string { return fmt.Sprintf("%d (%.0f MB)", r.events, r.megabytes) })
	column("dropped", func(r result) string { return fmt.Sprint(r.dropped) })
	column("daemon: events per CPU second", func(r result) string { return perSecond(r.events, r.daemonCPU) })
	column("  encoding/json, decoding alone", func(r result) string { return perSecond(r.events, r.decodeCPU) })
	column("  the daemon is faster by", func(r result) string {
		return fmt.Sprintf("%.1f ×", r.decodeCPU.Seconds()/r.daemonCPU.Seconds())
	})
	column("server: events per CPU second", func(r result) string { return perSecond(r.events, r.serverCPU) })
	column("wall clock: events/s to the last 202", func(r result) string { return perSecond(r.events, r.acknowledged) })
	column("wall clock: events/s into the model", func(r result) string { return perSecond(r.events, r.durable) })
	column("daemon: peak memory", func(r result) string { return mebibytes(r.daemonMemory) })
	column("server: peak memory", func(r result) string { return mebibytes(r.serverMemory) })
	return t.Flush()
}
