package endpoints

import (
	"slices"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/witness"
)

func TestTemplate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		anonymous string
		names     []string
	}{
		"/":                          {"/", nil},
		"/users/{userId}/orders/{n}": {"/users/{}/orders/{}", []string{"userId", "n"}},
		"/loans/{id}:renew":          {"/loans/{}:renew", []string{"id"}},
		"/a/{b":                      {"/a/{}", []string{"b"}},
		"":                           {"", nil},
	}
	for path, want := range tests {
		if got := Anonymous(path); got != want.anonymous {
			t.Errorf("Anonymous(%q) = %q, want %q", path, got, want.anonymous)
		}
		if got := parameterNames(path); !slices.Equal(got, want.names) {
			t.Errorf("the parameters of %q are %q, want %q", path, got, want.names)
		}
	}
}

func TestWritePath(t *testing.T) {
	t.Parallel()
	param := &place{}
	param.arg.Ints = 1
	tests := map[string][]segment{
		"/":                             nil,
		"/users":                        {{literal: "users"}},
		"/users/":                       {{literal: "users"}, {literal: ""}},
		"/%7Ba%7D":                      {{literal: "{a}"}},
		"/users/{userId}":               {{literal: "users"}, {param: param}},
		"/users/{userId}/{userId2}.csv": {{literal: "users"}, {param: param}, {param: param, form: ".csv"}},
		"/{id}/{id2}":                   {{param: param}, {param: param}},
		"/users/{userId}/orders/{orderId}:stop": {
			{literal: "users"}, {param: param}, {literal: "orders"}, {param: param, form: ":stop"},
		},
	}
	for want, segments := range tests {
		if got, _ := writePath(segments, newPlace()); got != want {
			t.Errorf("the path is %q, want %q", got, want)
		}
	}
}

// Every place with calls is collected once, with the segments that lead to it.
func TestCollect(t *testing.T) {
	t.Parallel()
	m := apimodel.New()
	for _, words := range [][]string{{"a"}, {"a", "b"}, {"a", ""}, {"c", "d"}} {
		w := witness.Witness{Method: "GET", Status: 200}
		for _, word := range words {
			w.Path = append(w.Path, witness.Segment{Literal: word})
		}
		m.Add(&w)
	}
	root := newPlace()
	for _, tree := range m.Paths() {
		root.addNode(tree, origin{memo: NewMemo()})
	}
	var paths []string
	root.collect(nil, func(segments []segment, at *place) {
		path, _ := writePath(segments, at)
		paths = append(paths, path)
	})
	if want := []string{"/a", "/a/", "/a/b", "/c/d"}; !slices.Equal(paths, want) {
		t.Errorf("the paths are %q, want %q", paths, want)
	}
}
