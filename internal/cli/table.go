package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"akita/internal/endpoints"
)

// writeTable prints a model as a table with one endpoint per row. It has a column for hosts
// if there are several.
func writeTable(w io.Writer, o endpoints.Overview) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	manyHosts := len(o.Facets.Hosts) > 1
	host := func(name string) string {
		if !manyHosts {
			return ""
		}
		return orDash(name) + "\t"
	}
	fmt.Fprintf(t, "METHOD\t%sPATH\tREQUESTS\tERRORS\tAUTH\tP50\tP95\tRESPONSES\n", host("HOST"))
	for _, e := range o.Endpoints {
		fmt.Fprintf(t, "%s\t%s%s\t%d\t%.0f%%\t%s\t%s\t%s\t%s\n", e.Method, host(e.Host), e.Path, e.Requests,
			100*e.ErrorRate, orDash(strings.Join(e.Auth, ",")), milliseconds(e.LatencyMs.P50),
			milliseconds(e.LatencyMs.P95), orDash(statuses(e.Statuses)))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return writeTotals(w, o)
}

// writeTotals prints the size of a model, the number of calls without an endpoint, and what was
// not read.
func writeTotals(w io.Writer, o endpoints.Overview) error {
	_, err := fmt.Fprintf(w, "%s, %s", plural(uint64(len(o.Endpoints)), "endpoint"), plural(o.Witnesses, "call"))
	if err == nil && o.Unmatched > 0 {
		_, err = fmt.Fprintf(w, " (%d without an endpoint)", o.Unmatched)
	}
	if err == nil {
		_, err = fmt.Fprintln(w)
	}
	if err == nil {
		_, err = io.WriteString(w, unreadNote(o.Unread)+foldedNote(o.Truncated))
	}
	return err
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func plural(n uint64, noun string) string { return pluralOf(n, noun, noun+"s") }

// pluralOf is plural for a noun whose plural is not formed with "s" alone.
func pluralOf(n uint64, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func milliseconds(ms float64) string {
	switch {
	case ms == 0:
		return "-"
	case ms < 10:
		return fmt.Sprintf("%.1fms", ms)
	case ms < 10_000:
		return fmt.Sprintf("%.0fms", ms)
	}
	return fmt.Sprintf("%.1fs", ms/1000)
}

func statuses(counts map[string]uint64) string {
	var parts []string
	for _, code := range sortedCodes(counts) {
		parts = append(parts, fmt.Sprintf("%s×%d", code, counts[code]))
	}
	return strings.Join(parts, " ")
}

func sortedCodes(counts map[string]uint64) []string {
	return slices.Sorted(maps.Keys(counts))
}
