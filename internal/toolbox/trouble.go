package toolbox

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"akita/internal/endpoints"
)

var findSlowOrFailing = Tool{
	Name: "find_slow_or_failing", Title: "Slow or failing endpoints",
	Description: "List the endpoints that fail most (share of 4xx and 5xx, or of one status; few calls weigh less), or " +
		"the slowest by p95.",
	needs:  []string{"by"},
	takes:  []string{"status", "min_calls", "method"},
	answer: slowOrFailing,
}

// What an endpoint may be in trouble with.
const (
	failing = "failing"
	slow    = "slow"
)

func slowOrFailing(ctx context.Context, from Source, given arguments) (answer, error) {
	set, err := from.Endpoints(ctx)
	if err != nil {
		return answer{}, err
	}
	minimum, _ := strconv.ParseUint(given["min_calls"], 10, 64) // checked; "" is 0
	var found []troubled
	for e := range set.Matching(endpoints.Filter{Methods: given.list("method"), Statuses: given.list("status")}) {
		t := troubleOf(e.Summary(), given)
		if t.degree > 0 && t.Requests >= minimum {
			found = append(found, t)
		}
	}
	slices.SortStableFunc(found, func(a, b troubled) int { return cmp.Compare(b.degree, a.degree) })
	head := counted(len(found), "endpoint") + ", those that fail most first:"
	if given["by"] == slow {
		head = counted(len(found), "endpoint") + ", the slowest first:"
	}
	if len(found) == 0 {
		head = "No endpoint is " + given["by"] + " in these calls: leave out an argument to see more."
	}
	how := namesOf(set)
	return answer{[]string{head}, listed(found, func(t troubled) string { return t.text(how) })}, nil
}

// troubled is an endpoint with how slow it is or how often it fails.
type troubled struct {
	endpoints.Summary

	failures map[string]uint64
	degree   float64
}

func troubleOf(s endpoints.Summary, given arguments) troubled {
	t := troubled{Summary: s, failures: make(map[string]uint64)}
	statuses := given.list("status")
	if statuses == nil {
		statuses = []string{"4xx", "5xx"}
	}
	var n uint64
	for status, count := range s.Statuses {
		if code, err := strconv.Atoi(status); err == nil && endpoints.HasStatus(code, statuses) {
			t.failures[status] = count
			n += count
		}
	}
	if given["by"] == slow {
		t.degree = s.LatencyMs.P95
	} else {
		t.degree = leastShare(n, s.Requests)
	}
	return t
}

// leastShare returns the lower end of the 95 % interval of Wilson for a share.
func leastShare(part, whole uint64) float64 {
	if part == 0 || whole == 0 {
		return 0
	}
	const z = 1.96
	n := float64(whole)
	p := float64(part) / n
	return (p + z*z/(2*n) - z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))) / (1 + z*z/n)
}

// text describes the endpoint in a line.
func (t troubled) text(how names) string {
	text := how.of(t.Summary) + ": " + counted(t.Requests, "call")
	if n := sum(t.failures); n > 0 {
		text += fmt.Sprintf(", %s failed (%s)", percent(n, t.Requests), countList(t.failures, plain))
	}
	if l := t.LatencyMs; l.Max > 0 {
		text += fmt.Sprintf("; ms p50 %s p95 %s p99 %s", ms(l.P50), ms(l.P95), ms(l.P99))
	}
	return text
}

func sum(counts map[string]uint64) (n uint64) {
	for v := range maps.Values(counts) {
		n += v
	}
	return n
}
