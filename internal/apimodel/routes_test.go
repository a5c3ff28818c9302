package apimodel

import (
	"math/rand/v2"
	"slices"
	"testing"

	"akita/internal/witness"
)

// Beyond the limit, the routes that are kept do not depend on the order of calls. All calls are counted.
func TestRoutesBeyondTheLimit(t *testing.T) {
	t.Parallel()
	keys := make([]routeKey, 20)
	for i := range keys {
		keys[i] = routeKey{method: "GET", template: string(rune('a'+i)) + "/"}
	}
	var first []routeKey
	for seed := range uint64(5) {
		r := newRoutes(4)
		for _, i := range rand.New(rand.NewPCG(seed, 0)).Perm(len(keys)) {
			r.add(keys[i], "a.test", &witness.Witness{Method: "GET", Status: 200})
		}
		stayed := r.sorted()
		if first == nil {
			first = stayed
		}
		if len(stayed) != 4 || !slices.Equal(stayed, first) || r.rest != 16 {
			t.Errorf("%v are kept, and %d calls are not, want %v and 16", stayed, r.rest, first)
		}
	}
}

func TestForgetHosts(t *testing.T) {
	t.Parallel()
	r := newRoutes(4)
	key := routeKey{method: "GET", template: "/a"}
	for _, host := range []string{"a.test", "b.test"} {
		r.add(key, host, &witness.Witness{Method: "GET", Status: 200})
	}
	r.forgetHosts()
	byHost := r.byKey[key].byHost
	if len(byHost) != 1 || byHost[AnyHost].Calls() != 2 {
		t.Errorf("there are %d hosts, and %d calls of any", len(byHost), byHost[AnyHost].Calls())
	}
}
