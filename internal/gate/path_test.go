package gate

import (
	"testing"

	"akita/internal/shape"
	"akita/internal/witness"
)

// passPath sends the path of a call through a gate and returns it: "*" is a value.
func passPath(g *Gate, call uint32, w witness.Witness) string {
	f := filter{Gate: g, call: call}
	f.path(&w)
	text := ""
	for _, s := range w.Path {
		if text += "/"; s.Literal != "" {
			text += s.Literal
		} else {
			text += "*"
		}
		text += s.Suffix
	}
	return text
}

// pathOf returns a witness with words in its path; "" is a value.
func pathOf(words ...string) witness.Witness {
	var w witness.Witness
	for _, word := range words {
		s := witness.Segment{Literal: word}
		if word == "" {
			s.Kind = &shape.Shape{Ints: 1}
		}
		w.Path = append(w.Path, s)
	}
	return w
}

func TestPath(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		what   string
		config Config
		path   witness.Witness
		want   []string // by call
	}{
		{"words", Config{}, pathOf("api", "users"), []string{"/api/users"}},
		{"words, if strict", Config{StrictNames: true}, pathOf("api"), []string{"/*", "/*", "/api"}},
		{"a word that is not spelled like one", Config{}, pathOf("qzxkjv"), []string{"/*", "/*", "/qzxkjv"}},
		{"a value", Config{}, pathOf("users", "", "orders"), []string{"/users/*/orders"}},
		{
			"an action", Config{StrictNames: true},
			witness.Witness{Path: []witness.Segment{{Kind: &shape.Shape{Ints: 1}, Suffix: ":cancel"}}},
			[]string{"/*", "/*", "/*:cancel"},
		},
	} {
		g := New(test.config)
		for call, want := range test.want {
			w := test.path
			w.Path = append([]witness.Segment(nil), w.Path...)
			if got := passPath(g, uint32(call+1), w); got != want {
				t.Errorf("%s: %s leaves in call %d, want %s", test.what, got, call+1, want)
			}
		}
	}
}

func TestNewWordsOfOneLevel(t *testing.T) {
	t.Parallel()
	g := New(Config{})
	words := []string{"anna", "berta", "carla", "diana", "elena", "flora", "greta", "helena", "irene", "julia", "karla"}
	left := 0
	for call, word := range words {
		if passPath(g, uint32(call), pathOf("people", word)) == "/people/"+word {
			left++
		}
	}
	if left != maxNewWords {
		t.Errorf("%d words leave that came once, want %d", left, maxNewWords)
	}
	// The same call again does not make its word recur, another one does.
	last := pathOf("people", "karla")
	passPath(g, 0, pathOf("people", "anna"))
	if got := passPath(g, 100, last); got != "/people/*" {
		t.Errorf("%s leaves after a call that was sent again", got)
	}
	passPath(g, 101, pathOf("people", "anna"))
	if got := passPath(g, 102, pathOf("people", "laura")); got != "/people/laura" {
		t.Errorf("%s leaves although there is room for a new word", got)
	}
}

// Calls of one route are of one operation, even if their paths differ.
func TestPlaceOfAnOperation(t *testing.T) {
	t.Parallel()
	f := filter{Gate: New(Config{})}
	at := func(method, template string, words ...string) place {
		w := pathOf(words...)
		w.Method, w.Template = method, template
		return f.path(&w)
	}
	same := []place{at("GET", "/users/{id}", "a"), at("GET", "/users/{id}", "b")}
	if same[0] != same[1] {
		t.Error("two calls of a route are of two operations")
	}
	others := map[place]bool{
		same[0]: true, at("PUT", "/users/{id}"): true, at("GET", "/users"): true,
		at("GET", "", "users", ""): true, at("GET", "", "users"): true, at("PUT", "", "users"): true,
	}
	if len(others) != 6 {
		t.Errorf("six operations have %d places", len(others))
	}
}
