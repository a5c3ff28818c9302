package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"akita/internal/cli"
	"akita/internal/compare"
	"akita/internal/endpoints"
	"akita/test/leaks/canary"
)

// upload runs akita upload --tests and returns what reaches the server, and what is printed.
func upload(t *testing.T, status int, args ...string) (body []byte, requested string, code int, printed string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		requested = r.Method + " " + r.URL.Path
		if status != http.StatusOK {
			w.Header().Set("Content-Type", "application/problem+json")
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, `{"name":"unit","calls":7,"code":"tests_refused","detail":"No."}`)
	}))
	defer server.Close()
	variables := map[string]string{"AKITA_SERVER": server.URL, "AKITA_API_KEY_ID": "apk_1", "AKITA_API_KEY_SECRET": "s"}
	var out bytes.Buffer
	code = cli.Run(t.Context(), append([]string{"upload"}, args...), cli.Process{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Getenv: func(name string) string { return variables[name] },
	})
	return body, requested, code, out.String()
}

// TestCanariesAreNotUploaded holds for values at any place. Of random texts in the place of names, as many
// may leave as a daemon lets pass.
func TestCanariesAreNotUploaded(t *testing.T) {
	t.Parallel()
	for _, place := range canary.Places {
		t.Run(place.Name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(7, 11))
			var file strings.Builder
			drawn := make(map[string][]string)
			calls := uint64(0)
			for i, kind := range append(canary.Random, canary.Person) {
				drawn[kind.Name] = kind.DrawAll(random, 5)
				for n, text := range drawn[kind.Name] {
					line, err := json.Marshal(place.Entry("unit"+string(rune('a'+i)), n, text))
					if err != nil {
						t.Fatal(err)
					}
					file.Write(append(line, '\n'))
					calls++
				}
			}
			path := filepath.Join(t.TempDir(), "tests.har")
			if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			body, requested, code, printed := upload(t, http.StatusOK, path, "--tests", "--name", "unit", "--project", "clinic")
			if code != 0 || requested != "PUT /api/v1/projects/clinic/tests/unit" {
				t.Fatalf("exit code %d, %s: %s", code, requested, printed)
			}
			if recorded, err := compare.UnmarshalForeign(body); err != nil || recorded.Model.Witnesses() != calls {
				t.Fatalf("%v: not all of %d calls are sent", err, calls)
			}
			sent := strings.ToLower(string(body) + printed)
			for _, kind := range append(canary.Random, canary.Person) {
				allowed := place.Allowed(kind)
				if !place.Strict() {
					allowed = max(allowed, 1)
				}
				isSent := func(text string) bool { return contains(sent, strings.ToLower(text)) }
				if left := slices.DeleteFunc(drawn[kind.Name], func(s string) bool { return !isSent(s) }); len(left) > allowed {
					t.Errorf("%s: %q are sent", kind.Name, left)
				}
			}
		})
	}
}

// TestUploadKeepsWhatCoverageNeeds sends operations, statuses, parameters and fields of a few calls, and
// neither hosts nor members of enums.
func TestUploadKeepsWhatCoverageNeeds(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tests.har")
	entry := `{"startedDateTime":"2026-01-05T09:00:00Z","request":{"method":"POST","url":"http://testserver/orders/?dry_run=1",
		"postData":{"mimeType":"application/json","text":"{\"state\":\"paid\",\"lines\":[{\"sku\":\"x1\"}]}"}},
		"response":{"status":201},"_akita":{"route":"orders/","source":"test"}}`
	entries := strings.Repeat(strings.ReplaceAll(entry, "\n", "")+"\n", 8)
	if err := os.WriteFile(path, []byte(entries), 0o600); err != nil {
		t.Fatal(err)
	}
	body, _, code, printed := upload(t, http.StatusOK, path, "--tests", "--project", "shop")
	if code != 0 || !strings.Contains(printed, `7 calls of tests are "unit" in project "shop"`) {
		t.Fatalf("exit code %d: %s", code, printed)
	}
	recorded, err := compare.UnmarshalForeign(body)
	if err != nil {
		t.Fatal(err)
	}
	for e := range endpoints.Infer(recorded.Model).Matching(endpoints.Filter{}) {
		r := &e.Calls.Accepted
		field := r.Bodies["application/json"].Shape.Object.Fields
		if e.Method != "POST" || e.Path != "/orders/" || r.Count != 8 || r.Query.ByName["dry_run"] == nil ||
			field.Get("state") == nil || field.Get("lines").Items.Object.Fields.Get("sku") == nil {
			t.Errorf("%s %s: %+v", e.Method, e.Path, r)
		}
	}
	if text := string(body); strings.Contains(text, "testserver") || strings.Contains(text, "paid") {
		t.Errorf("%q is sent", text)
	}
}

func TestUploadExplainsMistakes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tests.har")
	if err := os.WriteFile(path, []byte(`{"request":{"method":"GET","url":"/a"},"response":{"status":200}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]struct {
		status int
		args   []string
	}{
		"no input":                   {200, []string{"--tests"}},
		"the calls are read twice":   {200, []string{"-", "--tests"}},
		"only calls of tests":        {200, []string{path}},
		"Name it with --project":     {200, []string{path, "--tests"}},
		"refuses the calls: No.":     {403, []string{path, "--tests", "--project", "shop"}},
		"nowhere.har: no such file":  {200, []string{"nowhere.har", "--tests", "--project", "shop"}},
		`no call went to "a.test"`:   {200, []string{path, "--tests", "--project", "shop", "--host", "a.test"}},
		`unknown flag: --production`: {200, []string{path, "--production", "x"}},
	} {
		if _, _, code, printed := upload(t, c.status, c.args...); code != 2 || !strings.Contains(printed, want) {
			t.Errorf("exit code %d: %s, want %q", code, printed, want)
		}
	}
}
