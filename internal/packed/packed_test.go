package packed_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/packed"
)

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.SampledFrom([]string{"", "a", "b", "created_at", "\x00"})).Draw(t, "texts")
		n, i := rapid.Uint64().Draw(t, "n"), rapid.Int64().Draw(t, "i")
		f, b := rapid.Float64().Draw(t, "f"), rapid.Bool().Draw(t, "b")

		var w packed.Writer
		w.Uint(uint64(len(texts)))
		for _, text := range texts {
			w.Text(text)
		}
		w.Uint(n)
		w.Int(i)
		w.Float(f)
		w.Bool(b)

		r := packed.NewReader(w.Bytes())
		if got := r.Len(); got != len(texts) {
			t.Fatalf("%d texts, want %d", got, len(texts))
		}
		for _, want := range texts {
			if got := r.Text(); got != want {
				t.Fatalf("text %q, want %q", got, want)
			}
		}
		if r.Uint() != n || r.Int() != i || math.Float64bits(r.Float()) != math.Float64bits(f) || r.Bool() != b {
			t.Fatal("a number or a truth value differs")
		}
		if r.Err() != nil || r.Rest() != 0 {
			t.Fatalf("error %v, and %d bytes are left", r.Err(), r.Rest())
		}
	})
}

func TestRepeatedTextsAreShort(t *testing.T) {
	t.Parallel()
	var w packed.Writer
	w.Text("created_at")
	first := len(w.Bytes())
	w.Text("created_at")
	if repeated := len(w.Bytes()) - first; repeated != 1 {
		t.Errorf("the second time takes %d bytes, want 1", repeated)
	}
}

func TestMalformedRecords(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func(*packed.Reader){
		"":          func(r *packed.Reader) { r.Uint() },
		"\x80":      func(r *packed.Reader) { r.Uint() },
		"\xff":      func(r *packed.Reader) { r.Int() },
		"1234567":   func(r *packed.Reader) { r.Float() },
		"\x06ab":    func(r *packed.Reader) { r.Text() },           // three bytes are announced
		"\x02a\x03": func(r *packed.Reader) { r.Text(); r.Text() }, // only text 0 exists
		"\x7f":      func(r *packed.Reader) { r.Len() },
	} {
		r := packed.NewReader([]byte(name))
		read(r)
		if !errors.Is(r.Err(), packed.ErrMalformed) {
			t.Errorf("%q: %v", name, r.Err())
		}
		if r.Uint() != 0 || r.Text() != "" || r.Len() != 0 || r.Float() != 0 {
			t.Errorf("%q: something is read after an error", name)
		}
	}
}

func TestRecordIsReadAsAPart(t *testing.T) {
	t.Parallel()
	var part, whole packed.Writer
	part.Uint(7)
	part.Int(-7)
	whole.Text("a")
	whole.Record(part.Bytes())
	whole.Text("a")
	r := packed.NewReader(whole.Bytes())
	if a, n, i, b := r.Text(), r.Uint(), r.Int(), r.Text(); a != "a" || n != 7 || i != -7 || b != "a" || r.Err() != nil {
		t.Errorf("read %q, %d, %d, %q, %v", a, n, i, b, r.Err())
	}
}
