package jsonscan_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"akita/internal/jsonscan"
)

func TestAppendOmitsZeroValues(t *testing.T) {
	t.Parallel()
	members := func(n uint64, is bool, text string) string {
		dst := []byte("{")
		dst = jsonscan.AppendUint(dst, "n", n)
		dst = jsonscan.AppendTrue(dst, "is", is)
		return string(append(jsonscan.AppendText(dst, "text", text), '}'))
	}
	for want, got := range map[string]string{
		`{}`:          members(0, false, ""),
		`{"n":7}`:     members(7, false, ""),
		`{"is":true}`: members(0, true, ""),
		`{"n":18446744073709551615,"is":true,"text":"a"}`: members(1<<64-1, true, "a"),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// This package and encoding/json read what AppendString writes.
func TestAppendStringRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		bytes := rapid.SampledFrom([]byte("ab\"\\\n\t\x00\x1f\x7f é\xe2\x82\xac\xff"))
		text := string(rapid.SliceOfN(bytes, 0, 40).Draw(t, "text"))
		quoted := string(jsonscan.AppendString(nil, text))
		var theirs string
		if err := json.Unmarshal([]byte(quoted), &theirs); err != nil {
			t.Fatalf("%q: %v", quoted, err)
		}
		s := jsonscan.New(quoted)
		ours := s.ReadText()
		if s.End(); s.Err() != nil || ours != theirs || ours != string([]rune(text)) {
			t.Fatalf("%q is written as %s and read as %q, %v; encoding/json reads %q", text, quoted, ours, s.Err(), theirs)
		}
	})
}

// The scanner reads strings eight bytes at a time, so the end of a run may be at any offset.
func TestTextEndsAtEveryOffset(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		for before := range 18 {
			text := `"` + strings.Repeat("~", before) + string([]byte{byte(c)}) + strings.Repeat("}", 17) + `"`
			s := jsonscan.New(text)
			s.Skip()
			s.End()
			if got, want := s.Err() == nil, json.Valid([]byte(text)); got != want {
				t.Fatalf("%q: valid %t, want %t", text, got, want)
			}
			if c < utf8.RuneSelf && s.Err() == nil {
				s = jsonscan.New(text)
				if got := s.ReadText(); got != text[1:len(text)-1] {
					t.Fatalf("%q reads as %q", text, got)
				}
			}
		}
	}
}
