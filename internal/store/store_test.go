package store

import (
	"testing"
	"time"
)

func TestTraceIsActiveUntilItsEnd(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	trace := Trace{End: end}
	for offset, want := range map[time.Duration]bool{-time.Nanosecond: true, 0: false, time.Nanosecond: false} {
		if got := trace.Active(end.Add(offset)); got != want {
			t.Errorf("%v after its end: active is %v", offset, got)
		}
	}
}
