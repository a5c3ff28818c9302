package ingest

import (
	"testing"
	"time"

	"akita/internal/store"
)

// The spans of a level follow one another, and each is in one span of the next level.
func TestSpansOfSumsNest(t *testing.T) {
	t.Parallel()
	first := store.HourOf(time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC))
	for i, level := range sumLevels {
		for h := first; h < first+400*24; h++ {
			s := level.of(h)
			if h < s.From || h >= s.To || level.of(s.From) != s || level.of(s.To-1) != s || level.of(s.To).From != s.To {
				t.Fatalf("level %d: the span of %s is %s to %s", i, h.Time(), s.From.Time(), s.To.Time())
			}
			if i == 0 {
				continue
			}
			if within := sumLevels[i-1].of(h); within.From < s.From || within.To > s.To {
				t.Fatalf("level %d: %s to %s is not in %s to %s",
					i, within.From.Time(), within.To.Time(), s.From.Time(), s.To.Time())
			}
		}
	}
}
