package printable

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "",
		"shop 1, café – 店 \"a\"":   "shop 1, café – 店 \"a\"",
		"a\nb\r\tc":                `a\nb\r\tc`,
		"\x00\x1b[31m\x7f":         `\x00\x1b[31m\x7f`,
		"\u0085\u009b31m":          `\u0085\u009b31m`, // C1 controls: next line, and a control sequence
		"\u2028\u2029":             `\u2028\u2029`,    // separators of lines and paragraphs
		"\u202egnp.exe\u202c":      `\u202egnp.exe\u202c`,
		"\u2066\u200f\u200b\ufeff": `\u2066\u200f\u200b\ufeff`,
		"\u00a0\u3000":             `\u00a0\u3000`, // spaces that are not U+0020
		"\U000e0041":               `\U000e0041`,   // an invisible tag
		"\x9b31m\xff":              "\ufffd31m\ufffd",
	} {
		if got := Text(text); got != want {
			t.Errorf("%+q: %s, want %s", text, got, want)
		}
	}
	if got := Lines("a\nb\u202e\n"); got != "a\nb\\u202e\n" {
		t.Errorf("lines: %q", got)
	}
}

func FuzzText(f *testing.F) {
	f.Add("a\u202e\u009b\xff")
	f.Fuzz(func(t *testing.T, text string) {
		got := Text(text)
		if !utf8.ValidString(got) {
			t.Errorf("%q is not UTF-8", got)
		}
		for _, r := range got {
			if !unicode.IsPrint(r) {
				t.Errorf("%q holds %U", got, r)
			}
		}
	})
}
