package jsonscan_test

import (
	"testing"

	"akita/internal/jsonscan"
)

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
