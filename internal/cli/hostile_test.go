package cli_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pair is a header, a cookie, a query parameter or a form field in HAR.
type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type object = map[string]any

// hostileEntry is a call with a text in every place that can hold one.
func hostileEntry(text string) object {
	both := []pair{{text, text}, {"X-Note", text}, {"q", text}}
	inJSON := encode(object{
		text: text, "note": text, "list": []string{text, text},
		"map": object{text: object{text: 1}}, "deep": object{"a": []object{{text: text}}},
	})
	escaped := url.QueryEscape(text)
	query := escaped + "=" + escaped + "&q=" + escaped + "&" + text
	return object{
		"startedDateTime": text, "time": text,
		"request": object{
			"method": "POST", "url": "http://shop.test/things/" + url.PathEscape(text) + "/" + text + "?" + query + "#" + text,
			"headers": both, "cookies": both, "queryString": both,
			"postData": object{
				"mimeType": "application/x-www-form-urlencoded", "text": escaped + "=" + escaped + "&" + text, "params": both,
			},
		},
		"response": object{
			"status": 200, "statusText": text, "headers": both, "cookies": both,
			"content": object{"mimeType": "application/json", "text": inJSON},
		},
	}
}

// variants are calls that take other paths through the code: with the text in the framework's
// route, as media type, as method and host, and as bodies of every kind.
func variants(text string) []object {
	entries := []object{hostileEntry(text), hostileEntry(text), hostileEntry(text)}
	entries[1]["_akita"] = object{
		"route": "things/<" + text + ":id>/" + text, "converters": object{"id": text, text: text}, "view": text,
	}
	request, _ := entries[2]["request"].(object)
	request["method"], request["url"] = text, "http://"+text+"/"+text
	for _, mediaType := range []string{
		"application/json", "multipart/form-data; boundary=" + text, "application/x-ndjson", "text/event-stream",
		"application/xml", "text/csv", "application/x-www-form-urlencoded", text,
	} {
		entries = append(entries, bodyEntry("PUT", mediaType, text, "data: "+text+"\n\n"))
	}
	return entries
}

// bodyEntry is a call with two bodies: of the request as text, of the response in base64.
func bodyEntry(method, mediaType, request, response string) object {
	return object{
		"request": object{
			"method": method, "url": "http://shop.test/bodies",
			"postData": object{"mimeType": mediaType, "text": request},
		},
		"response": object{"status": 200, "content": object{
			"mimeType": mediaType, "text": base64.StdEncoding.EncodeToString([]byte(response)), "encoding": "base64",
		}},
	}
}

func encode(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // the tests encode only strings, numbers, lists and objects
	}
	return string(text)
}

// wantSafe fails the test if an entry is lost, a value leaks or a document is not valid.
func wantSafe(t *testing.T, entries []object) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "hostile.har")
	if err := os.WriteFile(file, []byte(encode(object{"log": object{"entries": entries}})), 0o600); err != nil {
		t.Fatal(err)
	}
	code, printed := outputs(t, file)
	if code != 0 || strings.Contains(strings.ReplaceAll(printed, "the request has no method (skipped)", ""), "skipped") {
		t.Errorf("exit code %d: %s", code, printed)
	}
	wantNoLeak(t, file, printed)
}

// naughty are texts that break parsers, quoting and escaping, with every trait of the texts in
// the Big List of Naughty Strings.
var naughty = []string{
	"", "undefined", "null", "NaN", "-1E+02", "0xffffffffffffffff", "1.000.000,00",
	`\`, `\\`, `,./;'[]\-=`, `<>?:"{}|_+`, "!@#$%^&*()`~",
	"\x01\x02\x1b\x7f", "\t\u000b\f\u0085\u00a0\u2028\u2029\u202f\u205f\u3000", "\ufeff\ufffe", "Ω≈ç√∫˜µ≤≥÷",
	"❤️💔👩🏽\u200d💻", "١٢٣", "ثم نفس سقطت", "̡͓̞ͅI̗̘̦͝n͇͇͙v̮̫ok̲̫̙͈i̖͙̭̹̠̞n̡̻̮̣̺g̲͈͙̭͙̬͎", "田中さんにあげて下さい", "\u202btest\u202c", "\u202etest",
	"<script>alert(123)</script>", "' OR 1=1 -- 1", "../../../../etc/passwd", "%00", "%", "%zz", "%2e%2e%2f",
	"$HOME", "`touch x`", "{{7*7}}", "{0}", "{userId}", "{", "}", "%s%n",
	"a:b", "- a", "# a", "&a", "*a", "!a", "|", ">", "@", "~", "?", "key: value\nother: value", "---", "...",
	"yes", "no", "0o17", "1_000", "2026-01-05",
	"$ref", "#/components/schemas/x", "x-akita-route", "__proto__", "constructor", "CON",
	"a\x00b", "a\r\nSet-Cookie: b", strings.Repeat("a", 5000), strings.Repeat("ü", 300),
	strings.Repeat("/", 100), strings.Repeat("a/", 100), strings.Repeat("[", 300),
}

func TestNaughtyStrings(t *testing.T) {
	t.Parallel()
	wantSafeStrings(t, naughty)
}

func TestWildNaughtyStrings(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(wild(t, "strings"), "blns.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	wantSafeStrings(t, list)
}

// wantSafeStrings calls wantSafe for calls with the texts, 20 texts per model.
func wantSafeStrings(t *testing.T, texts []string) {
	t.Helper()
	for some := range slices.Chunk(texts, 20) {
		t.Run(encode(some[0][:min(len(some[0]), 30)]), func(t *testing.T) {
			t.Parallel()
			var entries []object
			for _, text := range some {
				entries = append(entries, variants(text)...)
			}
			wantSafe(t, entries)
		})
	}
}

// oddJSON has the traits of the files of JSONTestSuite: texts that a parser must read, must
// not read, or may read.
var oddJSON = []string{
	`{"a":1,"a":2}`, `{"":0}`, `{"a\u0000b":1}`, `["\uD83F\uDFFE"]`, `["\uDFAA"]`, `["\uD800\n"]`, "[\"\xff\"]",
	"[\"a\xc3\"]", "\ufeff{}", `[1e400]`, `[-0]`, `[123456789012345678901234567890]`, `["` + "\u2028" + `"]`,
	`"lonely string"`, `42`, `null`, ` `, "\n[]\n",
	`[1,]`, `[,1]`, `{"a":1,}`, `{a:1}`, `{'a':1}`, `[1 2]`, `[NaN]`, `[-]`, `[01]`, `[.5]`, `[1.]`, `[0x1]`,
	`["\x00"]`, "[\"\t\"]", `["a`, `{"a"`, `{"a":`, `[true`, `tru`, `{}}`, `[]]`, `{"a":/*b*/1}`, `nul`, "\x00",
	"[\"\x00\"]", strings.Repeat("[", 100_000), strings.Repeat(`{"a":`, 600) + `1` + strings.Repeat(`}`, 600),
}

// wantSafeBodies calls wantSafe for calls whose requests and responses have the texts as bodies.
func wantSafeBodies(t *testing.T, texts []string) {
	t.Helper()
	var entries []object
	for _, text := range texts {
		for _, mediaType := range []string{"application/json", "application/problem+json", "application/x-ndjson", ""} {
			entries = append(entries, bodyEntry("POST", mediaType, text, text))
		}
	}
	wantSafe(t, entries)
}

func TestOddJSONAsBodies(t *testing.T) {
	t.Parallel()
	for some := range slices.Chunk(oddJSON, 5) {
		wantSafeBodies(t, some)
	}
}

func TestWildJSONAsBodies(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(wild(t, "json"), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for some := range slices.Chunk(files, 20) {
		t.Run(filepath.Base(some[0]), func(t *testing.T) {
			t.Parallel()
			var texts []string
			for _, file := range some {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				texts = append(texts, string(text))
			}
			wantSafeBodies(t, texts)
		})
	}
}
