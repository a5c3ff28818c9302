package cli

import (
	"strings"
	"testing"

	"akita/internal/endpoints"
)

func TestTotals(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]endpoints.Overview{
		"0 endpoints, 0 calls\n":                         {},
		"0 endpoints, 9 calls (2 without an endpoint)\n": {Witnesses: 9, Unmatched: 2},
		"0 endpoints, 9 calls (3 with a word in their path that is withheld until it recurs)\n": {Witnesses: 9, Withheld: 3},
	} {
		var b strings.Builder
		if err := writeTotals(&b, o); err != nil || b.String() != want {
			t.Errorf("got %q and %v, want %q", b.String(), err, want)
		}
	}
}

func TestMilliseconds(t *testing.T) {
	t.Parallel()
	for ms, want := range map[float64]string{
		0: "-", 0.04: "0.0ms", 9.94: "9.9ms", 10: "10ms", 9999: "9999ms", 10_000: "10.0s",
	} {
		if got := milliseconds(ms); got != want {
			t.Errorf("milliseconds(%v) = %s, want %s", ms, got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	t.Parallel()
	for n, want := range map[uint64]string{0: "0 calls", 1: "1 call", 2: "2 calls"} {
		if got := plural(n, "call"); got != want {
			t.Errorf("plural(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	if got, want := statuses(map[string]uint64{"404": 1, "200": 3}), "200×3 404×1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
