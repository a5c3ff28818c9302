package tally_test

import (
	"testing"
	"time"

	"akita/internal/agent/tally"
)

func TestRate(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	var r tally.Rate
	if got := r.PerSecond(start); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
	for second := range 120 {
		r.Add(10, start.Add(time.Duration(second)*time.Second))
	}
	for after, want := range map[time.Duration]float64{
		119 * time.Second: 10, 149 * time.Second: 5, 178 * time.Second: 10. / 60, 179 * time.Second: 0, time.Hour: 0,
		-time.Hour: 0, // the clock was set back
	} {
		if got := r.PerSecond(start.Add(after)); got != want {
			t.Errorf("after %v: %v per second, want %v", after, got, want)
		}
	}
	var young tally.Rate
	young.Add(30, start)
	if got := young.PerSecond(start.Add(3 * time.Second)); got != 10 {
		t.Errorf("30 in the first 3 s: %v per second", got)
	}
}
