package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"akita/test/accuracy/score"
)

// report prints a row per case with a percentage for each aspect, and the misses.
func report(out io.Writer, results []*result, verbose bool) error {
	if verbose {
		for _, r := range results {
			for _, miss := range r.Misses {
				fmt.Fprintf(out, "%s: %s\n", r.Name, miss)
			}
		}
	}
	if len(results) == 0 {
		return nil
	}
	table := tabwriter.NewWriter(out, 0, 0, 1, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "case\t")
	for _, aspect := range score.Aspects {
		fmt.Fprintf(table, "%.6s\t", aspect)
	}
	fmt.Fprint(table, "overall\tspread\t\n")
	for _, r := range results {
		fmt.Fprintf(table, "%s\t", r.Name)
		for _, aspect := range score.Aspects {
			fmt.Fprintf(table, "%s\t", percent(r.Tallies[aspect]))
		}
		fmt.Fprintf(table, "%.2f\t%s\t\n", 100*r.Overall(), spread(r))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	for _, r := range results {
		if r.Invalid != nil {
			fmt.Fprintf(out, "%s: %v\n", r.Name, r.Invalid)
		}
	}
	for _, group := range groups() {
		if mean, n := group.mean(results); n > 0 {
			fmt.Fprintf(out, "%s, %d cases: %.2f\n", group.name, n, 100*mean)
		}
	}
	printSpread(out, results)
	return nil
}

// spread formats the spread of a case under renamings of its data, in percent.
func spread(r *result) string {
	if len(r.Renamed) == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", 100*r.Spread())
}

// printSpread prints the largest spread, and the number of cases that have one.
func printSpread(out io.Writer, results []*result) {
	var worst *result
	spreads, renamed := 0, 0
	for _, r := range results {
		if len(r.Renamed) > 0 {
			renamed++
		}
		if r.Spread() > 1e-9 {
			spreads++
		}
		if worst == nil || r.Spread() > worst.Spread() {
			worst = r
		}
	}
	if renamed > 0 {
		fmt.Fprintf(out, "spread under renamings of the data: %d of %d cases; the largest is %.2f (%s)\n",
			spreads, renamed, 100*worst.Spread(), worst.Name)
	}
}

// percent formats a ratio. It is 100 only if nothing is missed.
func percent(t score.Tally) string {
	if t.Wanted+t.False == 0 {
		return "-"
	}
	x := 100 * t.Ratio()
	if x > 99.9 && x < 100 {
		x = 99.9
	}
	return fmt.Sprintf("%.4g", x)
}
