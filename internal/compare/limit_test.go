package compare_test

import (
	"fmt"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
)

// Of many operations that are as rare, one is likely to be in the calls of one side only.
func TestLimitIsThatOfTheWholeComparison(t *testing.T) {
	t.Parallel()
	const calls, gone = 500, 12
	for rare, want := range map[int]compare.Verdict{0: compare.Proved, 30: compare.NotEnough} {
		document := "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nservers: [{url: https://pets.test/v1}]\npaths:\n"
		var sides [2][]comparetest.Call
		add := func(name string, counts ...int) {
			document += fmt.Sprintf("  /%s: {get: {responses: {'200': {description: ok}}}}\n", name)
			for side, n := range counts {
				for range n {
					sides[side] = append(sides[side], comparetest.Call{URL: "/" + name, Gets: "{}"})
				}
			}
		}
		for i := range rare {
			add(fmt.Sprintf("rare%d", i), gone/2, gone/2)
		}
		add("report", gone)
		add("list", calls-len(sides[0]), calls-len(sides[1]))
		d := comparetest.Document(t, document)
		base, revision := comparetest.Recording(t, d, sides[0]...), comparetest.Recording(t, d, sides[1]...)
		got := make(map[string]compare.Verdict)
		for _, f := range compare.Diff(compare.Sides(base, revision)) {
			got[strings.TrimPrefix(f.Path, "/v1")] = f.Verdict
		}
		if len(got) != 1 || got["/report"] != want {
			t.Errorf("beside %d operations with %d calls, the findings are %v, want that one is gone: %s", rare, gone, got, want)
		}
	}
}
