package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"akita/client"
)

// printModel prints an API model as a table, one endpoint per line.
func printModel(w io.Writer, m client.Model) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nMETHOD\tPATH\tCALLS\tERRORS\tAUTH\tP50 ms\tP95 ms")
	for _, e := range m.Endpoints {
		auth := strings.Join(e.Auth, ", ")
		if auth == "" {
			auth = "none"
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%.0f %%\t%s\t%.1f\t%.1f\n",
			e.Method, e.Path, e.Requests, 100*e.ErrorRate, auth, e.Latency.P50, e.Latency.P95)
	}
	if m.Unmatched > 0 {
		fmt.Fprintf(table, "\t(no endpoint)\t%d\t\t\t\t\n", m.Unmatched)
	}
	fmt.Fprintln(table)
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the API model: %w", err)
	}
	return nil
}
