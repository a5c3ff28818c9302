package spelling

import "testing"

func TestParseTrigrams(t *testing.T) {
	t.Parallel()
	table := parseTrigrams("# a comment\n^a bc d\nab - z$\n")
	for text, want := range map[string]struct{ common, rare bool }{
		"^ab": {true, true}, "^ac": {true, true}, "^ad": {false, true}, "^ae": {},
		"abz": {false, true}, "ab$": {false, true}, "abb": {}, "bab": {},
	} {
		at, bit := letter(text[0])*letters+letter(text[1]), uint32(1)<<letter(text[2])
		if got := table[at][common]&bit != 0; got != want.common {
			t.Errorf("%s: common %v, want %v", text, got, want.common)
		}
		if got := table[at][rare]&bit != 0; got != want.rare {
			t.Errorf("%s: in some words %v, want %v", text, got, want.rare)
		}
	}
}

// The table knows how ordinary words start, go on and end.
func TestTrigramsOfWords(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"^name$", "^status$", "^customer$", "^invoice$"} {
		for i := 0; i+3 <= len(word); i++ {
			at, bit := letter(word[i])*letters+letter(word[i+1]), uint32(1)<<letter(word[i+2])
			if trigrams[at][rare]&bit == 0 {
				t.Errorf("%s is not in the table", word[i:i+3])
			}
		}
	}
}
