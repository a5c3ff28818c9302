package har_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"akita/internal/har"
	"akita/internal/jsonscan"
)

// The tests of Decoder also cover errors.go, resync.go, start.go and window.go, which are its parts.

// read returns the URLs of the entries of a file, "!2" for a bad entry 2, and the final error.
func read(r io.Reader) (urls []string, err error) {
	d := har.NewDecoder(r)
	for {
		var e har.Entry
		err := d.Next(&e)
		bad, isBad := errors.AsType[*har.EntryError](err)
		switch {
		case err == nil:
			urls = append(urls, e.Request.URL)
		case isBad:
			urls = append(urls, fmt.Sprintf("!%d", bad.Index))
		case errors.Is(err, io.EOF):
			return urls, nil
		default:
			return urls, err
		}
	}
}

// readers split a file into different reads.
var readers = map[string]func(io.Reader) io.Reader{
	"whole":         func(r io.Reader) io.Reader { return r },
	"byte by byte":  iotest.OneByteReader,
	"data with EOF": iotest.DataErrReader,
}

func entry(url string) string { return `{"request":{"method":"GET","url":"` + url + `"}}` }

// archive returns a HAR of entries.
func archive(entries ...string) string {
	return `{"log":{"version":"1.2","entries":[` + strings.Join(entries, ",") + `]}}`
}

func TestDecoderReadsEveryForm(t *testing.T) {
	t.Parallel()
	big := entry("/" + strings.Repeat("x", 300_000))
	for name, c := range map[string]struct{ file, want string }{
		"HAR": {archive(entry("/a"), entry("/b")), "/a /b"},
		"members before log": {
			`{"x":[1,{"entries":[]}],"log":{"pages":[],"creator":{"entries":[1]},"entries":[` + entry("/a") + `]},"y":1}`,
			"/a",
		},
		"members after the entries": {
			`{"log":{"entries":[` + entry("/a") + `],"pages":[{"id":"p"}],"comment":""},"y":[]}`, "/a",
		},
		"the log alone":                {`{"version":"1.2","pages":[],"entries":[` + entry("/a") + `]}`, "/a"},
		"byte order mark":              {"\ufeff" + archive(entry("/a")), "/a"},
		"JSONP":                        {"onInputData(" + archive(entry("/a")) + ");\n", "/a"},
		"JSONP with a path and spaces": {" \n my.callbacks_$1 ( " + archive(entry("/a")) + " ) ", "/a"},
		"JSONP after a byte order":     {"\ufeffcb(" + archive(entry("/a")) + ")", "/a"},
		"no entries":                   {archive(), ""},
		"no entries in an array":       {`[]`, ""},
		"array":                        {`[` + entry("/a") + `,` + entry("/b") + `]`, "/a /b"},
		"lines":                        {entry("/a") + "\n" + entry("/b") + "\n", "/a /b"},
		"lines with CR and blank ones": {"\r\n" + entry("/a") + "\r\n\r\n" + entry("/b") + "\r\n", "/a /b"},
		"lines with more members": {
			`{"startedDateTime":"x","time":1,"request":{"method":"GET","url":"/a"}}` + "\n" + entry("/b"), "/a /b",
		},
		"one entry": {entry("/a"), "/a"},
		"two HARs":  {archive(entry("/a")) + "\n" + "\ufeff" + archive(entry("/b")), "/a /b"},
		"an array, HARs and lines": {
			`[` + entry("/a") + `]` + archive() + archive(entry("/b")) + entry("/c") + entry("/d"), "/a /b /c /d",
		},
		"an entry larger than a chunk": {
			`[` + entry("/a") + `,` + big + `,` + entry("/b") + `]`, "/a /" + strings.Repeat("x", 300_000) + " /b",
		},
	} {
		for how, reader := range readers {
			t.Run(name+"/"+how, func(t *testing.T) {
				t.Parallel()
				urls, err := read(reader(strings.NewReader(c.file)))
				if got := strings.Join(urls, " "); got != c.want || err != nil {
					t.Errorf("got %.80s, %v; want %.80s", got, err, c.want)
				}
			})
		}
	}
}

func TestDecoderContinuesAfterABadEntry(t *testing.T) {
	t.Parallel()
	a, b := entry("/a"), entry("/b")
	deep := `{"request":` + strings.Repeat(`{"x":[`, jsonscan.MaxDepth) + strings.Repeat(`]}`, jsonscan.MaxDepth) + `}`
	pretty := "{\n  \"request\": {\n    \"method\": \"GET\",\n    \"url\": \"/p\"\n  }\n}\n"
	for name, c := range map[string]struct{ file, want string }{
		"lines: another value":          {a + "\n[]\n7\n\"x\"\n{}\n" + b, "/a !1 !2 !3 !4 /b"},
		"lines: no JSON":                {a + "\nhello\nworld\n" + b, "/a !1 !2 /b"},
		"lines: cut":                    {a + "\n" + a[:len(a)-9] + "\n" + b, "/a !1 /b"},
		"lines: open brackets":          {a + "\n{\"x\":[\n" + b, "/a !1 /b"},
		"lines: an open string":         {a + "\n{\"x\n" + b, "/a !1 /b"},
		"lines: too deep":               {a + "\n" + deep + "\n" + b, "/a !1 /b"},
		"lines: more after the entry":   {a + "]}\n" + b, "/a !1 /b"},
		"lines: the first is bad":       {"{}\n" + a + "\n" + b, "!0 /a /b"},
		"lines: the first is cut":       {`{"startedDateTime":"2026` + "\n" + a + "\n" + b, "!0 /a /b"},
		"lines: the last is cut":        {a + "\n" + b + "\n" + a[:20], "/a /b !2"},
		"lines: over several":           {pretty + "{\n  \"request\": x\n}\n" + pretty, "/p !1 /p"},
		"array: another value":          {`[` + a + `,[],7,"x",{},null,` + b + `]`, "/a !1 !2 !3 !4 !5 /b"},
		"array: no JSON":                {archive(a, `hello`, `{'a':1}`, `{"a":01}`, `NaN`, b), "/a !1 !2 !3 !4 /b"},
		"array: two commas":             {archive(a, ``, b), "/a !1 /b"},
		"array: a comma at the start":   {`[,` + a + `]`, "!0 /a"},
		"array: a comma at the end":     {`[` + a + `,]`, "/a !1"},
		"array: no comma":               {`[` + a + ` ` + b + `,` + a + `]`, "/a !1 /a"},
		"array: too deep":               {archive(a, deep, b), "/a !1 /b"},
		"array: a control character":    {archive(a, "{\"x\":\"a,]\x01\"}", b), "/a !1 /b"},
		"array: brackets in a string":   {archive(a, `{"x":"]},\",]"y}`, b), "/a !1 /b"},
		"array: a string without end":   {"[" + a + ",\n{\"x\":\"a\\\n},\n" + b + "]", "/a !1 /b"},
		"array: a bracket too many":     {archive(a, `{"x":1}}`, b), "/a !1 !2 /b"},
		"array: bad after the mistake":  {archive(a, `x`, b) + archive(b), "/a !1 /b /b"},
		"array: a broken entry is last": {archive(a, b, `{"x"}`), "/a /b !2"},
	} {
		for how, reader := range readers {
			t.Run(name+"/"+how, func(t *testing.T) {
				t.Parallel()
				urls, err := read(reader(strings.NewReader(c.file)))
				if got := strings.Join(urls, " "); got != c.want || err != nil {
					t.Errorf("got %s, %v; want %s", got, err, c.want)
				}
			})
		}
	}
}

func TestDecoderSkipsALargeEntry(t *testing.T) {
	t.Parallel()
	a, b, huge := entry("/a"), entry("/b"), entry("/"+strings.Repeat("x", 400_000))
	for name, file := range map[string]string{
		"array": archive(a, huge, b), "lines": a + "\n" + huge + "\n" + b,
	} {
		d := har.NewDecoder(strings.NewReader(file))
		d.SetLimit(200_000)
		var e har.Entry
		if err := d.Next(&e); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		err := d.Next(&e)
		if _, bad := errors.AsType[*har.EntryError](err); !bad || !errors.Is(err, har.ErrTooLarge) {
			t.Errorf("%s: the huge entry: %v", name, err)
		}
		if err := d.Next(&e); err != nil || e.Request.URL != "/b" {
			t.Errorf("%s: after it: %s, %v", name, e.Request.URL, err)
		}
	}
}

// The error names the first entry that cannot be read; the entries before are read.
func TestDecoderReportsWhereAFileBreaks(t *testing.T) {
	t.Parallel()
	a, b := entry("/a"), entry("/b")
	for name, c := range map[string]struct{ file, urls, want string }{
		"truncated before the entries": {`{"log":{"version":"1.2",`, "", "0 on: the file is truncated"},
		"truncated in the first entry": {archive(a)[:50], "", "0 on: the file is truncated"},
		"truncated after an entry":     {strings.TrimSuffix(archive(a), "]}}"), "/a", "1 on: the file is truncated"},
		"truncated in an entry":        {archive(a, b)[:90], "/a", "1 on: the file is truncated"},
		"an open array":                {`[` + a, "/a", "1 on: the file is truncated"},
		"an open entry": {
			archive(a, `{"x":{}`, b), "/a", "1 on: invalid JSON at byte 83: expected the name of a member",
		},
		"an open entry before others": {
			`{"log":{"entries":[` + a + `,{"x":{},` + b + `,` + b + `],"pages":[]}}`, "/a",
			"1 on: invalid JSON at byte 67: expected the name of a member",
		},
		"an entry with a wrong bracket":   {archive(a, `{"x":[}`, b), "/a", "1 on: invalid JSON"},
		"an entry of nothing but opening": {`[` + a + `,` + strings.Repeat("[", 2_000_000), "/a", "1 on: invalid JSON"},
		"invalid JSON before the entries": {
			`{"log":{"version" "1.2"}}`, "", "0 on: invalid JSON at byte 18: expected a colon",
		},
		"invalid JSON after the entries": {
			`{"log":{"entries":[` + a + `],7}}`, "/a", "1 on: invalid JSON at byte 60: expected the name of a member",
		},
		"an invalid member name": {
			`{"log":{"entries":[` + a + `],"\x":7}}`, "/a", "1 on: invalid JSON at byte 61: invalid escape",
		},
		"another file after the HAR": {
			archive(a) + "<html>", "/a", "1 on: not a HAR file: it is HTML or XML",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			urls, err := read(strings.NewReader(c.file))
			_, broken := errors.AsType[*har.BrokenError](err)
			if want := "cannot read from entry " + c.want; !broken || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
			if got := strings.Join(urls, " "); got != c.urls {
				t.Errorf("entries %s, want %s", got, c.urls)
			}
		})
	}
}

func TestDecoderRejectsOtherFiles(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		``:                                    "not a HAR file: it is empty",
		" \n\t":                               "not a HAR file: it is empty",
		"\ufeff":                              "not a HAR file: it is empty",
		`hello`:                               "not a HAR file: it is not JSON",
		`hello(world)`:                        "not a HAR file: it is not JSON",
		`"x"`:                                 "not a HAR file: it is not JSON",
		`{}`:                                  `not a HAR file: it has neither "log"`,
		`{"log":[]}`:                          `not a HAR file: it has neither "log"`,
		"{\n  \"openapi\": \"3.1.0\"\n}\n":    `not a HAR file: it has neither "log"`,
		`{"log":{}}`:                          `not a HAR file: its "log" has no array "entries"`,
		`{"log":{"entries":{}}}`:              `not a HAR file: its "log" has no array "entries"`,
		"<!DOCTYPE html>\n<html>":             "not a HAR file: it is HTML or XML: export",
		" <?xml version=\"1.0\"?>":            "not a HAR file: it is HTML or XML: export",
		"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR": "not a HAR file: it is binary",
		"caf\xe9":                             "not a HAR file: it is binary",
		strings.Repeat("é", 400):              "not a HAR file: it is not JSON",
		"PK\x03\x04\x14\x00":                  "not a HAR file: it is a zip archive: unpack it first",
		"\x28\xb5\x2f\xfd\x04":                "not a HAR file: it is compressed with zstd: unpack it first",
		"\x1f\x8b\x08":                        "not a HAR file: it is compressed with gzip twice: unpack it first",
		"\xff\xfe{\x00":                       "not a HAR file: it is text in UTF-16: save it as UTF-8",
		"\xfe\xff\x00{":                       "not a HAR file: it is text in UTF-16: save it as UTF-8",
	} {
		_, err := read(strings.NewReader(file))
		if !errors.Is(err, har.ErrNotHAR) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.20q: %v, want %q", file, err, want)
		}
	}
}

func TestDecoderReturnsTheErrorOfTheReader(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"at the start":  "",
		"in an array":   "[" + entry("/a"),
		"after a line":  entry("/a") + "\n",
		"in an element": "[" + entry("/a") + `,{"x`,
		"in a line":     entry("/a") + "\n{\"x",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			urls, err := read(io.MultiReader(strings.NewReader(file), iotest.ErrReader(io.ErrClosedPipe)))
			if !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("got %v", err)
			}
			if len(file) > 0 && strings.Join(urls, " ") != "/a" {
				t.Errorf("entries %v", urls)
			}
		})
	}
}

func TestDecoderReportsTruncationAnywhere(t *testing.T) {
	t.Parallel()
	file := archive(entry("/a"), entry("/b"))
	for n := range len(file) - 2 { // without the last two brackets the file still has all its entries
		if urls, err := read(strings.NewReader(file[:n])); err == nil {
			t.Errorf("truncated at %d: no error, %v", n, urls)
		}
	}
}

// Errors are displayed and logged, so they must not quote the file.
func TestErrorsDoNotQuoteTheFile(t *testing.T) {
	t.Parallel()
	const canary = "canary"
	for _, file := range []string{
		canary, `{"canary":"canary"}`, `{"canary" canary}`, `{"log":{"canary":canary}}`, `[canary]`, `["canary"]`,
		`[{"request":"canary"}]`, `["canary`, `[{"canary":"canary` + "\x01" + `"}]`,
		archive(`{"canary"}`), archive(`{"request":{"method":"canary"}}`),
		archive(`{"request":{"method":"GET","url":"data:canary"}}`), archive(entry("/"), `"\canary"`),
		entry("/") + "\ncanary\n", "canary(canary)", "<canary>", "canary\x00",
	} {
		d := har.NewDecoder(strings.NewReader(file))
		for {
			var e har.Entry
			err := d.Next(&e)
			if err != nil && strings.Contains(err.Error(), canary) {
				t.Errorf("%q: the error quotes it: %v", file, err)
			}
			if _, bad := errors.AsType[*har.EntryError](err); err != nil && !bad {
				break
			}
		}
	}
}
