package main

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestCallsAreSpreadEvenly(t *testing.T) {
	t.Parallel()
	if sorted := slices.Compact(slices.Sorted(slices.Values(nouns))); len(sorted) != len(nouns) {
		t.Fatalf("%d of %d nouns differ", len(sorted), len(nouns))
	}
	const endpoints, rounds = 5000, 2
	routes := make(map[string]int)
	for i := range endpoints * rounds {
		routes[size{endpoints, true}.call(i).Route]++
	}
	if len(routes) != endpoints {
		t.Errorf("%d routes, want %d", len(routes), endpoints)
	}
	for route, calls := range routes {
		if calls != rounds {
			t.Errorf("%s has %d calls, want %d", route, calls, rounds)
		}
	}
}

func TestCall(t *testing.T) {
	t.Parallel()
	call := size{50, true}.call(53)
	if want := "api/v1/answers/<int:pk>/answers/"; call.Route != want {
		t.Errorf("route %q, want %q", call.Route, want)
	}
	if want := "api/v1/answers/19707/answers/"; call.Path != want {
		t.Errorf("path %q, want %q", call.Path, want)
	}
	var answer map[string]any
	if err := json.Unmarshal([]byte(call.Answer), &answer); err != nil || len(answer) != fields {
		t.Errorf("%d fields, %v; want %d: %s", len(answer), err, fields, call.Answer)
	}
	if route := (size{50, false}).call(53).Route; route != "" {
		t.Errorf("route %q of an API without routes", route)
	}
}
