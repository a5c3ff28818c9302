package toolbox_test

import (
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/witness"
)

// twoAPIs are two hosts that answer the same path differently.
func twoAPIs() shelf {
	model := apimodel.New()
	for host, text := range map[string]string{"a.example": `{"orders": [1]}`, "b.example": `{"weather": {"sun": true}}`} {
		for range 20 {
			w := witness.Witness{Method: "GET", Host: host, Template: "/status/", Status: 200, Response: jsonBody(text)}
			model.Add(&w)
		}
	}
	return shelf{set: endpoints.Infer(model)}
}

func TestHostsNameEndpointsOfSeveralAPIs(t *testing.T) {
	t.Parallel()
	library := twoAPIs()
	if got := ask(t, library, "search_endpoints", nil); !strings.Contains(got, "\n"+`GET "a.example" "/status/": 20 calls`) {
		t.Errorf("got %s", got)
	}
	if got := ask(t, library, "get_types", map[string]string{"endpoint": `GET "b.example" "/status/"`}); !strings.Contains(got, "weather") {
		t.Errorf("got %s", got)
	}
	_, err := tryAsk(t, library, "get_types", map[string]string{"endpoint": "GET /status/"})
	if err == nil || !strings.HasPrefix(err.Error(), `Several hosts have this endpoint: name it with its host or by its id: `+
		`GET "a.example" "/status/" id `) {
		t.Errorf("error %v", err)
	}
}

func TestEndpointWithALongPathHasItsID(t *testing.T) {
	t.Parallel()
	library := hostile(strings.Repeat("long", 100))
	for e := range library.set.Matching(endpoints.Filter{}) {
		if got := ask(t, library, "search_endpoints", nil); !strings.Contains(got, `"… id `+e.ID()) {
			t.Errorf("got %s", got)
		}
	}
}
