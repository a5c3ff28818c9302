package endpoints

import (
	"slices"
	"testing"
)

func TestHostsAreInOrder(t *testing.T) {
	t.Parallel()
	want := []Host{
		{Name: "b.test", API: 1, Requests: 9},
		{Name: "a.test", API: 1, Requests: 2},
		{Name: "c.test", API: 2, Requests: 20},
		{Name: "files.test", Browser: 9},
		{Name: "icons.test", Browser: 1},
		{Name: "pages.test", Browser: 1},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Host.compare)
	if !slices.Equal(got, want) {
		t.Errorf("the order is %+v, want %+v", got, want)
	}
}
