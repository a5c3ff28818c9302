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

// The tests of Detect and Valid also cover codes.go, net.go and time.go, which hold the
// formats.

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
		"2026-01-05":                           "date",
		"2026-13-05":                           "local-phone",
		"2024-02-29":                           "date",
		"2023-02-29":                           "local-phone",
		"2026-01-05T09:00:00Z":                 "date-time",
		"2026-01-05t09:00:00.123456+01:00":     "date-time",
		"2026-01-05T09:00:00":                  "date-time-local",
		"2026-01-05 09:00:00":                  "date-time-local",
		"2026-01-05 09:00:00Z":                 "date-time-local",
		"2026-01-05T25:00:00Z":                 "",
		"09:30:00":                             "time-local",
		"09:30:00Z":                            "time",
		"09:61:00":                             "",
		"Sun, 06 Nov 1994 08:49:37 GMT":        "http-date",
		"P3DT4H":                               "duration",
		"PT0.5S":                               "duration",
		"P1W":                                  "duration",
		"P":                                    "",
		"Paris":                                "",
		"P1S":                                  "",
		"0f8fad5b-d9cb-469f-a165-70867728950e": "uuid",
		"0F8FAD5B-D9CB-469F-A165-70867728950E": "uuid",
		"01ARZ3NDEKTSV4RRFFQ69G5FAV":           "ulid",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln": "jwt",
		"ada@example.test":                          "email",
		"ada1@example.test":                         "email",
		"ada@":                                      "",
		"a@b@c":                                     "",
		"https://example.test/a?b=c":                "uri",
		"http://":                                   "",
		"mailto:a@b.c":                              "uri",
		"note: this":                                "",
		"a:b":                                       "",
		"http://a b":                                "",
		"s3://bucket/key1":                          "uri",
		"12:34":                                     "",
		"127.0.0.1":                                 "ipv4",
		"::1":                                       "ipv6",
		"::":                                        "ipv6",
		"fe::ab":                                    "ipv6",
		"a:b:c":                                     "",
		"xn--bcher-kva":                             "hostname",
		"2001:db8::8a2e:370:7334":                   "ipv6",
		"00:1b:63:84:45:e6":                         "mac",
		"DE89370400440532013000":                    "iban",
		"GB82 WEST 1234 5698 7654 32":               "iban",
		"DE89370400440532013001":                    "hex",
		"+49 30 123456":                             "phone",
		"+1 (415) 555-0132":                         "phone",
		"12.50":                                     "decimal",
		"-0.5":                                      "decimal",
		"00.5":                                      "",
		"1.2.3":                                     "semver",
		"v2.0.0-rc.1":                               "semver",
		"2.10.1":                                    "semver",
		"10.12.2023":                                "local-phone",
		"1.2.2023":                                  "",
		"12.31.2023":                                "local-phone",
		"2023.12.10":                                "local-phone",
		"2023.1.2":                                  "",
		"13.13.2023":                                "semver local-phone",
		"32.1.2023":                                 "semver local-phone",
		"0.1.2023":                                  "semver",
		"1.2.3023":                                  "semver",
		"1.2.20230":                                 "semver local-phone",
		"v2023.12.10":                               "semver",
		"2023.12.10-rc.1":                           "semver",
		"256.0.0.1":                                 "",
		"415-555-0132":                              "local-phone",
		"4111 1111 1111 1111":                       "card-number",
		"4111111111111111":                          "card-number hex",
		"JP":                                        "country",
		"fr":                                        "country language",
		"EUR":                                       "currency",
		"usd":                                       "currency",
		"pt-BR":                                     "language",
		"de_AT":                                     "language",
		"AA":                                        "",
		"xq":                                        "",
		"Jp":                                        "",
		"example.test":                              "hostname",
		"api-1.example.test":                        "hostname",
		"SGVsbG8gd29ybGQ=":                          "byte",
		"5f011a4f10f7846b266f24fae056cc0d198fad55": "hex",
		"hello":             "",
		"":                  "",
		"x":                 "",
		"1234":              "",
		"SKU-12345-AB":      "",
		"naïve":             "",
		"a\nb":              "",
		"how-to-bake-bread": "",
	} {
		if got := detected(text); got != sorted(want) {
			t.Errorf("Detect(%q) = %q, want %q", text, got, sorted(want))
		}
	}
}

// sorted returns names in the order of their formats.
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

// suiteCase is one string of the JSON Schema test suite, draft 2020-12, optional formats.
type suiteCase struct {
	format      format.Format
	text        string
	description string
	valid       bool
}

// suite reads the cases of the formats of this package from outside the repository.
func suite(t *testing.T) []suiteCase {
	t.Helper()
	files, err := filepath.Glob("../../../shared/corpus/formats/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("../shared/corpus/formats is absent; TestDetect and TestValid have the same traits")
	}
	var cases []suiteCase
	for _, file := range files {
		var f format.Format
		if f.UnmarshalText([]byte(strings.TrimSuffix(filepath.Base(file), ".json"))) != nil {
			continue // this package does not have the format
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
				if text, ok := c.Data.(string); ok {
					cases = append(cases, suiteCase{f, text, c.Description, c.Valid})
				}
			}
		}
	}
	if len(cases) < 300 {
		t.Fatalf("only %d cases, so the test proves nothing", len(cases))
	}
	return cases
}

func TestValidAgreesWithTheJSONSchemaSuite(t *testing.T) {
	t.Parallel()
	for _, c := range suite(t) {
		if format.Valid(c.format, c.text) != c.valid {
			t.Errorf("%s: %q (%s): valid %v, the suite says %v", c.format, c.text, c.description, !c.valid, c.valid)
		}
	}
}

// notDetected are the strings of the suite for which Detect and Valid disagree, with the reason.
var notDetected = map[string]string{
	"hostname":  "a single label is any word",
	"h0stn4me":  "a single label is any word",
	"1host":     "a single label is any word",
	"hostnam3":  "a single label is any word",
	"host-name": "a single label is any word",
	"PT0.5S":    "ISO 8601 has fractions of seconds, which Python and Java write; RFC 3339 has none",
}

func TestDetectAgreesWithTheJSONSchemaSuite(t *testing.T) {
	t.Parallel()
	for _, c := range suite(t) {
		if reason, ok := notDetected[c.text]; ok {
			if format.Detect(c.text).Has(c.format) == c.valid {
				t.Errorf("%s: %q is not an exception: %s", c.format, c.text, reason)
			}
			continue
		}
		if format.Detect(c.text).Has(c.format) != c.valid {
			t.Errorf("%s: %q (%s): detected as %q, the suite says valid %v",
				c.format, c.text, c.description, detected(c.text), c.valid)
		}
	}
}

// TestValid has the traits of the suite: texts that a sloppy rule gets wrong.
func TestValid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ valid, not []string }{
		"date-time": {
			[]string{
				"1963-06-19T08:30:06.283185Z", "1998-12-31T23:59:60Z", "1990-12-31T15:59:50.123-08:00",
				"1963-06-19t08:30:06z",
			},
			[]string{
				"1998-12-31T23:58:60Z", "1990-02-31T15:59:59Z", "1990-12-31T15:59:59-24:00", "1963-06-1৪T00:00:00Z",
				"2013-350T01:01:01",
			},
		},
		"date": {
			[]string{
				"2020-02-29", "1963-06-19",
			},
			[]string{
				"2021-02-29", "1998-1-20", "2013-350", "2023-W01", "1963-06-1৪",
			},
		},
		"time": {
			[]string{
				"08:30:06Z", "23:59:60Z", "01:29:60+01:30", "08:30:06.283185Z",
			},
			[]string{
				"08:30:06", "22:59:60Z", "008:030:006Z", "24:00:00Z", "01:02:03+24:00",
			},
		},
		"duration": {
			[]string{
				"P4DT12H30M5S", "P4Y", "PT0S", "P2W",
			},
			[]string{
				"PT1D", "P", "P1YT", "P2D1Y", "P1Y2W", "P০Y",
			},
		},
		"email": {
			[]string{
				"te~st@example.com", `"joe bloggs"@example.com`, "joe@[127.0.0.1]", "joe@[IPv6:::1]",
			},
			[]string{
				".test@example.com", "te..st@example.com", "joe@exa mple.com", "2962", "joe@[127.0.0.300]",
			},
		},
		"hostname": {
			[]string{
				"www.example.com", "xn--4gbwdl.xn--wgbh1c", "a-b", "1host",
			},
			[]string{
				"-a-host", "not_a_host", "a..b", "xn--X", "xn--l-fda", strings.Repeat("a", 64),
			},
		},
		"ipv4": {
			[]string{
				"192.168.0.1", "0.0.0.0",
			},
			[]string{
				"127.0.0.0.1", "256.1.1.1", "087.10.0.1", "0x7f.0.0.1", "1.2.3.4/24",
			},
		},
		"ipv6": {
			[]string{
				"::", "::abef", "1::d6:192.168.0.1", "2:3:4:5:6:7:8::",
			},
			[]string{
				"12345::", "1:1:1:1:1:1:1:1:1", "::1%eth0", ":2:3:4:5:6:7:8", "1:2:::8", "::ffff:192.168.0.256",
			},
		},
		"uri": {
			[]string{
				"http://foo.bar/?baz=qux#quux", "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
				"ldap://[2001:db8::7]/c=GB?objectClass?one",
			},
			[]string{
				"//foo.bar/", "/abc", "\\\\WINDOWS\\fileshare", "http:// shouldfail.com", ":// should fail",
				"bar,baz:foo",
			},
		},
		"uuid": {
			[]string{
				"2EB8AA08-AA98-11EA-B4AA-73B441D16380", "00000000-0000-0000-0000-000000000000",
			},
			[]string{
				"2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa98-11ea-b4aa73b441d16380",
				"2eb8-aa08-aa98-11ea-b4aa73b44-1d16380",
			},
		},
	} {
		f := format.Named(name)
		for _, text := range c.valid {
			if !format.Valid(f, text) {
				t.Errorf("%s: %q is rejected", name, text)
			}
		}
		for _, text := range c.not {
			if format.Valid(f, text) {
				t.Errorf("%s: %q is accepted", name, text)
			}
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, seed := range []string{
		"2026-01-05T09:00:00Z", "P1DT2H", "a@b.c", "http://[::1]:80/", "xn--9n2bp8q.xn--9t4b11yi5a",
		"GB82 WEST 1234 5698 7654 32", "+49 (30) 1-2", "1.2.3-a+b",
	} {
		f.Add(seed)
	}
	laxer := format.Of(format.Duration, format.URI, format.UnixSeconds, format.Country)
	f.Fuzz(func(t *testing.T, text string) {
		for found := range format.Detect(text).All() {
			if !laxer.Has(found) && !format.Valid(found, text) {
				t.Errorf("Detect(%q) says %s, Valid does not", text, found)
			}
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	texts := []string{
		"2026-01-05T09:00:00Z", "Ada Lovelace", "0f8fad5b-d9cb-469f-a165-70867728950e", "ada.lovelace@example.test",
		"pending", "http://shop.example.test/api/v1/users?page=2", "5f011a4f10f7846b266f24fae056cc0d198fad55",
		"SKU-12345-AB",
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		format.Detect(texts[i%len(texts)])
	}
}
