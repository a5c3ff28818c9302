package local

import (
	"testing"
	"time"
)

func TestCounts(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	s := &Server{config: Config{Now: func() time.Time { return now }}}
	s.counts.add(Counts{Received: 3, Taken: 2, Malformed: 1}, now)
	s.counts.add(Counts{Received: 9, Taken: 8, TooLarge: 1}, now)
	now = now.Add(5 * time.Second)
	sum, perSecond := s.Counts()
	if want := (Counts{Received: 12, Taken: 10, Malformed: 1, TooLarge: 1}); sum != want || perSecond != 2 {
		t.Errorf("got %+v and %v per second, want %+v and 2", sum, perSecond, want)
	}
}
