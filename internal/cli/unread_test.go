package cli

import "testing"

func TestUnreadNote(t *testing.T) {
	t.Parallel()
	for want, counts := range map[string]map[string]uint64{
		"":                            nil,
		"1 body not read: 1 binary\n": {"binary": 1},
		"5 bodies not read: 2 binary, 3 damaged\n": {"damaged": 3, "binary": 2},
	} {
		if got := unreadNote(counts); got != want {
			t.Errorf("%v: %q, want %q", counts, got, want)
		}
	}
}

// What the API sends is not a fault of the recording.
func TestFaultNote(t *testing.T) {
	t.Parallel()
	counts := map[string]uint64{
		"binary": 1, "not-json": 1, "truncated": 1, "missing-file": 1, "charset": 1, "compressed-unknown": 2, "too-large": 3,
	}
	if got, want := faultNote(counts), "6 bodies not read: 1 charset, 2 compressed-unknown, 3 too-large\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := faultNote(map[string]uint64{"binary": 1}); got != "" {
		t.Errorf("%q", got)
	}
}
