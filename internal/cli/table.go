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
// if they distinguish endpoints, and one for consumers if any is known.
func writeTable(w io.Writer, api *endpoints.Set) error {
	o, haveConsumers := api.Overview(endpoints.Filter{}), len(api.Consumers()) > 0
	consumers := func(text func() string) string {
		if !haveConsumers {
			return ""
		}
		return "\t" + text()
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	manyHosts := needHosts(o)
	host := func(name string) string {
		if !manyHosts {
			return ""
		}
		return orDash(name) + "\t"
	}
	fmt.Fprintf(t, "METHOD\t%sPATH\tREQUESTS\tERRORS\tAUTH\tP50\tP95\tRESPONSES%s\n", host("HOST"),
		consumers(func() string { return "CONSUMERS" }))
	for _, e := range o.Endpoints {
		fmt.Fprintf(t, "%s\t%s%s\t%d\t%.0f%%\t%s\t%s\t%s\t%s%s\n", e.Method, host(hostsOf(e.Summary)), e.Path, e.Requests,
			100*e.ErrorRate, orDash(strings.Join(e.Auth, ",")), milliseconds(e.LatencyMs.P50),
			milliseconds(e.LatencyMs.P95), orDash(statuses(e.Statuses)),
			consumers(func() string { return orDash(consumersOf(api.ByID(e.ID))) }))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return writeTotals(w, o)
}

// maxConsumers is how many consumers of an endpoint a table names.
const maxConsumers = 3

// consumersOf names the most frequent consumers of an endpoint, and how many more it has.
func consumersOf(e *endpoints.Endpoint) string {
	var parts []string
	of := e.Consumers()
	for _, c := range of[:min(len(of), maxConsumers)] {
		parts = append(parts, fmt.Sprintf("%s×%d", c.Name, c.Requests))
	}
	if more := len(of) - maxConsumers; more > 0 {
		parts = append(parts, fmt.Sprintf("+%d", more))
	}
	return strings.Join(parts, ", ")
}

// hostsOf names the host of an endpoint, and how many more it has.
func hostsOf(e endpoints.Summary) string {
	if more := len(e.Hosts) - 1; more > 0 {
		return fmt.Sprintf("%s +%d", orDash(e.Host), more)
	}
	return e.Host
}

// needHosts reports whether hosts distinguish endpoints: there are several APIs, or hosts of one answer
// differently.
func needHosts(o endpoints.Overview) bool {
	seen := make(map[string]bool)
	for _, e := range o.Endpoints {
		if seen[e.Method+e.Path] {
			return true
		}
		seen[e.Method+e.Path] = true
	}
	return severalAPIs(o.Hosts)
}

// writeTotals prints the size of a model, the number of calls without an endpoint, what was not read,
// and the hosts.
func writeTotals(w io.Writer, o endpoints.Overview) error {
	_, err := fmt.Fprintf(w, "%s, %s", plural(uint64(len(o.Endpoints)), "endpoint"), plural(o.Witnesses, "call"))
	if left := leftOut(o); err == nil && left != "" {
		_, err = fmt.Fprintf(w, " (%s)", left)
	}
	if err == nil {
		_, err = fmt.Fprintln(w)
	}
	if err == nil {
		_, err = io.WriteString(w, unreadNote(o.Unread)+foldedNote(o.Truncated))
	}
	if err == nil {
		err = writeHosts(w, o.Hosts)
	}
	return err
}

// leftOut counts the calls that are of no endpoint.
func leftOut(o endpoints.Overview) string {
	var parts []string
	if o.Unmatched > 0 {
		parts = append(parts, fmt.Sprintf("%d without an endpoint", o.Unmatched))
	}
	if o.Browser > 0 {
		parts = append(parts, fmt.Sprintf("%d by a browser for itself", o.Browser))
	}
	if o.Withheld > 0 {
		parts = append(parts, fmt.Sprintf("%d with a word in their path that is withheld until it recurs", o.Withheld))
	}
	return strings.Join(parts, ", ")
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// firstOf names the first most names, and counts the others: "a, b and 3 more".
func firstOf(names []string, most int) string {
	text := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
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
