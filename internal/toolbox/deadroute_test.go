package toolbox_test

import (
	"strings"
	"testing"

	"akita/internal/routelist"
	"akita/internal/routeuse"
)

// inEachState is an API with a route in each state.
func inEachState() shelf {
	var s shelf
	for _, state := range routeuse.States() {
		s.uses = append(s.uses, routeuse.Use{Method: "GET", Path: "/" + string(state), View: "v", State: state, Calls: 1})
	}
	s.uses[0].Method, s.uses[0].Calls = routelist.AnyMethod, 0
	return s
}

func TestDeadRoutes(t *testing.T) {
	t.Parallel()
	const head = "6 routes (called 1, dead 1, rejected_only 1, shadow 1, unknown 1, zombie 1)"
	for _, test := range []struct {
		name      string
		arguments map[string]string
		want      string
	}{
		{"those to look at", nil, head + `:
dead any method "/dead" view "v": 0 calls
rejected_only GET "/rejected_only" view "v": 1 call
zombie GET "/zombie" view "v": 1 call
shadow GET "/shadow" view "v": 1 call
`},
		{"a state", map[string]string{"state": "rejected_only"}, head + `:
rejected_only GET "/rejected_only" view "v": 1 call
`},
		{"a method", map[string]string{"method": "post"}, "No route is such: " + head + ".\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := ask(t, inEachState(), "list_dead_routes", test.arguments); got != test.want {
				t.Errorf("got\n%s", got)
			}
		})
	}
	_, err := tryAsk(t, inEachState(), "list_dead_routes", map[string]string{"state": "called"})
	if err == nil || !strings.HasSuffix(err.Error(), "must be one of dead, rejected_only, zombie, shadow.") {
		t.Error(err)
	}
	if got := ask(t, shelf{}, "list_dead_routes", nil); got != "No route is such: 0 routes.\n" {
		t.Error(got)
	}
}
