package posture

import (
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/facts"
)

func TestDatesAreNoWiderThanThoseOfTheCalls(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 10, 0, 0, time.UTC)
	calls := apimodel.Period{First: at, Last: at.Add(2 * time.Hour)}
	start := at.Unix() / 3600
	for name, test := range map[string]struct {
		hours       facts.HourRange
		first, last time.Time
	}{
		"in the first hour":  {facts.HourRange{First: start, Last: start}, at, at.Truncate(time.Hour).Add(time.Hour)},
		"in the last hour":   {facts.HourRange{First: start + 2, Last: start + 2}, at.Truncate(time.Hour).Add(2 * time.Hour), calls.Last},
		"in all of them":     {facts.HourRange{First: start, Last: start + 2}, at, calls.Last},
		"in the second hour": {facts.HourRange{First: start + 1, Last: start + 1}, at.Truncate(time.Hour).Add(time.Hour), at.Truncate(time.Hour).Add(2 * time.Hour)},
	} {
		first, last := within(test.hours, calls)
		if !first.Equal(test.first) || !last.Equal(test.last) {
			t.Errorf("%s: %s to %s", name, first, last)
		}
	}
}
