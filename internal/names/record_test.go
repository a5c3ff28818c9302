package names

import "testing"

func TestKindRank(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		rank   int
		isKind bool
	}{
		"__typename": {1, true}, "type": {2, true}, "event_type": {3, true}, "object": {3, true}, "action": {4, false},
		"vehicleType": {4, false}, "vehicle_kind": {4, false}, "Type": {4, false}, "name": {0, false}, "": {0, false},
	}
	for name, want := range tests {
		if got := KindRank(name); got != want.rank {
			t.Errorf("KindRank(%q) = %d, want %d", name, got, want.rank)
		}
		if got := IsKind(name); got != want.isKind {
			t.Errorf("IsKind(%q) = %v, want %v", name, got, want.isKind)
		}
	}
}

func TestIsWrapper(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"data": true, "Results": true, "_embedded": true, "user": false, "": false} {
		if got := IsWrapper(name); got != want {
			t.Errorf("IsWrapper(%q) = %v, want %v", name, got, want)
		}
	}
}
