package api

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"akita/internal/store"
)

func TestHours(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 10, 12, 30, 0, 0, time.UTC)
	hour := func(day, hour int) store.Hour {
		return store.HourOf(time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC))
	}
	for query, want := range map[string]struct {
		from, to store.Hour
		wrong    string // the parameter that the error names
	}{
		"":                                 {},
		"from=-24h":                        {from: hour(9, 12)},
		"from=-90m&to=-30m":                {from: hour(10, 11), to: hour(10, 12)},
		"from=-2d&to=-1d":                  {from: hour(8, 12), to: hour(9, 13)},
		"from=2026-03-01&to=2026-03-08":    {from: hour(1, 0), to: hour(8, 0)},
		"from=-7d&to=now":                  {from: hour(3, 12), to: hour(10, 13)},
		"from=2026-03-32":                  {wrong: "from"},
		"from=-1w":                         {from: hour(3, 12)},
		"to=2026-03-09T10:00:00Z":          {to: hour(9, 10)},
		"to=2026-03-09T10:00:00.001Z":      {to: hour(9, 11)},
		"from=2026-03-09T10:59:00%2B02:00": {from: hour(9, 8)},
		"from=yesterday":                   {wrong: "from"},
		"from=24h":                         {wrong: "from"},
		"from=-":                           {wrong: "from"},
		"from=-h":                          {wrong: "from"},
		"from=-99999d":                     {wrong: "from"},
		"from=0001-01-01T00:00:00Z":        {wrong: "from"},
		"to=-1y":                           {wrong: "to"},
		"from=-1h&to=-2h":                  {wrong: "to"},
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		from, to, err := hours(values, now)
		if (err != nil) != (want.wrong != "") {
			t.Errorf("%q: %v", query, err)
			continue
		}
		if err == nil && (from != want.from || to != want.to) {
			t.Errorf("%q is from %v to %v, want from %v to %v", query, from.Time(), to.Time(), want.from.Time(), want.to.Time())
		}
		if err != nil && !strings.Contains(err.Error(), want.wrong) {
			t.Errorf("%q: %v, want an error about %s", query, err, want.wrong)
		}
	}
}
