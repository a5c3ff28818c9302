package endpoints

import (
	"maps"
	"slices"
	"testing"
)

func TestAuthTypes(t *testing.T) {
	t.Parallel()
	accepted := map[string]uint64{
		"": 3, "bearer|||JWT": 2, "apikey|header|x-api-key|&cookie|cookie|sid|": 5,
		"cookie|cookie|a|&cookie|cookie|b|": 1,
	}
	rejected := map[string]uint64{"": 1, "bearer|||": 4}
	got := authTypes(accepted, rejected)
	want := map[string]uint64{NoAuth: 4, "bearer": 6, "apikey": 5, "cookie": 6}
	if !maps.Equal(got, want) {
		t.Errorf("the types are %v, want %v", got, want)
	}
	if got, want := byFrequency(got), []string{"bearer", "cookie", "apikey"}; !slices.Equal(got, want) {
		t.Errorf("by frequency they are %q, want %q", got, want)
	}
	if got := byFrequency(nil); got == nil || len(got) != 0 {
		t.Errorf("no types are %#v, want an empty list", got)
	}
}
