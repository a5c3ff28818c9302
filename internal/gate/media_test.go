package gate

import "testing"

func TestMediaType(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, first, third string }{
		{"", "", ""},
		{"application/json", "application/json", "application/json"},
		{"text/csv", "text/csv", "text/csv"},
		{"application/vnd.bookshop+json", "application/*", "application/vnd.bookshop+json"},
		{"image/sofia.miller", "image/*", "image/sofia.miller"},
		{"sofia/json", "*/*", "sofia/json"}, // no registered top-level type
	} {
		g := New(Config{})
		for call, want := range []string{test.first, test.first, test.third} {
			f := filter{Gate: g, call: uint32(call + 1)}
			if got := f.mediaType(test.text); got != want {
				t.Errorf("%q leaves as %q in call %d, want %q", test.text, got, call+1, want)
			}
		}
	}
}

func TestMediaTypesThatAreNew(t *testing.T) {
	t.Parallel()
	g := New(Config{})
	for i := range 10_000 {
		f := filter{Gate: g, call: uint32(i)}
		if text := "application/vnd." + letters(i); f.mediaType(text) == text {
			t.Fatalf("%s leaves in its only call", text)
		}
	}
}
