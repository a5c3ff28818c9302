package jsonscan_test

import (
	"errors"
	"testing"

	"akita/internal/jsonscan"
)

func TestLenient(t *testing.T) {
	t.Parallel()
	const syntax, truncated = "syntax", "truncated"
	for text, want := range map[string]string{ // "" is valid
		`NaN`: "", `Infinity`: "", `-Infinity`: "", `[NaN, 1.5]`: "", `{"a": NaN, "b": [-Infinity]}`: "", `-NaN`: "",
		`["NaN"]`: "", `1`: "", `-1`: "",
		`nan`: syntax, `NAN`: syntax, `NaNs`: syntax, `Inf`: truncated, `InfinityX`: syntax, `+Infinity`: syntax,
		`--Infinity`: syntax, `[Nan]`: syntax, `{NaN: 1}`: syntax, `N`: truncated, `[-Infi`: truncated, `-`: truncated,
		`None`: syntax, `undefined`: syntax,
	} {
		s := jsonscan.NewLenient(text)
		s.Skip()
		s.End()
		got := ""
		switch {
		case errors.Is(s.Err(), jsonscan.ErrTruncated):
			got = truncated
		case s.Err() != nil:
			got = syntax
		}
		if got != want {
			t.Errorf("%s: %v, want %q", text, s.Err(), want)
		}
	}
}

func TestOnlyLenientReadsNonFinite(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{`[1, NaN]`: true, `-Infinity`: true, `["NaN"]`: false, `1e400`: false} {
		s := jsonscan.NewLenient(text)
		s.Skip()
		if s.NonFinite() != want || s.Err() != nil {
			t.Errorf("%s: %v, %v", text, s.NonFinite(), s.Err())
		}
		if jsonscan.Valid(text) == want {
			t.Errorf("a strict scanner: %s is valid: %v", text, !want)
		}
	}
}

// What is lenient differs by these words only.
func FuzzLenient(f *testing.F) {
	for _, seed := range []string{`[NaN]`, `{"a": -Infinity}`, `Infini`, `-N`, `1`, `"NaN"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := jsonscan.NewLenient(text)
		s.Skip()
		s.End()
		if lenient, strict := s.Err() == nil, jsonscan.Valid(text); lenient != strict && (strict || !s.NonFinite()) {
			t.Errorf("%q: lenient %v, strict %v", text, lenient, strict)
		}
	})
}
