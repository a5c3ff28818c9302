// Package posture says what an API risks, from types alone: which operations answer without credentials,
// and where they carry sensitive data (docs/adr/0042-posture-from-types.md). Names that were withheld are
// not judged. It does no I/O and does not read the clock.
package posture

import (
	"time"

	"akita/internal/compare"
	"akita/internal/endpoints"
	"akita/internal/names"
	"akita/internal/sensitive"
)

// lastGrave is the rank of the last kind of data that is grave.
var lastGrave = sensitive.Rank(names.Special)

// Of returns what the endpoints of a model risk, in the order of findings. dates are those of its facts;
// what has none has those of its endpoint.
func Of(set *endpoints.Set, dates compare.Dates) []compare.Finding {
	seen := newDated(set, dates)
	var all []compare.Finding
	for e := range set.Matching(endpoints.Filter{}) {
		o := operation{endpoint: e, entry: e.Entry(), places: placesOf(e), dates: seen[e]}
		all = append(all, o.judged()...)
	}
	return merged(all)
}

// merged returns findings in order, with those of one fact as one: hosts and media types may share it.
func merged(all []compare.Finding) []compare.Finding {
	compare.Sort(all)
	out := all[:0]
	for _, f := range all {
		n := len(out)
		if n == 0 || out[n-1].Fact != f.Fact {
			out = append(out, f)
			continue
		}
		last := &out[n-1]
		seen := last.Seen
		seen.For, seen.Of = seen.For+f.Seen.For, seen.Of+f.Seen.Of
		if f.Seen.First.Before(seen.First) {
			seen.First = f.Seen.First
		}
		if f.Seen.Last.After(seen.Last) {
			seen.Last = f.Seen.Last
		}
		if graver(&f, last) {
			*last = f
		}
		last.Seen = seen
	}
	return out
}

// graver reports whether a finding says worse than another one of the same fact.
func graver(f, than *compare.Finding) bool {
	rank := map[compare.Severity]int{compare.Breaking: 2, compare.Warning: 1}
	if rank[f.Severity] != rank[than.Severity] {
		return rank[f.Severity] > rank[than.Severity]
	}
	return f.Verdict == compare.Proved && than.Verdict != compare.Proved
}

// Since returns the findings about what was first seen at a time or later.
func Since(findings []compare.Finding, start time.Time) (out []compare.Finding) {
	for _, f := range findings {
		if !f.Seen.First.Before(start) {
			out = append(out, f)
		}
	}
	return out
}
