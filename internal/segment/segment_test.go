package segment_test

import (
	"strings"
	"testing"

	"akita/internal/segment"
)

// written writes a segment with its values in angle brackets; the code of a word is bare.
func written(s segment.Segment) string {
	if s.Value == "" {
		return s.Word
	}
	var b strings.Builder
	b.WriteString(s.Prefix + "<" + s.Value + ">" + s.Suffix)
	for _, v := range s.More {
		b.WriteString("<" + v.Text + ">" + v.Suffix)
	}
	return b.String()
}

// Each row is a segment, taken apart: values are in angle brackets.
func TestParse(t *testing.T) {
	t.Parallel()
	for name, rows := range map[string][]string{
		"words": {"", "users", "v1", "set_password", "robots.txt", "chat.postMessage", "app.bsky.feed.getTimeline",
			"com.example.app", "com.atproto.server.createSession", "users.info", "_search", "_all_docs", "conversations.list"},
		"values": {"<17>", "<0f8fad5b-d9cb-469f-a165-70867728950e>", "<ada@example.test>", "<Ada Lovelace>",
			"<2026-01-05>", "<user-42>", "<1.2.3.4>", "<{id}>", "<1,2>", "<lodash@4.17.21>"},
		"marks": {"-", "_", "~", "*", "+", "--", "$batch", "$metadata", "$everything", "<$17>", "<$x9f8k2>"},
		"handles": {"@<amber>", "~<amber>", "@<amber.lee>", "@<17>", "~<17>", "@<amber@social.example>", "@<amber>.json",
			"@me", "@original", "@vocabularies", "<@amber:example.org>", "<@scope/name>"},
		"pairs": {"interface=<eth0>", "year=<2026>", "uid=<ann,ou=people>", "<x9f8k2q7=1>", "<dGhlLXF1aWNr==>", "<=x>"},
		"actions": {"<17>:cancel", "acme:undelete", "orders:batchGet", "<p-12345>:testIamPermissions", "docs:runQuery",
			"gemini-1.5-pro:streamGenerateContent", "Products(<1>):restore"},
		"ids of kinds": {"<org.couchdb.user:amber>", "<user:amber>", "<acct:amber@example.org>", "<urn:li:person:amber>",
			"<did:plc:ewvi7nxzyoun6zhxrhs64oiz>", "<did:web:amber.example>", "<17:amber>", "<#general:example.org>",
			"<!abc:example.org>", "<github:amber>", "<10:30>", "<:id>", "<x:>", "<amber:calendar>"},
		"modules": {"ietf-interfaces:interfaces", "openconfig-system:system", "<ietf-system:amber>", "ietf-system:system-state", "ietf-yang-library:yang-library", "<user:user-amber>",
			"ietf-interfaces:interface=<eth0>"},
		"hosts": {"<amber.social.example>", "<example.com>", "<shop.example.co.uk>", "<amber.bsky.social>", "<a-b.example.de>",
			"messages.de", "admin.users.list", "team.profile.get", "index.html", "app.min.js"},
		"endings": {"<123>.json", "<2026-01-05>.csv", "abc.tar.gz", "manifest.m3u8", "jungle-otter.png", "<x9f8k2q7>.m3u8", "<manifest.x9f8k2q7>", "<17>.tar.gz", "<17>.csv.gz", "<17>.gz", "diffs.json",
			"<logo-2026>.png", "<a.b-2026>.pdf"},
	} {
		checkParsed(t, name, rows)
	}
}

// checkParsed checks segments that are written with their values in angle brackets.
func checkParsed(t *testing.T, name string, rows []string) {
	t.Helper()
	for _, want := range rows {
		text := strings.NewReplacer("<", "", ">", "").Replace(want)
		if got := written(segment.Parse(text)); got != want {
			t.Errorf("%s: %q is %s, want %s", name, text, got, want)
		}
	}
}

func TestCutSuffix(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"17:cancel": {"17", ":cancel"}, "17.csv": {"17", ".csv"}, "a.tar.gz": {"a", ".tar.gz"}, "17:amber": {"17:amber", ""},
		".csv": {".csv", ""}, ":cancel": {":cancel", ""}, "17": {"17", ""}, "": {"", ""}, "a.b.csv": {"a.b", ".csv"},
		"tar.gz": {"tar", ".gz"},
	} {
		if stem, suffix := segment.CutSuffix(text); stem != want[0] || suffix != want[1] {
			t.Errorf("CutSuffix(%q) = %q, %q, want %q", text, stem, suffix, want)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"a/b/c":                         "a | b/c",
		"a":                             "a |  end",
		"a/":                            "a | ",
		"file('/sites/x')/content":      "file('/sites/x') | content",
		"file('/sites/x').json/content": "file('/sites/x').json | content",
		"file('/sites/x')":              "file('/sites/x') |  end",
		"file('x')/content":             "file('x') | content",
		"file('/sites/x/content":        "file(' | sites/x/content",
		"it's/here('x')":                "it's | here('x')",
	} {
		first, rest, more := segment.Cut(path)
		got := first + " | " + rest
		if !more {
			got += " end"
		}
		if got != want {
			t.Errorf("Cut(%q) is %s, want %s", path, got, want)
		}
	}
}

func TestUnescape(t *testing.T) {
	t.Parallel()
	for escaped, want := range map[string]string{"a%20b": "a b", "%40me": "@me", "100%": "100%", "a": "a"} {
		if got := segment.Unescape(escaped); got != want {
			t.Errorf("Unescape(%q) = %q, want %q", escaped, got, want)
		}
	}
}

// FuzzParse checks that a segment is the code and the values that it is taken apart into, and that
// only names, marks and operators are code.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "users", "17.csv", "Products(1)", "a;b=1;c=2", "@me", "x:y:cancel", "f(a='b,c',d=2)[3]"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := segment.Parse(text)
		if s.Value == "" && (s.Prefix != "" || s.Suffix != "" || len(s.More) > 0) || s.Value != "" && s.Word != "" {
			t.Fatalf("%q is half a word and half a value: %+v", text, s)
		}
		bare := strings.NewReplacer("<", "", ">", "")
		whole := bare.Replace(written(s))
		if !strings.Contains(text, ";") && whole != bare.Replace(text) {
			t.Fatalf("%q became %q", text, whole)
		}
		var suffixes []string
		for _, v := range s.More {
			suffixes = append(suffixes, v.Suffix)
			if v.Text == "" {
				t.Fatalf("%q has an empty value", text)
			}
		}
		form := segment.Form(s.Prefix, s.Suffix, suffixes...)
		if code := segment.Code(form); s.Value != "" && len(code) != len(s.More)+2 {
			t.Fatalf("%q has the form %q with %d values, want %d", text, form, len(code)-1, len(s.More)+1)
		}
		for _, code := range append([]string{s.Word, s.Prefix, s.Suffix}, suffixes...) {
			if i := strings.IndexFunc(code, isNoCode); i >= 0 {
				t.Fatalf("%q has code with %q", text, code[i:])
			}
		}
	})
}

func isNoCode(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' ||
		strings.ContainsRune("-_.~+,:;=@$*!()[]'", r))
}
