package openapi

import (
	"cmp"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
)

// traffic writes how often and when an operation was called, and how long it took.
func traffic(e *endpoints.Endpoint) object {
	s := e.Summary()
	o := object{}.
		With("requests", s.Requests).
		With("errors", s.Errors).
		With("error_rate", apimodel.RoundMs(s.ErrorRate))
	return append(append(o, periodMembers(e.Calls.Period)...), latencyMembers(s.LatencyMs)...)
}

// responseTraffic writes how many responses of a status there were, when, and how long they took.
func responseTraffic(r *apimodel.Response) object {
	o := object{}.With("responses", r.Count)
	return append(append(o, periodMembers(r.Seen)...), latencyMembers(r.Latency.Percentiles())...)
}

func periodMembers(p apimodel.Period) object {
	if p.First.IsZero() {
		return nil
	}
	return object{}.
		With("first_seen", p.First.Format(time.RFC3339)).
		With("last_seen", p.Last.Format(time.RFC3339))
}

func latencyMembers(l apimodel.LatencyPercentiles) object {
	if l.Max == 0 {
		return nil
	}
	return object{}.With("latency_ms", object{}.
		With("p50", l.P50).
		With("p90", l.P90).
		With("p95", l.P95).
		With("p99", l.P99).
		With("max", l.Max))
}

// bodyEvidence writes how many bodies of a media type there were, and how large they were.
func bodyEvidence(b *apimodel.Body) object {
	out := object{}.With("x-akita-seen", b.Count)
	out.Count("x-akita-cut", b.Cut)
	out = append(out, counts("x-akita-unread", b.ByReason())...)
	out = append(out, counts("x-akita-quirks", b.Quirks)...)
	if rest := b.Actions[apimodel.Many]; rest != nil {
		out.Set("x-akita-folded", object{}.With("actions", rest.Count))
	}
	if s, ok := b.Sizes.Percentiles(); ok {
		out.Set("x-akita-bytes", object{}.With("p50", s.P50).With("p95", s.P95).With("max", s.Max))
	}
	return out
}

// setEvidence counts all calls, those that the model's limits left out, those that are not of any
// operation, and those of each host.
func setEvidence(set *endpoints.Set) object {
	out := object{}.With("x-akita-witnesses", set.Witnesses())
	var folded object
	truncated := set.Truncated()
	folded.Count("paths", truncated.Paths)
	folded.Count("routes", truncated.Routes)
	folded.Count("hosts", truncated.Hosts)
	if folded != nil {
		out.Set("x-akita-folded", folded)
	}
	out.Count("x-akita-unmatched", set.Unmatched())
	out.Count("x-akita-browser", set.Browser())
	out.Count("x-akita-withheld", set.Withheld())
	if hosts := set.Hosts(); len(hosts) > 1 {
		out.Set("x-akita-hosts", hostEvidence(hosts))
	}
	return append(out, counts("x-akita-unread", set.Unread())...)
}

// hostEvidence counts calls and operations by host.
func hostEvidence(hosts []endpoints.Host) object {
	var out object
	for _, h := range hosts {
		o := object{}
		o.Count("api", uint64(h.API))
		o.Count("requests", h.Requests)
		o.Count("operations", uint64(h.Endpoints))
		o.Count("browser", h.Browser)
		out.Set(namedHost(h.Name), o)
	}
	return out
}

// otherHosts counts the calls to hosts that an operation does not describe.
func otherHosts(calls map[string]uint64) object {
	var out object
	for _, host := range sortedKeys(calls) {
		out.Set(namedHost(host), calls[host])
	}
	return out
}

func namedHost(host string) string { return cmp.Or(host, "unknown") }

// counts writes counts by word as one member, none for no counts.
func counts[Word ~string](name string, of map[Word]uint64) object {
	var byWord object
	for _, word := range sortedKeys(of) {
		byWord.Count(string(word), of[word])
	}
	if byWord == nil {
		return nil
	}
	return object{}.With(name, byWord)
}
