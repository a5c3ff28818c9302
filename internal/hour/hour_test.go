package hour_test

import (
	"testing"
	"time"

	"akita/internal/hour"
)

func TestHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   string
		want hour.Hour
	}{
		{"1970-01-01T00:00:00Z", 0},
		{"1970-01-01T00:59:59.999Z", 0},
		{"1970-01-01T01:00:00Z", 1},
		{"1969-12-31T23:59:59Z", -1},
		{"2026-11-30T12:30:00+05:30", 498_895},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		h := hour.Of(at)
		if h != c.want {
			t.Errorf("%s is in hour %d, want %d", c.at, h, c.want)
		}
		if start := h.Time(); start.After(at) || at.Sub(start) >= time.Hour || start.Location() != time.UTC {
			t.Errorf("hour %d starts at %s, which does not hold %s", h, start, c.at)
		}
	}
}
