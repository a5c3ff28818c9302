package posture

import (
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/hour"
)

// dated has the hours in which facts of endpoints were seen.
type dated map[*endpoints.Endpoint]map[facts.Key]facts.HourRange

// newDated adds up the dates of the operations of each endpoint.
func newDated(set *endpoints.Set, dates facts.Dates) dated {
	d := make(dated)
	for key, of := range dates {
		e := set.Match(key)
		if e == nil {
			continue
		}
		known := d[e]
		if known == nil {
			known = make(map[facts.Key]facts.HourRange, len(of))
			d[e] = known
		}
		for k, seen := range of {
			if before, ok := known[k]; ok {
				seen = facts.HourRange{First: min(seen.First, before.First), Last: max(seen.Last, before.Last)}
			}
			known[k] = seen
		}
	}
	return d
}

// within returns the dates of hours, which are no wider than those of the calls around them.
func within(seen facts.HourRange, calls apimodel.Period) (first, last time.Time) {
	first, last = hour.Hour(seen.First).Time(), hour.Hour(seen.Last+1).Time()
	if first.Before(calls.First) {
		first = calls.First
	}
	if last.After(calls.Last) {
		last = calls.Last
	}
	return first, last
}
