package content_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"akita/internal/content"
)

// packed compresses a text; coding is as in Content-Encoding, or "raw" for deflate without a header.
func packed(t testing.TB, coding, text string) string {
	t.Helper()
	var out bytes.Buffer
	var z io.WriteCloser
	var err error
	switch coding {
	case "gzip":
		z = gzip.NewWriter(&out)
	case "deflate":
		z = zlib.NewWriter(&out)
	case "raw":
		z, err = flate.NewWriter(&out, flate.BestCompression)
	case "br":
		z = brotli.NewWriter(&out)
	case "zstd":
		z, err = zstd.NewWriter(&out)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// latin1 is how a recorder writes bytes that it reads as Latin-1.
func latin1(data string) string {
	var out strings.Builder
	for i := range len(data) {
		out.WriteRune(rune(data[i]))
	}
	return out.String()
}

// windows1252 is latin1 as a browser reads it, for the bytes that the tests have.
func windows1252(data string) string {
	return strings.NewReplacer("\u008b", "‹", "\u0080", "€", "\u0093", "“", "\u009c", "œ").Replace(latin1(data))
}

// chunked frames a text in chunks of n bytes.
func chunked(text string, n int) string {
	var out strings.Builder
	for len(text) > 0 {
		m := min(n, len(text))
		fmt.Fprintf(&out, "%x\r\n%s\r\n", m, text[:m])
		text = text[m:]
	}
	return out.String() + "0\r\n\r\n"
}

const (
	object = `{"id": 7, "name": "Zoë", "tags": ["a", "b"], "text": "a rather long text, long enough"}`
	page   = "<html><body>hello, hello, hello</body></html>"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	gz, zl, raw := packed(t, "gzip", object), packed(t, "deflate", object), packed(t, "raw", object)
	br, zs := packed(t, "br", object), packed(t, "zstd", object)
	hint := func(coding string) content.Hints { return content.Hints{Coding: coding} }
	foreign := func(coding string) content.Hints { return content.Hints{Coding: coding, Foreign: true} }
	for name, c := range map[string]struct {
		text string
		content.Hints
		want string
		err  error
	}{
		"plain":                             {object, hint(""), object, nil},
		"plain, with the header of gzip":    {object, hint("gzip"), object, nil},
		"plain, with the header of br":      {object, hint("br"), object, nil},
		"plain, with the header of deflate": {object, foreign("deflate"), object, nil},
		"plain, with an unknown header":     {object, hint("aws-chunked"), object, nil},
		"a page, with the header of br":     {page, hint("br"), page, nil},
		"empty":                             {"", hint("gzip"), "", nil},
		"gzip":                              {gz, hint("gzip"), object, nil},
		"gzip, by its name of old":          {gz, hint(" X-GZip "), object, nil},
		"gzip without a header":             {gz, hint(""), object, nil},
		"gzip under another header":         {gz, hint("br"), object, nil},
		"gzip in two members":               {packed(t, "gzip", object[:9]) + packed(t, "gzip", object[9:]), hint("gzip"), object, nil},
		"gzip and more":                     {gz + "\x00\x00\x00\x00", hint("gzip"), object, nil},
		"gzip of nothing":                   {packed(t, "gzip", ""), hint("gzip"), "", nil},
		"gzip, cut":                         {gz[:40], hint("gzip"), "", content.ErrTruncated},
		"gzip, cut in its header":           {gz[:6], hint("gzip"), "", content.ErrTruncated},
		"gzip with a wrong sum":             {gz[:len(gz)-8] + "12345678", hint("gzip"), "", content.ErrDamaged},
		"gzip in gzip":                      {packed(t, "gzip", gz), hint("gzip, gzip"), object, nil},
		"gzip in gzip, stated once":         {packed(t, "gzip", gz), hint("gzip"), object, nil},
		"gzip read as Latin-1":              {latin1(gz), hint("gzip"), object, nil},
		"gzip read as Windows-1252":         {windows1252(gz), hint(""), object, nil},
		"gzip read as UTF-8":                {strings.ToValidUTF8(gz, "\ufffd"), hint("gzip"), "", content.ErrDamaged},
		"gzip in base64":                    {base64.StdEncoding.EncodeToString([]byte(gz)), hint(""), object, nil},
		"gzip in base64 of URLs":            {base64.RawURLEncoding.EncodeToString([]byte(gz)), hint(""), object, nil},
		"what looks like gzip in base64":    {"H4sI am a sentence", hint(""), "H4sI am a sentence", nil},
		"deflate":                           {zl, hint("deflate"), object, nil},
		"deflate without a header":          {zl, hint(""), object, nil},
		"deflate, raw":                      {raw, hint("deflate"), object, nil},
		"deflate, raw, read as Latin-1":     {latin1(raw), hint("deflate"), object, nil},
		"deflate, raw, and more":            {raw + "x", hint("deflate"), "", content.ErrDamaged},
		"deflate, cut":                      {zl[:len(zl)-6], hint("deflate"), "", content.ErrTruncated},
		"a word like deflate":               {"x^2 + y^2 = z^2", hint(""), "x^2 + y^2 = z^2", nil},
		"br":                                {br, hint("br"), object, nil},
		"br of a page":                      {packed(t, "br", page), hint("br"), page, nil},
		"br read as Latin-1":                {latin1(br), hint("br"), object, nil},
		"br, cut":                           {br[:len(br)-9], hint("br"), "", content.ErrTruncated},
		"br in gzip":                        {packed(t, "gzip", br), hint("br, gzip"), object, nil},
		"gzip in br":                        {packed(t, "br", gz), hint("gzip, br"), object, nil},
		"gzip in br, gzip is undone":        {br, hint("gzip, br"), object, nil},
		"br that is none":                   {strings.Repeat("\xff\x01", 40), hint("br"), "", content.ErrDamaged},
		"zstd":                              {zs, hint("zstd"), object, nil},
		"zstd without a header":             {zs, hint(""), object, nil},
		"zstd read as Latin-1":              {latin1(zs), hint(""), object, nil},
		"zstd, cut":                         {zs[:len(zs)-6], hint("zstd"), "", content.ErrTruncated},
		"an unknown coding":                 {"\x1f\x9d\x90\x00\x01", hint("compress"), "", content.ErrUnknownCoding},
		"bytes without a header":            {"\x00\x01\x02\xff", hint(""), "\x00\x01\x02\xff", nil},
		"a file that is compressed":         {gz, content.Hints{Opaque: true}, gz, nil},
		"a file, compressed on the way":     {gz, content.Hints{Opaque: true, Coding: "gzip"}, object, nil},
		"chunks":                            {chunked(object, 10), hint(""), object, nil},
		"chunks of gzip":                    {chunked(gz, 10), hint("gzip"), object, nil},
		"chunks of br":                      {chunked(br, 10), hint("br"), object, nil},
		"UTF-8 with a mark":                 {"\ufeff" + object, hint(""), object, nil},
		"gzip of UTF-8 with a mark":         {packed(t, "gzip", "\ufeff"+object), hint("gzip"), object, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := content.Decode(c.text, c.Hints)
			if c.err != nil {
				c.want = c.text
			}
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("got %q, %v; want %q, %v", got, err, c.want, c.err)
			}
		})
	}
}

// Every coding stops at the limit, alone and around another.
func TestDecodeIsBounded(t *testing.T) {
	t.Parallel()
	zeros := strings.Repeat("0", 30<<20)
	for _, coding := range []string{"gzip", "deflate", "raw", "br", "zstd"} {
		t.Run(coding, func(t *testing.T) {
			t.Parallel()
			header := coding
			if coding == "raw" {
				header = "deflate"
			}
			bomb := packed(t, coding, zeros)
			for name, c := range map[string]struct {
				text string
				content.Hints
			}{
				"by ratio":   {bomb, content.Hints{Coding: header}},
				"by limit":   {bomb, content.Hints{Coding: header, Limit: 1000}},
				"two layers": {packed(t, "gzip", bomb), content.Hints{Coding: header + ", gzip"}},
			} {
				if got, err := content.Decode(c.text, c.Hints); !errors.Is(err, content.ErrTooLarge) || got != c.text {
					t.Errorf("%s: %d bytes, %v", name, len(got), err)
				}
			}
		})
	}
}

func TestLayersAreBounded(t *testing.T) {
	t.Parallel()
	text := object
	for range 20 {
		text = packed(t, "gzip", text)
	}
	if _, err := content.Decode(text, content.Hints{}); !errors.Is(err, content.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestLooksLikeText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": true, object: true, "a\r\n\tb": true, "\ufeffx": true, "\ufffd": true, "Zo\u00eb": true,
		strings.Repeat("x", 1023) + "é": true, // its last character is cut by the probe
		"a\x00b":                        false, "\x1b[0m": false, "\x89PNG\r\n\x1a\n": false, "a\xffb": false, "a\u0090b": false,
		"{\x00}\x00": true, "\xff\xfe{\x00": true,
	} {
		if got := content.LooksLikeText(text); got != want {
			t.Errorf("LooksLikeText(%q) = %v", text, got)
		}
	}
}

// What is encoded comes back, and any text and header give a text or an error within the limit.
func FuzzDecode(f *testing.F) {
	for _, coding := range []string{"gzip", "deflate", "raw", "br", "zstd"} {
		f.Add(packed(f, coding, object), coding, "chunked", "utf-8")
		f.Add(latin1(packed(f, coding, page)), coding+", gzip", "", "shift_jis")
	}
	f.Add(chunked(object, 7), "", "chunked", "")
	f.Add("\xff\xfe{\x00}\x00", "br", "", "utf-16")
	f.Fuzz(func(t *testing.T, text, coding, framing, charset string) {
		const limit = 1 << 16
		for _, foreign := range []bool{false, true} {
			h := content.Hints{Coding: coding, Framing: framing, Charset: charset, Foreign: foreign, Limit: limit}
			got, err := content.Decode(text, h)
			if most := 4 * max(limit, len(text)); len(got) > most { // a character may take more bytes in UTF-8
				t.Errorf("%d bytes become %d", len(text), len(got))
			}
			if err != nil && !errors.Is(err, content.ErrCharset) && got != text {
				t.Errorf("after %v the text is changed", err)
			}
		}
	})
}

func FuzzRoundTrip(f *testing.F) {
	f.Add(object)
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || !content.LooksLikeText(text) || strings.HasPrefix(text, "\ufeff") {
			return
		}
		if plain, err := content.Decode(text, content.Hints{}); err != nil || plain != text {
			return // it is encoded by itself
		}
		for _, coding := range []string{"gzip", "deflate", "raw", "br", "zstd"} {
			header := strings.Replace(coding, "raw", "deflate", 1)
			data := packed(t, coding, text)
			for _, written := range []string{data, latin1(data)} {
				got, err := content.Decode(written, content.Hints{Coding: header, Foreign: true})
				if err != nil || got != text {
					t.Errorf("%s: %q becomes %q, %v", coding, text, got, err)
				}
			}
		}
	})
}
