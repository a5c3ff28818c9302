package witness_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
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

func TestReader(t *testing.T) {
	t.Parallel()
	e := har.Entry{Request: har.Request{Method: "GET", URL: "/a/1"}, Response: har.Response{Status: 200, Body: &har.Body{MediaType: "application/json", Text: `{"a":[{"b":null}]}`}}}
	w := witness.FromEntry(&e, witness.Options{})
	line, err := witness.AppendLine(nil, &w)
	if err != nil {
		t.Fatal(err)
	}
	r := witness.NewReader(bytes.NewReader(append(append(line, '\n'), line...)))
	for range 2 {
		got, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		again, err := witness.AppendLine(nil, &got)
		if err != nil || string(again) != string(line) {
			t.Errorf("read back %s, %v; want %s", again, err, line)
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
	for _, bad := range []string{"{}", "[]", "x", `{"method":"get","path":[{}]}`, `{"method":"GET"}`, `{"method":"GET","template":"users"}`, `{"method":"GET","path":[{}],"status":7}`, `{"method":"GET","path":[{}],"latency_ms":-1}`, strings.Repeat("x", witness.MaxLineBytes+1)} {
		if _, err := witness.NewReader(strings.NewReader(bad)).Next(); !errors.Is(err, witness.ErrMalformed) {
			t.Errorf("%.60q: %v", bad, err)
		}
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
		if _, err := witness.NewReader(bytes.NewReader(line)).Next(); err != nil {
			t.Fatalf("%s does not read back: %v", line, err)
		}
	})
}
