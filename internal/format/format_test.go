package format_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"akita/internal/format"
)

func detected(text string) string {
	var names []string
	for f := range format.Detect(text).All() {
		names = append(names, f.String())
	}
	return strings.Join(names, " ")
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-01-05": "date", "2026-13-05": "local-phone", "2024-02-29": "date", "2023-02-29": "local-phone",
		"2026-01-05T09:00:00Z": "date-time", "2026-01-05t09:00:00.123456+01:00": "date-time", "2026-01-05T09:00:00": "date-time-local", "2026-01-05 09:00:00": "date-time-local",
		"2026-01-05 09:00:00Z": "date-time-local", "2026-01-05T25:00:00Z": "", "09:30:00": "time-local", "09:30:00Z": "time", "09:61:00": "", "Sun, 06 Nov 1994 08:49:37 GMT": "http-date",
		"P3DT4H": "duration", "PT0.5S": "duration", "P1W": "duration", "P": "", "Paris": "", "P1S": "",
		"0f8fad5b-d9cb-469f-a165-70867728950e": "uuid", "0F8FAD5B-D9CB-469F-A165-70867728950E": "uuid",
		"01ARZ3NDEKTSV4RRFFQ69G5FAV": "ulid", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln": "jwt",
		"ada@example.test": "email", "ada1@example.test": "email", "ada@": "", "a@b@c": "",
		"https://example.test/a?b=c": "uri", "http://": "", "mailto:a@b.c": "uri", "note: this": "", "a:b": "", "http://a b": "", "s3://bucket/key1": "uri", "12:34": "",
		"127.0.0.1": "ipv4", "::1": "ipv6", "2001:db8::8a2e:370:7334": "ipv6", "00:1b:63:84:45:e6": "mac",
		"DE89370400440532013000": "iban", "GB82 WEST 1234 5698 7654 32": "iban", "DE89370400440532013001": "hex", "+49 30 123456": "phone", "+1 (415) 555-0132": "phone",
		"12.50": "decimal", "-0.5": "decimal", "00.5": "", "1.2.3": "semver", "v2.0.0-rc.1": "semver", "256.0.0.1": "",
		"415-555-0132": "local-phone", "4111 1111 1111 1111": "card-number", "4111111111111111": "card-number hex",
		"JP": "country", "fr": "country language", "EUR": "currency", "usd": "currency", "pt-BR": "language", "de_AT": "language", "xq": "", "Jp": "",
		"example.test": "hostname", "api-1.example.test": "hostname", "SGVsbG8gd29ybGQ=": "byte", "5f011a4f10f7846b266f24fae056cc0d198fad55": "hex",
		"hello": "", "": "", "x": "", "1234": "", "SKU-12345-AB": "", "naïve": "", "a\nb": "", "how-to-bake-bread": "",
	} {
		if got := detected(text); got != sorted(want) {
			t.Errorf("Detect(%q) = %q, want %q", text, got, sorted(want))
		}
	}
}

// sorted puts names in the order of their formats.
func sorted(names string) string {
	list := strings.Fields(names)
	slices.SortFunc(list, func(a, b string) int {
		var x, y format.Format
		if x.UnmarshalText([]byte(a)) != nil || y.UnmarshalText([]byte(b)) != nil {
			return strings.Compare(a, b)
		}
		return int(x) - int(y)
	})
	return strings.Join(list, " ")
}

// The suite is the optional formats of JSON Schema's own test suite, draft 2020-12.
func TestFormatsAgreeWithTheJSONSchemaSuite(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../shared/corpus/formats/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		var f format.Format
		if f.UnmarshalText([]byte(strings.TrimSuffix(filepath.Base(file), ".json"))) != nil {
			continue // a format that we do not name
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var groups []struct {
			Tests []struct {
				Description string
				Data        any
				Valid       bool
			}
		}
		if err := json.Unmarshal(raw, &groups); err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			for _, c := range g.Tests {
				text, ok := c.Data.(string)
				if ok && format.Valid(f, text) != c.Valid {
					t.Errorf("%s: %q (%s): valid %v, the suite says %v", f, text, c.Description, !c.Valid, c.Valid)
				}
			}
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, seed := range []string{"2026-01-05T09:00:00Z", "P1DT2H", "a@b.c", "http://[::1]:80/", "xn--9n2bp8q.xn--9t4b11yi5a", "GB82 WEST 1234 5698 7654 32", "+49 (30) 1-2", "1.2.3-a+b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for found := range format.Detect(text).All() {
			if found != format.Duration && found != format.URI && found != format.UnixSeconds && found != format.Country && !format.Valid(found, text) {
				t.Errorf("Detect(%q) says %s, Valid does not", text, found)
			}
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	texts := []string{"2026-01-05T09:00:00Z", "Ada Lovelace", "0f8fad5b-d9cb-469f-a165-70867728950e", "ada.lovelace@example.test", "pending", "http://shop.example.test/api/v1/users?page=2", "5f011a4f10f7846b266f24fae056cc0d198fad55", "SKU-12345-AB"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		format.Detect(texts[i%len(texts)])
	}
}
