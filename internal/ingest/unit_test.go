package ingest

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"akita/internal/delta"
	"akita/internal/store"
)

func TestTimeOf(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time {
		parsed, err := time.Parse("15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed.AddDate(2026, 0, 0)
	}
	started, accepted := at("08:30"), at("17:10")
	const own = delta.OwnMinutes
	for name, c := range map[string]struct {
		calls  store.Hour
		want   time.Time
		minute int
	}{
		"calls of now":              {store.HourOf(at("17:09")), at("17:00"), own},
		"calls of hours ago":        {store.HourOf(at("11:59")), at("11:00"), own},
		"calls of the first hour":   {store.HourOf(at("08:00")), at("08:00"), own},
		"no time":                   {delta.NoHour, at("17:00"), 10},
		"a clock that is ahead":     {store.HourOf(at("19:00")), at("17:00"), 10},
		"a clock of the day before": {store.HourOf(at("07:00").AddDate(0, 0, -1)), at("08:00"), 30},
	} {
		got, minute := timeOf(c.calls, started, accepted)
		if got != store.HourOf(c.want) || minute != c.minute {
			t.Errorf("%s are counted at %s, minute %d; want %s, %d", name, got.Time(), minute, c.want, c.minute)
		}
	}
}

func TestSeal(t *testing.T) {
	t.Parallel()
	sealed := seal([]byte("model"))
	if got, err := unseal(sealed); err != nil || string(got) != "model" {
		t.Errorf("got %q, %v", got, err)
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		for _, damaged := range [][]byte{changed, sealed[:i]} {
			if _, err := unseal(damaged); !errors.Is(err, errDamaged) {
				t.Errorf("%q: %v", damaged, err)
			}
		}
	}
}
