package jsonscan_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"akita/internal/jsonscan"
)

func TestAppendLeavesOutWhatIsZero(t *testing.T) {
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

// What is written reads back: here, and in encoding/json.
func TestAppendStringReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom([]byte("ab\"\\\n\t\x00\x1f\x7f é\xe2\x82\xac\xff")), 0, 40).Draw(t, "text"))
		quoted := string(jsonscan.AppendString(nil, text))
		var theirs string
		if err := json.Unmarshal([]byte(quoted), &theirs); err != nil {
			t.Fatalf("%q: %v", quoted, err)
		}
		s := jsonscan.New(quoted)
		ours := s.ReadText()
		if s.End(); s.Err() != nil || ours != theirs || ours != string([]rune(text)) {
			t.Fatalf("%q is written as %s and reads back as %q, %v, by encoding/json as %q", text, quoted, ours, s.Err(), theirs)
		}
	})
}

// Strings are read eight bytes at a time: what ends a run must be seen wherever it stands.
func TestTextEndsAtAnyOffset(t *testing.T) {
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

func TestReadByType(t *testing.T) {
	t.Parallel()
	uints := func(s *jsonscan.Scanner) any { return s.ReadUint() }
	floats := func(s *jsonscan.Scanner) any { return s.ReadFloat() }
	texts := func(s *jsonscan.Scanner) any { return s.ReadText() }
	bools := func(s *jsonscan.Scanner) any { return s.ReadBool() }
	for _, c := range []struct {
		text string
		read func(*jsonscan.Scanner) any
		want any // nil for an error
	}{
		{` 7`, uints, uint64(7)},
		{`18446744073709551615`, uints, uint64(1<<64 - 1)},
		{`null`, uints, uint64(0)},
		{`18446744073709551616`, uints, nil},
		{`-1`, uints, nil},
		{`1.0`, uints, nil},
		{`"1"`, uints, nil},
		{`-1.5e3`, floats, -1500.0},
		{`null`, floats, 0.0},
		{`1e999`, floats, nil},
		{`true`, floats, nil},
		{`"a\n"`, texts, "a\n"},
		{`null`, texts, ""},
		{`7`, texts, nil},
		{`true`, bools, true},
		{`false`, bools, false},
		{`null`, bools, false},
		{`"true"`, bools, nil},
		{``, bools, nil},
	} {
		s := jsonscan.New(c.text)
		got := c.read(&s)
		if s.End(); c.want == nil != (s.Err() != nil) || c.want != nil && got != c.want {
			t.Errorf("%s reads as %v, %v; want %v", c.text, got, s.Err(), c.want)
		}
	}
}
