package ingest

import (
	"bytes"
	"errors"
	"testing"
	"time"
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
	for name, c := range map[string]struct{ call, want time.Time }{
		"a call of now":             {at("17:09"), at("17:09")},
		"a call of hours ago":       {at("11:59"), at("11:59")},
		"no time":                   {time.Time{}, at("17:10")},
		"a clock that is ahead":     {at("19:00"), at("17:10")},
		"a clock of the day before": {at("07:00").AddDate(0, 0, -1), at("08:30")},
	} {
		if got := timeOf(c.call, started, accepted); !got.Equal(c.want) {
			t.Errorf("%s is counted at %s, want %s", name, got, c.want)
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
