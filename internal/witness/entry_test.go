package witness_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/har"
	"akita/internal/witness"
)

var update = flag.Bool("update", false, "accept what the code says now as the expected output")

// Each testdata/NAME.json is one HAR entry, and NAME.witness is what leaves of it.
func TestFromEntry(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var e har.Entry
			if err := har.ParseEntry(raw, &e); err != nil {
				t.Fatal(err)
			}
			w := witness.FromEntry(&e, witness.Options{})
			line, err := witness.AppendLine(nil, &w)
			if err != nil {
				t.Fatal(err)
			}
			got := jsontext.Value(line)
			if err := got.Indent(jsontext.WithIndent(" ")); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".json") + ".witness"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if string(bytes.TrimSpace(got)) != string(bytes.TrimSpace(want)) {
				t.Errorf("the witness is\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// canary returns an entry with a recognisable value in every place that holds one.
func canary(word string) string {
	body := fmt.Sprintf(`{"name":%[1]q,"list":[%[1]q,{"deep":{"er":%[1]q}}],"%[1]s-2026":1,"mail":"%[1]s@%[1]s.example","url":"https://%[1]s.example/%[1]s"}`, word+" value")
	entry := map[string]any{
		"startedDateTime": "2026-01-05T09:00:00Z", "time": 12,
		"request": map[string]any{
			"method": "POST", "url": "https://user:" + word + "@api.example.test/users/" + word + "%20x/files/" + word + "@example.test?q=" + word + "&token=" + word + "&" + word + "12345=1#" + word,
			"headers": []any{
				pair("Authorization", "Bearer "+word), pair("X-Api-Key", word), pair("X-Custom", word), pair("User-Agent", word), pair("Cookie", "sessionid="+word+"; theme="+word), pair("Referer", "https://"+word),
				pair("X-Forwarded-For", word), pair("Content-Type", "multipart/form-data; boundary="+word),
			},
			"cookies":  []any{pair("sessionid", word), pair("theme", word)},
			"postData": map[string]any{"mimeType": "multipart/form-data; boundary=" + word, "text": word, "params": []any{map[string]any{"name": "file", "fileName": word, "contentType": word, "value": word}, pair("title", word)}},
		},
		"response": map[string]any{
			"status": 200, "statusText": word,
			"headers": []any{pair("Content-Type", "application/json"), pair("Location", "/"+word), pair("X-Total", word), pair("Set-Cookie", "sessionid="+word)},
			"cookies": []any{pair("sessionid", word)},
			"content": map[string]any{"size": 1, "mimeType": "application/json; x=" + word, "text": body},
		},
	}
	raw, err := json.Marshal(entry)
	if err != nil {
		return ""
	}
	return string(raw)
}

func pair(name, value string) map[string]any { return map[string]any{"name": name, "value": value} }

func TestNoValueLeaves(t *testing.T) {
	t.Parallel()
	const word = "cAnArY7Xq9Zk2Wv"
	for name, options := range map[string]witness.Options{"default": {}, "strict": {StrictPaths: true}} {
		var e har.Entry
		if err := har.ParseEntry([]byte(canary(word)), &e); err != nil {
			t.Fatal(err)
		}
		w := witness.FromEntry(&e, options)
		line, err := witness.AppendLine(nil, &w)
		if err != nil {
			t.Fatal(err)
		}
		lower := strings.ToLower(string(line))
		for how, text := range map[string]string{
			"as it is": word, "base64": base64.RawStdEncoding.EncodeToString([]byte(word)), "hex": hex.EncodeToString([]byte(word)), "escaped": url.QueryEscape(word + " "), "a part": word[:6],
		} {
			if strings.Contains(lower, strings.ToLower(text)) {
				t.Errorf("%s: the canary leaves %s: %s", name, how, line)
			}
		}
		if !strings.Contains(lower, `"deep"`) || !strings.Contains(lower, `"x-custom"`) {
			t.Errorf("%s: the test has lost its subject: %s", name, line)
		}
	}
}

// What stands where a name should stand is somebody's too, unless it reads like a name.
func TestNoNameLeavesThatIsData(t *testing.T) {
	t.Parallel()
	for name, entry := range map[string]string{
		"JSON sent as a form":       `{"request":{"method":"POST","url":"/x","postData":{"mimeType":"application/x-www-form-urlencoded","text":"{\"user\":\"canary\"}"}}}`,
		"JSON with a sign in it":    `{"request":{"method":"POST","url":"/x","postData":{"mimeType":"application/x-www-form-urlencoded","text":"{\"user\":\"canary=1\"}"}}}`,
		"XML sent as a form":        `{"request":{"method":"POST","url":"/x","postData":{"mimeType":"application/x-www-form-urlencoded","text":"<password>canary</password>=1"}}}`,
		"a sentence in the query":   `{"request":{"method":"GET","url":"/x?my+canary+sentence"}}`,
		"a filter by an address":    `{"request":{"method":"GET","url":"/x?filter%5Bcanary@example.test%5D=1"}}`,
		"keys of people":            `{"request":{"method":"GET","url":"/x"},"response":{"status":200,"content":{"mimeType":"application/json","text":"{\"user:canary@example.test\":1,\"Canary Smith\":2}"}}}`,
		"a cookie of somebody":      `{"request":{"method":"GET","url":"/x","cookies":[{"name":"session-canary@example.test","value":"1"}]}}`,
		"a header of somebody":      `{"request":{"method":"GET","url":"/x","headers":[{"name":"X-Canary-98765432-Api-Key","value":"1"}]}}`,
		"a form field in a part":    `{"request":{"method":"POST","url":"/x","postData":{"mimeType":"multipart/form-data","params":[{"name":"canary@example.test","value":"1"}]}}}`,
		"an action that is a token": `{"request":{"method":"GET","url":"/x/17:canaryTrBnMpLsDfGhJkQwRtYpXcVbNmZ"}}`,
		"a path that is no route":   `{"request":{"method":"GET","url":"/canary"},"_akita":{"route":null}}`,
		"a method":                  `{"request":{"method":"CANARY","url":"/x"}}`,
	} {
		var e har.Entry
		if err := har.ParseEntry([]byte(entry), &e); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		w := witness.FromEntry(&e, witness.Options{})
		line, err := witness.AppendLine(nil, &w)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if strings.Contains(strings.ToLower(string(line)), "canary") {
			t.Errorf("%s leaves: %s", name, line)
		}
	}
}

func TestAddressesAreNoHosts(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"http://203.0.113.9/": "ip", "http://203.0.113.9:8000/": "ip:8000", "http://203.0.113.9./": "ip", "http://[2001:db8::7]:8000/": "ip:8000",
		"http://127.0.0.1:8000/": "localhost:8000", "http://[::1]/": "localhost", "http://Shop.Example.test:80/": "shop.example.test", "https://a.test:443/": "a.test",
		"http://a.test:65535/": "a.test:65535", "http://a.test:65536/": "", "http://a.test:hunter2/": "", "http://127.0.0.1:hunter2/": "",
		"http://203.0.113.9:hunter2/": "", "http://a.test:/": "a.test",
	} {
		e := har.Entry{Request: har.Request{Method: "GET", URL: url}}
		if w := witness.FromEntry(&e, witness.Options{}); w.Host != want {
			t.Errorf("%s: host %q, want %q", url, w.Host, want)
		}
	}
	e := har.Entry{Request: har.Request{Method: "GET", URL: "/", Headers: []har.Pair{{Name: "Host", Value: "2001:db8:0:0:0:0:0:7"}}}}
	if w := witness.FromEntry(&e, witness.Options{}); w.Host != "ip" {
		t.Errorf("a bare IPv6 address: host %q", w.Host)
	}
}

// Values of the same shape make the same witness: nothing of them can be told from it.
func TestNonInterference(t *testing.T) {
	t.Parallel()
	lines := make(map[string]bool)
	for _, word := range []string{"cAnArY7Xq9Zk2Wv", "kEnArI8Yr1Al3Xw"} {
		var e har.Entry
		if err := har.ParseEntry([]byte(canary(word)), &e); err != nil {
			t.Fatal(err)
		}
		w := witness.FromEntry(&e, witness.Options{})
		line, err := witness.AppendLine(nil, &w)
		if err != nil {
			t.Fatal(err)
		}
		lines[string(line)] = true
	}
	if len(lines) != 1 {
		t.Errorf("values can be told apart: %v", lines)
	}
}

func TestStrictPathsWithholdsWords(t *testing.T) {
	t.Parallel()
	e := har.Entry{Request: har.Request{Method: "GET", URL: "http://h/articles/quick-fox"}}
	w := witness.FromEntry(&e, witness.Options{StrictPaths: true})
	line, err := witness.AppendLine(nil, &w)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(line), "articles") || strings.Contains(string(line), "quick") {
		t.Errorf("words leave: %s", line)
	}
}

func FuzzFromEntry(f *testing.F) {
	f.Add([]byte(canary("seed")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var e har.Entry
		if har.ParseEntry(raw, &e) != nil {
			return
		}
		w := witness.FromEntry(&e, witness.Options{})
		line, err := witness.AppendLine(nil, &w)
		if errors.Is(err, witness.ErrMalformed) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := witness.NewReader(bytes.NewReader(line)).Next(new(witness.Witness)); err != nil {
			t.Fatalf("%s does not read back: %v", line, err)
		}
	})
}

// Chrome lists parameters as they are escaped in the URL, other writers as plain text.
func TestParametersAsTheEntryListsThem(t *testing.T) {
	t.Parallel()
	pair := func(name, value string) har.Pair { return har.Pair{Name: name, Value: value} }
	for name, c := range map[string]struct {
		url    string
		listed []har.Pair
		want   string
	}{
		"none listed":              {"/a?x%5Bn%5D=1", nil, "x[n]"},
		"listed plainly":           {"/a?x%5Bn%5D=1", []har.Pair{pair("x[n]", "1")}, "x[n]"},
		"listed as escaped":        {"/a?x%5Bn%5D=1", []har.Pair{pair("x%5Bn%5D", "1")}, "x[n]"},
		"listed, not in the URL":   {"/a", []har.Pair{pair("x[n]", "1")}, "x[n]"},
		"with an index":            {"/a?x%5B7%5D=1", []har.Pair{pair("x%5B7%5D", "1")}, "x[] indexed"},
		"with several indices":     {"/a?x[0]=1&x[1]=1", []har.Pair{pair("x[0]", "1"), pair("x[1]", "1")}, "x[] indexed repeated"},
		"a credential in a list":   {"/a?api_key=1&y=1", nil, "y"},
		"a percent sign in a name": {"/a", []har.Pair{pair("50%", "1"), pair("y", "1")}, "y"},
	} {
		e := har.Entry{Request: har.Request{Method: "GET", URL: c.url, Query: c.listed}}
		var got string
		for _, p := range witness.FromEntry(&e, witness.Options{}).Query {
			got += p.Name
			if p.Indexed {
				got += " indexed"
			}
			if p.Repeated {
				got += " repeated"
			}
		}
		if got != c.want {
			t.Errorf("%s: parameters %q, want %q", name, got, c.want)
		}
	}
}
