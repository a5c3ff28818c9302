package toolbox

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"akita/internal/endpoints"
)

var searchEndpoints = Tool{
	Name: "search_endpoints", Title: "Search endpoints",
	Description: "List endpoints with calls, errors, latency and authentication. Without arguments an overview of the " +
		"API comes first: totals, hosts, methods, authentication, statuses.",
	takes:  []string{"text", "method", "status", "auth", "host", "sort"},
	answer: search,
}

// The orders of a search.
const (
	byCalls  = "calls"
	byPath   = "path"
	byRecent = "recent"
)

func search(ctx context.Context, from Source, given arguments) (answer, error) {
	set, err := from.Endpoints(ctx)
	if err != nil {
		return answer{}, err
	}
	filter := endpoints.Filter{
		Methods: given.list("method"), Statuses: given.list("status"), Auth: given.list("auth"),
		Hosts: given.list("host"), Search: given["text"],
	}
	all := set.Overview(filter)
	rows := slices.Clone(all.Endpoints)
	order := cmp.Or(given["sort"], byCalls)
	slices.SortStableFunc(rows, func(a, b *endpoints.Row) int {
		switch order {
		case byPath:
			return 0 // they are in this order
		case byRecent:
			return b.LastSeen.Compare(a.LastSeen)
		}
		return cmp.Compare(b.Requests, a.Requests)
	})
	head := overviewOf(all)
	if given["text"]+given["method"]+given["status"]+given["auth"]+given["host"] != "" {
		head = []string{fmt.Sprintf("%d of %d endpoints match.", len(rows), endpointsOf(all))}
		if len(rows) == 0 {
			head = append(head, "Leave out an argument, or search for a shorter text.")
		}
	}
	if len(rows) > 0 {
		head = append(head, "Endpoints by "+order+":")
	}
	names := namesOf(set)
	return answer{head, listed(rows, func(r *endpoints.Row) string { return names.row(r.Summary) })}, nil
}

// maxListed is how many hosts or values a line lists.
const maxListed = 8

// overviewOf describes an API as a whole.
func overviewOf(all endpoints.Overview) []string {
	if all.Witnesses == 0 {
		return []string{"There are no calls yet: send some requests to the API while a trace is on, then call again."}
	}
	var first, last time.Time
	var requests, errors uint64
	for _, r := range all.Endpoints {
		if !r.FirstSeen.IsZero() && (first.IsZero() || r.FirstSeen.Before(first)) {
			first = r.FirstSeen
		}
		if r.LastSeen.After(last) {
			last = r.LastSeen
		}
		requests, errors = requests+r.Requests, errors+r.Errors
	}
	lines := []string{fmt.Sprintf("%s, %s%s, %s of calls to endpoints are errors (4xx, 5xx).",
		counted(endpointsOf(all), "endpoint"), counted(all.Witnesses, "call"), during(first, last),
		percent(errors, requests))}
	if left := leftOut(all); left != "" {
		lines = append(lines, "Calls of no endpoint: "+left)
	}
	var hosts []string
	for _, h := range all.Hosts {
		hosts = append(hosts, fmt.Sprintf("%s %s, %s", quoted(h.Name), counted(h.Requests, "call"),
			counted(h.Endpoints, "endpoint")))
	}
	lines = append(lines, "Hosts: "+shortList(hosts, "; "))
	for _, facet := range []struct {
		name   string
		counts map[string]int
		text   func(string) string
	}{
		{"Methods", all.Facets.Methods, method}, {"Authentication", all.Facets.Auth, authType},
		{"Statuses", all.Facets.Statuses, plain},
	} {
		lines = append(lines, facet.name+" (endpoints): "+countList(facet.counts, facet.text))
	}
	return lines
}

// endpointsOf returns the number of all endpoints of an API.
func endpointsOf(all endpoints.Overview) (n int) {
	for _, endpoints := range all.Facets.Methods {
		n += endpoints
	}
	return n
}

func plain(text string) string { return text }

// leftOut counts the calls that belong to no endpoint.
func leftOut(all endpoints.Overview) string {
	var parts []string
	for _, p := range []struct {
		n    uint64
		what string
	}{
		{all.Unmatched, "whose path no endpoint has"}, {all.Browser, "by a browser for itself"},
		{all.Withheld, "with a withheld word in the path"},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// countList writes counts, the largest first: "200 18, 404 5".
func countList[N int | uint64](counts map[string]N, text func(string) string) string {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	parts := make([]string, len(keys))
	for i, key := range keys {
		parts[i] = fmt.Sprintf("%s %d", text(key), counts[key])
	}
	return shortList(parts, ", ")
}

// shortList joins the first parts, and counts the others.
func shortList(parts []string, separator string) string {
	if len(parts) == 0 {
		return "none"
	}
	more := ""
	if n := len(parts) - maxListed; n > 0 {
		parts, more = parts[:maxListed], fmt.Sprintf("%sand %d more", separator, n)
	}
	return strings.Join(parts, separator) + more
}

// counted writes a number of things.
func counted[N int | uint64](n N, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

func during(first, last time.Time) string {
	if first.IsZero() {
		return ""
	}
	return fmt.Sprintf(" from %s to %s", minute(first), minute(last))
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02T15:04Z") }

// percent writes a share.
func percent(part, whole uint64) string {
	if whole == 0 {
		return "0%"
	}
	return fmt.Sprintf("%.3g%%", 100*float64(part)/float64(whole))
}
