package content

import (
	"errors"
	"strings"
	"testing"
)

func TestUnchunk(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text   string
		stated bool
		want   string // "" for the text itself
		err    error
	}{
		"one chunk":                     {"5\r\nhello\r\n0\r\n\r\n", false, "hello", nil},
		"two chunks":                    {"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", false, "hello", nil},
		"a size in capitals and zeros":  {"000A\r\n0123456789\r\n0\r\n\r\n", false, "0123456789", nil},
		"an extension":                  {"5;a=b\r\nhello\r\n0;c\r\n\r\n", false, "hello", nil},
		"blanks after the size":         {"5  \r\nhello\r\n0\r\n\r\n", false, "hello", nil},
		"a trailer":                     {"5\r\nhello\r\n0\r\nDigest: x\r\n\r\n", false, "hello", nil},
		"line breaks inside":            {"7\r\na\r\nb\r\nc\r\n0\r\n\r\n", false, "a\r\nb\r\nc", nil},
		"without the last line":         {"5\r\nhello\r\n0\r\n", false, "hello", nil},
		"without the last chunk":        {"5\r\nhello\r\n", true, "hello", nil},
		"without it, not stated":        {"5\r\nhello\r\n", false, "", nil},
		"without the last line break":   {"5\r\nhello", true, "hello", nil},
		"cut":                           {"5\r\nhello\r\n9\r\nwor", true, "", ErrTruncated},
		"cut, not stated":               {"5\r\nhello\r\n9\r\nwor", false, "", nil},
		"nothing, stated":               {"0\r\n\r\n", true, "", nil},
		"a number and an empty line":    {"0\r\n\r\n", false, "0\r\n\r\n", nil},
		"another text after it":         {"5\r\nhello\r\n0\r\nand more", false, "", nil},
		"a chunk that is longer":        {"5\r\nhello!\r\n0\r\n\r\n", false, "", nil},
		"lines that start with numbers": {"5\r\n6\r\n7\r\n", true, "", nil},
		"a huge size":                   {"ffffffffffff\r\nx", true, "", nil},
		"JSON":                          {`{"a": 1}`, true, "", nil},
		"a date":                        {"2026-01-05\r\nx", true, "", nil},
		"words":                         {"feed\r\nme", false, "", nil},
		"nothing at all":                {"", true, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := unchunk(c.text, c.stated)
			if c.want == "" && (name != "nothing, stated" || err != nil) {
				c.want = c.text
			}
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("got %q, %v; want %q, %v", got, err, c.want, c.err)
			}
		})
	}
}

// Sizes count the bytes that were sent, not those of the text that a recorder made of them.
func TestUnchunkedCountsBytes(t *testing.T) {
	t.Parallel()
	d := decoder{}
	got, err := d.unchunked("6\r\nZo\u00c3\u00ab!!\r\n0\r\n\r\n")
	if got != "Zoë!!" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

// A text without the framing of chunks stays, and what is left is shorter.
func FuzzUnchunk(f *testing.F) {
	f.Add("5\r\nhello\r\n0\r\n\r\n", true)
	f.Add("5;a\r\nhello\r\n0\r\nA: b\r\n\r\n", false)
	f.Fuzz(func(t *testing.T, text string, stated bool) {
		got, err := unchunk(text, stated)
		switch {
		case err != nil && (got != text || !stated):
			t.Errorf("%q becomes %q, %v", text, got, err)
		case got != text && len(got) >= len(text):
			t.Errorf("%q becomes %q", text, got)
		case got != text && !strings.Contains(text, "\r\n"):
			t.Errorf("%q becomes %q without a line", text, got)
		}
	})
}
