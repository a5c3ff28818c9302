package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// row holds the measurements of one wait.
type row struct {
	name  string
	waits []time.Duration // at least one
}

func printTable(w io.Writer, rows []row) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "wait\trounds\tmedian\tp95\tmax")
	for _, r := range rows {
		sorted := slices.Sorted(slices.Values(r.waits))
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\n", r.name, len(sorted), at(sorted, 50), at(sorted, 95), at(sorted, 100))
	}
	return table.Flush()
}

// at returns a percentile of sorted waits, by nearest rank.
func at(sorted []time.Duration, percent int) time.Duration {
	rank := (len(sorted)*percent + 99) / 100
	return sorted[max(rank, 1)-1].Round(100 * time.Microsecond)
}
