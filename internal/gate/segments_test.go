package gate_test

import (
	"fmt"
	"slices"
	"testing"

	"akita/internal/gate"
)

// manyDates are calls of many days, each of them three times.
func manyDates() (calls []call) {
	for day := 1; day < 20; day++ {
		calls = append(calls, repeat(3, call{path: fmt.Sprintf("/api/2024-01-%02d/users", day)})...)
	}
	return calls
}

// What leaves of the code in a segment, and of dates that may be versions.
func TestWhatLeavesOfASegment(t *testing.T) {
	t.Parallel()
	strict := gate.Config{StrictNames: true}
	var plain gate.Config
	for _, test := range []struct {
		what   string
		config gate.Config
		name   string
		calls  []call
		want   []int
	}{
		{"a mark", strict, `"literal":"-"`, repeat(2, call{path: "/-"}), []int{1, 2}},
		{"the name before a key", plain, "novel(", repeat(2, call{path: "/Novel(1)"}), []int{1, 2}},
		{"the name before a key, if strict", strict, "novel(", repeat(4, call{path: "/Novel(1)"}), []int{3, 4}},
		{
			"the name of a key at an established place", plain, "novel=",
			then(20, call{path: "/f(id=1)"}, 4, call{path: "/f(novel=1)"}), []int{23, 24},
		},
		{"an action", plain, ":cancel", repeat(2, call{path: "/17:cancel"}), []int{1, 2}},
		{"a date where a version stands", plain, "2024-01", repeat(4, call{path: "/api/2024-01/users"}), []int{3, 4}},
		{"the ninth date", plain, "2024-01-09", manyDates(), nil},
	} {
		t.Run(test.what, func(t *testing.T) {
			t.Parallel()
			if got := leavesIn(t, test.config, test.name, test.calls); !slices.Equal(got, test.want) {
				t.Errorf("%q leaves in the calls %v, want %v", test.name, got, test.want)
			}
		})
	}
}
