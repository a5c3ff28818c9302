package apimodel

import "time"

// traffic says how often an operation was called, and how fast it was.
func traffic(e *endpoint) object {
	s := e.summary()
	o := object{{"requests", s.Requests}, {"errors", s.Errors}, {"error_rate", roundMs(s.ErrorRate)}}
	return append(append(o, e.op.period.members()...), s.LatencyMs.members()...)
}

// answers says when answers of a status came, and how fast.
func (r *response) traffic() object {
	o := object{{"responses", r.Count}}
	return append(append(o, r.Seen.members()...), r.Latency.percentiles().members()...)
}

func (p period) members() object {
	if p.First.IsZero() {
		return nil
	}
	return object{{"first_seen", p.First.Format(time.RFC3339)}, {"last_seen", p.Last.Format(time.RFC3339)}}
}

func (l Latency) members() object {
	if l.Max == 0 {
		return nil
	}
	return object{{"latency_ms", object{{"p50", l.P50}, {"p90", l.P90}, {"p95", l.P95}, {"p99", l.P99}, {"max", l.Max}}}}
}

// bodyEvidence says how many bodies of a media type came, and how large they were.
func bodyEvidence(b *body) object {
	out := object{{"x-akita-seen", b.Count}}
	out.count("x-akita-cut", b.Cut)
	if s, ok := b.Sizes.percentiles(); ok {
		out.set("x-akita-bytes", object{{"p50", s.P50}, {"p95", s.P95}, {"max", s.Max}})
	}
	return out
}
