package compare

import (
	"testing"
	"time"
)

func TestGrouped(t *testing.T) {
	t.Parallel()
	for n, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", 100000: "100,000"} {
		if got := grouped(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

func TestAgo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for before, want := range map[time.Duration]string{
		-time.Hour: "now", 0: "now", 59 * time.Second: "now", 5 * time.Minute: "5 min ago", 119 * time.Minute: "119 min ago",
		2 * time.Hour: "2 h ago", 47 * time.Hour: "47 h ago", 48 * time.Hour: "2 days ago", 89 * 24 * time.Hour: "89 days ago",
		90 * 24 * time.Hour: "on 2025-12-10",
	} {
		if got := ago(now.Add(-before), now); got != want {
			t.Errorf("%s before is %q, want %q", before, got, want)
		}
	}
}
