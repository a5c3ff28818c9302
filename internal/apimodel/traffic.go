package apimodel

import "time"

// traffic says how often an operation was called, and how fast it was.
func traffic(e *endpoint) object {
	s := e.summary()
	o := object{}.With("requests", s.Requests).With("errors", s.Errors).With("error_rate", roundMs(s.ErrorRate))
	return append(append(o, e.op.period.members()...), s.LatencyMs.members()...)
}

// answers says when answers of a status came, and how fast.
func (r *response) traffic() object {
	o := object{}.With("responses", r.Count)
	return append(append(o, r.Seen.members()...), r.Latency.percentiles().members()...)
}

func (p period) members() object {
	if p.First.IsZero() {
		return nil
	}
	return object{}.With("first_seen", p.First.Format(time.RFC3339)).With("last_seen", p.Last.Format(time.RFC3339))
}

func (l Latency) members() object {
	if l.Max == 0 {
		return nil
	}
	return object{}.With("latency_ms", object{}.With("p50", l.P50).With("p90", l.P90).With("p95", l.P95).With("p99", l.P99).With("max", l.Max))
}

// bodyEvidence says how many bodies of a media type came, and how large they were.
func bodyEvidence(b *body) object {
	out := object{}.With("x-akita-seen", b.Count)
	out.Count("x-akita-cut", b.Cut)
	if s, ok := b.Sizes.percentiles(); ok {
		out.Set("x-akita-bytes", object{}.With("p50", s.P50).With("p95", s.P95).With("max", s.Max))
	}
	return out
}
