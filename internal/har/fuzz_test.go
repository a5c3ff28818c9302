package har_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"akita/internal/har"
	"akita/internal/jsonscan"
)

// Any file gives entries and then an error or none, and the same however it arrives.
func FuzzDecoder(f *testing.F) {
	for _, seed := range []string{whole, archive(whole), `[{}]`, whole + "\n" + whole, "cb(" + archive(whole) + ");", "\ufeff[]", archive() + archive(whole), archive(whole, `{"x":01}`, `{"a":"b`, whole), "{}\n" + whole, `{"entries":[,` + whole} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		urls, err := read(strings.NewReader(file))
		if len(urls) > len(file) {
			t.Errorf("%d entries in %d bytes", len(urls), len(file))
		}
		again, errAgain := read(iotest.OneByteReader(strings.NewReader(file)))
		if !slices.Equal(urls, again) || (err == nil) != (errAgain == nil) || err != nil && err.Error() != errAgain.Error() {
			t.Errorf("whole: %v, %v; byte by byte: %v, %v", urls, err, again, errAgain)
		}
	})
}

// A bad line takes no other line with it.
func FuzzBadLine(f *testing.F) {
	for _, seed := range []string{``, `{`, `[`, `{"a":[`, `"`, `x`, `}`, whole[:40], `{"a":1}{`, "\\", strings.Repeat("[", 600)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		line = strings.ReplaceAll(line, "\n", "")
		urls, err := read(strings.NewReader(entry("/before") + "\n" + line + "\n" + entry("/after") + "\n" + entry("/last")))
		if err != nil || len(urls) < 3 || urls[0] != "/before" || !slices.Equal(urls[len(urls)-2:], []string{"/after", "/last"}) {
			t.Errorf("%v, %v", urls, err)
		}
	})
}

// An entry that is JSON, whatever it holds, takes no other entry with it.
func FuzzOddEntry(f *testing.F) {
	for _, seed := range []string{`{}`, `[[]]`, `"],{\"\\"`, `null`, `1e9`, `{"request":{"method":"GET","url":"/odd"}}`, strings.Repeat("[", 600) + strings.Repeat("]", 600)} {
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

// One entry is read or refused, and what is read is JSON.
func FuzzParseEntry(f *testing.F) {
	f.Add(whole)
	f.Add(`{"request":{"method":"GET","url":"/","headers":[{"name":"a","value":null}]},"response":{"content":{"text":"e30=","encoding":"base64"}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var e har.Entry
		if err := har.ParseEntry([]byte(text), &e); err == nil && !jsonscan.Valid(text) {
			t.Errorf("%q is no JSON and was taken", text)
		}
	})
}
