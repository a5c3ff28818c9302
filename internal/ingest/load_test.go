package ingest

import (
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/delta"
	"akita/internal/store"
	"akita/internal/witness"
)

func TestSumsArePlaced(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 1, 5, 9, 30, 0, 0, time.UTC)
	accepted := began.Add(3 * time.Hour)
	calls := delta.New()
	for _, after := range []time.Duration{-time.Hour, time.Hour, 2 * time.Hour, 9 * time.Hour} {
		calls.Add(&witness.Witness{Method: "GET", Template: "/a", Start: began.Add(after)})
	}
	part := apimodel.PartOf(&witness.Witness{Method: "GET", Template: "/a"})
	day := store.HourOf(time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC))
	joined := store.Joined{Days: store.HourOf(began.Add(2 * time.Hour))}
	type where struct {
		hour   store.Hour
		minute int
		start  store.Hour
		hours  int
	}
	want := []where{
		{store.HourOf(began), 30, day, 24}, // before the trace
		{store.HourOf(began) + 1, delta.OwnMinutes, day, 24},
		{store.HourOf(began) + 2, delta.OwnMinutes, store.HourOf(began) + 2, 1},
		{store.HourOf(accepted), 30, store.HourOf(accepted), 1}, // after it was accepted
	}
	sums := place(calls, &seenBy{captureID: 7, start: began}, joined, accepted)
	if len(sums) != len(want) {
		t.Fatalf("%d sums, want %d", len(sums), len(want))
	}
	for i, p := range sums {
		got := where{p.hour, p.minute, p.unit.start, p.hours}
		if got != want[i] || p.unit.captureID != 7 || p.unit.part != part {
			t.Errorf("sum %d is placed at %+v of %s, want %+v", i, got, p.unit, want[i])
		}
	}
}
