package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"akita/internal/har"
)

func TestRedoclyReports(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script string
		want   []string
		fails  bool
	}{
		"nothing to complain of": {`echo '{"problems": []}'`, nil, false},
		"an error":               {`echo '{"problems": [{"ruleId": "r", "severity": "error", "message": "m"}]}'; exit 1`, []string{"r: : m (1 times)"}, false},
		"a warning":              {`echo '{"problems": [{"ruleId": "r", "severity": "warn", "message": "m"}]}'`, nil, false},
		"a report too many":      {`echo '{"problems": []}{"problems": []}'`, nil, true},
		"a crash":                {`echo Segmentation fault >&2; exit 2`, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := newRedocly(writeScript(t, c.script))
			if err != nil {
				t.Fatal(err)
			}
			one := &testCase{document: []byte("{}")}
			if err := r.lint(t.Context(), []*testCase{one}); (err != nil) != c.fails {
				t.Errorf("error is %v", err)
			}
			if !reflect.DeepEqual(one.lint, c.want) {
				t.Errorf("complaints are %q, want %q", one.lint, c.want)
			}
			if err := r.close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// writeScript writes a program of the shell and returns its path.
// While it is open for writing no other test may fork: the child would hold it open, and a file that is open for
// writing cannot be executed (ETXTBSY, golang.org/issue/22315).
func writeScript(t *testing.T, script string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "redocly")
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return program
}

// An archive that is written and read again is the same.
func TestArchive(t *testing.T) {
	t.Parallel()
	e := har.Entry{
		Request: har.Request{
			Method:  "POST",
			URL:     "http://127.0.0.1:8000/a",
			Query:   []har.Pair{{Name: "q", Value: "a b"}},
			Cookies: []har.Pair{{Name: "id", Value: "1=2"}},
			Headers: []har.Pair{{Name: "X-Tenant", Value: "t"}, {Name: "Cookie", Value: "id=1"}},
			Body: &har.Body{
				MediaType: "application/x-www-form-urlencoded",
				Params:    []har.Param{{Name: "f", Value: "1&2"}},
			},
		},
		Response: har.Response{
			Status: 200,
			Size:   2,
			Body:   &har.Body{MediaType: "application/octet-stream", Text: "\xff\xfe"},
		},
	}
	text, err := archive([]har.Entry{e})
	if err != nil {
		t.Fatal(err)
	}
	var got har.Entry
	if err := har.NewDecoder(bytes.NewReader(text)).Next(&got); err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]any{
		"the URL":            {got.Request.URL, "http://localhost:8000/a?q=a+b"},
		"the cookie header":  {got.Request.Headers[1], har.Pair{Name: "Cookie", Value: "id=1=2"}},
		"the form":           {got.Request.Body.Text, "f=1%262"},
		"the binary body":    {got.Response.Body.Text, "\xff\xfe"},
		"the media type":     {got.Response.Body.MediaType, "application/octet-stream"},
		"the number of them": {strings.Count(string(text), `"startedDateTime"`), 1},
		"JSON":               {json.Valid(text), true},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s is %v, want %v", what, pair[0], pair[1])
		}
	}
}
