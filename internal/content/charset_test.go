package content

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// wideText encodes a text in units of 2 or 4 bytes.
func wideText(text string, size int, order binary.AppendByteOrder) string {
	var out []byte
	if size == 4 {
		for _, r := range text {
			out = order.AppendUint32(out, uint32(r))
		}
		return string(out)
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}

func TestUnicodeText(t *testing.T) {
	t.Parallel()
	const text = `{"name": "Zoë 😀"}`
	const mark = "\ufeff"
	for name, c := range map[string]struct {
		text, charset, want string
		err                 error
	}{
		"UTF-8":                            {text, "", text, nil},
		"UTF-8 under another charset":      {text, "iso-8859-1", text, nil},
		"a mark":                           {mark + text, "", text, nil},
		"a mark read as Latin-1":           {"ï»¿{\"a\": 1}", "", `{"a": 1}`, nil},
		"UTF-16LE, a mark":                 {wideText(mark+text, 2, binary.LittleEndian), "", text, nil},
		"UTF-16BE, a mark":                 {wideText(mark+text, 2, binary.BigEndian), "utf-8", text, nil},
		"UTF-16LE, a mark read as Latin-1": {"ÿþ{\x00}\x00", "", "{}", nil},
		"UTF-16BE, a mark read as Latin-1": {"þÿ\x00{\x00}", "", "{}", nil},
		"UTF-16LE":                         {wideText(text, 2, binary.LittleEndian), "", text, nil},
		"UTF-16BE":                         {wideText(text, 2, binary.BigEndian), "", text, nil},
		"UTF-32LE, a mark":                 {wideText(mark+text, 4, binary.LittleEndian), "", text, nil},
		"UTF-32BE, a mark":                 {wideText(mark+text, 4, binary.BigEndian), "", text, nil},
		"UTF-32LE":                         {wideText(text, 4, binary.LittleEndian), "", text, nil},
		"UTF-32BE":                         {wideText(text, 4, binary.BigEndian), "", text, nil},
		"UTF-16, cut":                      {wideText(text, 2, binary.LittleEndian)[:9], "", "", ErrTruncated},
		"a lone surrogate":                 {"\xff\xfe{\x00\x00\xd8}\x00", "", "{\ufffd}", nil},
		"Latin-1":                          {"{\"a\": \"Zo\xeb\"}", "ISO-8859-1", `{"a": "Zoë"}`, nil},
		"GBK":                              {"{\"a\": \"\xd6\xd0\"}", "gbk", `{"a": "中"}`, nil},
		"Shift JIS with a backslash":       {"{\"a\": \"\x95\x5c\"}", "Shift_JIS", `{"a": "表"}`, nil},
		"no such charset":                  {"\"\xeb\"", "klingon", "\"\xeb\"", ErrCharset},
		"bytes without a charset":          {"\"\xeb\"", "", "\"\xeb\"", nil},
		"bytes with NUL in them":           {"\x00\x01\x02\x03", "", "\x00\x01\x02\x03", nil},
		"one byte":                         {"\x00", "", "\x00", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := unicodeText(c.text, c.charset)
			if !errors.Is(err, c.err) || !errors.Is(err, ErrTruncated) && got != c.want {
				t.Errorf("got %q, %v; want %q, %v", got, err, c.want, c.err)
			}
		})
	}
}

func TestNarrow(t *testing.T) {
	t.Parallel()
	var all strings.Builder // each byte, as Latin-1
	for c := range 0x100 {
		all.WriteRune(rune(c))
	}
	if got, ok := narrow(all.String()); !ok || len(got) != 0x100 || got[0xff] != 0xff {
		t.Errorf("Latin-1: %q, %v", got, ok)
	}
	if got, ok := narrow("x" + high); !ok || len(got) != 33 || got[1] != 0x80 || got[32] != 0x9f {
		t.Errorf("Windows-1252: %q, %v", got, ok)
	}
	for _, text := range []string{"", "ASCII", "中", "é中", "\ufffd", "\xff"} {
		if got, ok := narrow(text); ok {
			t.Errorf("narrow(%q) = %q", text, got)
		}
	}
}

// Whatever the bytes, there is a text or an error.
func FuzzUnicodeText(f *testing.F) {
	f.Add("\xff\xfe{\x00}\x00", "utf-16")
	f.Add("\x00\x00\x00{", "")
	f.Add("\x95\x5c", "shift_jis")
	f.Add("ï»¿{}", "")
	f.Fuzz(func(t *testing.T, text, charset string) {
		got, err := unicodeText(text, charset)
		if err == nil && !utf8.ValidString(got) && got != text {
			if data, ok := narrow(text); !ok || !strings.HasSuffix(data, got) {
				t.Errorf("%q becomes %q, which is not UTF-8", text, got)
			}
		}
	})
}

// What narrow gives is what was widened.
func FuzzNarrow(f *testing.F) {
	f.Add("\x1f\x8b\x08\x00")
	f.Fuzz(func(t *testing.T, data string) {
		var wide strings.Builder
		ascii := true
		for i := range len(data) {
			wide.WriteRune(rune(data[i]))
			ascii = ascii && data[i] < utf8.RuneSelf
		}
		if got, ok := narrow(wide.String()); ok == ascii || ok && got != data {
			t.Errorf("%q becomes %q, %v", data, got, ok)
		}
	})
}
