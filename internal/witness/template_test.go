package witness_test

import (
	"slices"
	"testing"

	"akita/internal/witness"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	for route, want := range map[string][]witness.Template{
		"":                                     {{Path: "/"}},
		"api/users/<int:pk>/":                  {{Path: "/api/users/{pk}/"}},
		`^orders/(?P<id>[^/.]+)/$`:             {{Path: "/orders/{id}/"}},
		"/items/{item_id}":                     {{Path: "/items/{item_id}"}},
		"files/<path:name>":                    {{Path: "/files/{name}", Tail: true}},
		"files/<path:name>/raw":                {{Path: "/files/{name}/raw"}},
		`api/(?:(?P<version>v[12])/)?users/$`:  {{Path: "/api/{version}/users/"}, {Path: "/api/users/"}},
		`^items\.(?P<format>[a-z0-9]+)/?$`:     {{Path: "/items.{format}"}},
		`^[a-z]+/users/$`:                      {},
		"<language>/news/<slug:slug>/comments": {{Path: "/{language}/news/{slug}/comments"}},
	} {
		if got := witness.Templates(route); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", route, got, want)
		}
	}
}
