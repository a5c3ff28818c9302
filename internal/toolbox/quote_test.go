package toolbox

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestQuoted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       `""`,
		"sku":                    `"sku"`,
		`a"b\c`:                  `"a\"b\\c"`,
		"größe 名":                `"größe 名"`,
		"a\nb\x00\x7f":           `"a\u000ab\u0000\u007f"`,
		"a\u2028\u202e\u200b":    `"a\u2028\u202e\u200b"`,
		"\U000e0041":             `"\udb40\udc41"`, // an invisible tag
		"\xff":                   `"` + "\ufffd" + `"`,
		strings.Repeat("a", 121): `"` + strings.Repeat("a", 120) + `"…`,
		strings.Repeat("名", 121): `"` + strings.Repeat("名", 24) + `"…`,
	} {
		if got := quoted(text); got != want {
			t.Errorf("quoted(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestMethodIsQuotedIfUnusual(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"GET": "GET", "PURGE": `"PURGE"`, "SAY YES": `"SAY YES"`} {
		if got := method(name); got != want {
			t.Errorf("method(%q) = %s, want %s", name, got, want)
		}
	}
}

func FuzzQuoted(f *testing.F) {
	for _, text := range []string{"", `"`, "\n", "\u2028", "\xff", "\U000e0041", strings.Repeat(`\`, 500)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := quoted(text)
		if !utf8.ValidString(q) || size(q) > maxName+20*wholeToken {
			t.Fatalf("%q is not valid or has %d bytes", q, len(q))
		}
		if strings.ContainsFunc(q, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Fatalf("%q has a character that is not printable", q)
		}
		var back string
		if err := json.Unmarshal([]byte(strings.TrimSuffix(q, "…")), &back); err != nil {
			t.Fatalf("%q is no JSON string: %v", q, err)
		}
		if valid := strings.ToValidUTF8(text, "\ufffd"); utf8.ValidString(text) && !strings.HasPrefix(valid, back) {
			t.Fatalf("%q reads as %q", text, back)
		}
	})
}
