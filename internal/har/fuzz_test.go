package har_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"akita/internal/har"
	"akita/internal/jsonscan"
)

// The result for a file does not depend on the sizes of the reads.
func FuzzDecoder(f *testing.F) {
	for _, seed := range []string{
		whole, archive(whole), `[{}]`, whole + "\n" + whole, "cb(" + archive(whole) + ");", "\ufeff[]",
		archive() + archive(whole), archive(whole, `{"x":01}`, `{"a":"b`, whole), "{}\n" + whole, `{"entries":[,` + whole,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		urls, err := read(strings.NewReader(file))
		if len(urls) > len(file) {
			t.Errorf("%d entries in %d bytes", len(urls), len(file))
		}
		again, errAgain := read(iotest.OneByteReader(strings.NewReader(file)))
		if !slices.Equal(urls, again) || fmt.Sprint(err) != fmt.Sprint(errAgain) {
			t.Errorf("whole: %v, %v; byte by byte: %v, %v", urls, err, again, errAgain)
		}
	})
}

// The lines before and after a bad line are read.
func FuzzBadLine(f *testing.F) {
	for _, seed := range []string{
		``, `{`, `[`, `{"a":[`, `"`, `x`, `}`, whole[:40], `{"a":1}{`, "\\", strings.Repeat("[", 600),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		line = strings.ReplaceAll(line, "\n", "")
		lines := []string{entry("/before"), line, entry("/after"), entry("/last")}
		urls, err := read(strings.NewReader(strings.Join(lines, "\n")))
		if err != nil || len(urls) < 3 || urls[0] != "/before" ||
			!slices.Equal(urls[len(urls)-2:], []string{"/after", "/last"}) {
			t.Errorf("%v, %v", urls, err)
		}
	})
}

// The entries before and after any JSON value are read.
func FuzzOddEntry(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[[]]`, `"],{\"\\"`, `null`, `1e9`, entry("/odd"), strings.Repeat("[", 600) + strings.Repeat("]", 600),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, odd string) {
		if !json.Valid([]byte(odd)) {
			return
		}
		urls, err := read(strings.NewReader(archive(entry("/before"), odd, entry("/after"))))
		if err != nil || len(urls) != 3 || urls[0] != "/before" || urls[2] != "/after" {
			t.Errorf("%v, %v", urls, err)
		}
	})
}

// ParseEntry accepts nothing but JSON.
func FuzzParseEntry(f *testing.F) {
	f.Add(whole)
	f.Add(`{"request":{"method":"GET","url":"/","headers":[{"name":"a","value":null}]},` +
		`"response":{"content":{"text":"e30=","encoding":"base64"}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var e har.Entry
		if err := har.ParseEntry([]byte(text), &e); err == nil && !jsonscan.Valid(text) {
			t.Errorf("%q is not JSON and is accepted", text)
		}
	})
}
