package ingest

import (
	"testing"
	"time"
)

func TestPauseAfterAStep(t *testing.T) {
	t.Parallel()
	w := NewWorker(WorkerConfig{Interval: 50 * time.Millisecond})
	for name, c := range map[string]struct {
		items int
		took  time.Duration
		want  time.Duration
	}{
		"a short step":        {1, time.Millisecond, 49 * time.Millisecond},
		"a step of 10 ms":     {1, 10 * time.Millisecond, 90 * time.Millisecond},
		"a step of 200 ms":    {3, 200 * time.Millisecond, 1800 * time.Millisecond},
		"a very long step":    {3, 10 * time.Second, 5 * time.Second},
		"many items at once":  {piledItems, 200 * time.Millisecond, 0},
		"the clock went back": {1, -time.Second, 1050 * time.Millisecond},
	} {
		if got := w.pause(c.items, c.took); got != c.want {
			t.Errorf("after %s, the pause is %v, want %v", name, got, c.want)
		}
	}
}
