package apimodel

import (
	"testing"
	"time"
)

func TestPeriod(t *testing.T) {
	t.Parallel()
	at := func(hour int) time.Time { return time.Date(2026, 1, 5, hour, 0, 0, 0, time.UTC) }
	var p Period
	p.extend(time.Time{}, time.Time{})
	if p != (Period{}) {
		t.Errorf("unknown times make %+v", p)
	}
	for _, hour := range []int{9, 11, 8, 10} {
		p.extend(at(hour), at(hour))
	}
	p.extend(at(7), at(12))
	if want := (Period{at(7), at(12)}); p != want {
		t.Errorf("got %+v, want %+v", p, want)
	}
}
