package cli

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// declaring is a server with one project.
type declaring struct {
	requests []string // with their bodies
	status   int
	answer   string
}

func (d *declaring) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	d.requests = append(d.requests, fmt.Sprintf("%s %s %s", r.Method, r.URL.RequestURI(), body))
	if r.Method == http.MethodDelete && d.status == 404 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(d.status)
	_, _ = io.WriteString(w, d.answer)
}

// declare runs the command against a server, and returns what it prints on both outputs.
func declare(t *testing.T, server http.Handler, args ...string) (code int, out, errs string) {
	t.Helper()
	s := httptest.NewServer(server)
	defer s.Close()
	variables := map[string]string{"AKITA_SERVER": s.URL, "AKITA_API_KEY_ID": "apk_1", "AKITA_API_KEY_SECRET": "secret"}
	var stdout, stderr bytes.Buffer
	code = Run(t.Context(), args, Process{
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Getenv: func(name string) string { return variables[name] },
	})
	return code, stdout.String(), strings.ReplaceAll(stderr.String(), s.URL, "http://server")
}

const declaredAnswer = `{"origin":"upload","openapi":"3.1.0","title":"Shop","operations":2,"changed":"2026-01-31T10:00:00Z","by":"ada"}`

func TestDeclare(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const one = "openapi: 3.1.0 # a comment stays\npaths: {}\ninfo: {title: Shop, version: '1'}\n"
	whole := write("openapi.yaml", one)
	write("parts.yaml", "A: {type: string}\n")
	split := write("split.yaml", "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n"+
		"components: {schemas: {B: {type: object, properties: {a: {$ref: 'parts.yaml#/A'}}}}}\n")
	broken := write("broken.yaml", "openapi: 3.1.0\npaths: [")
	for name, c := range map[string]struct {
		args    []string
		status  int
		answer  string
		code    int
		request string // a part of it
		out     string
		errs    string
	}{
		"a file": {
			args: []string{whole}, status: 200, answer: declaredAnswer, request: "PUT /api/v1/projects/shop/declaration " + one,
			out: "shop declares OpenAPI 3.1.0, \"Shop\" with 2 operations, uploaded 2026-01-31T10:00:00Z by ada\n",
		},
		"a file with others": {
			args: []string{split}, status: 200, answer: declaredAnswer, request: `"parts_A":{"type":"string"}`,
			out: "shop declares OpenAPI 3.1.0, \"Shop\" with 2 operations, uploaded 2026-01-31T10:00:00Z by ada\n",
		},
		"a URL": {
			args: []string{"--url", "https://a.test/openapi.yaml"}, status: 200,
			answer: `{"origin":"url","openapi":"2.0","title":"Shop","operations":1,"changed":"2026-01-31T10:00:00Z","by":"apk_1",` +
				`"url":"https://a.test/openapi.yaml","checked":"2026-01-31T11:00:00Z","error":"it answers with status 503"}`,
			request: "PUT /api/v1/projects/shop/declaration?url=https%3A%2F%2Fa.test%2Fopenapi.yaml ",
			out: "shop declares OpenAPI 2.0, \"Shop\" with 1 operation, fetched 2026-01-31T10:00:00Z by apk_1\n" +
				"from https://a.test/openapi.yaml, checked 2026-01-31T11:00:00Z\n" +
				"the last time it could not be fetched: it answers with status 503\n",
		},
		"nothing": {
			status: 200, request: "GET /api/v1/projects/shop/declaration ",
			answer: strings.Replace(declaredAnswer, "upload", "app", 1),
			out: "shop declares OpenAPI 3.1.0, \"Shop\" with 2 operations, reported by the application " +
				"2026-01-31T10:00:00Z by ada\n",
		},
		"remove": {
			args: []string{"--remove"}, status: 404, answer: `{"code":"declaration_not_found","detail":"x"}`,
			request: "DELETE /api/v1/projects/shop/declaration ", out: "shop declares nothing now\n",
		},
		"it is refused": {
			args: []string{"--url", "http://10.0.0.1/"}, status: 400, code: 2,
			answer: `{"code":"invalid_request","detail":"The document is refused: the address is not public."}`,
			errs:   "akita: The document is refused: the address is not public\n",
		},
		"the file is broken": {args: []string{broken}, status: 200, code: 2, errs: "line 3"},
		"two documents":      {args: []string{whole, "--remove"}, code: 2, errs: "name one document: a file, --url or --remove"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := &declaring{status: c.status, answer: c.answer}
			code, out, errs := declare(t, server, append([]string{"declare", "--project", "shop"}, c.args...)...)
			if code != c.code || out != c.out || !strings.Contains(errs, c.errs) {
				t.Errorf("exit code %d, printed %s%s", code, out, errs)
			}
			if c.request != "" && (len(server.requests) == 0 || !strings.Contains(server.requests[0], c.request)) {
				t.Errorf("requested %q", server.requests)
			}
		})
	}
}

func TestDriftOfAProject(t *testing.T) {
	t.Parallel()
	code, _, errs := declare(t, &declaring{status: 404, answer: `{"code":"declaration_not_found"}`}, "drift", "shop")
	want := `akita: project "shop" declares no document: run "akita declare openapi.yaml --project shop", ` +
		"or name a document before it\n"
	if code != 2 || errs != want {
		t.Errorf("exit code %d: %s", code, errs)
	}
	code, _, errs = declare(t, &declaring{status: 404, answer: `{"code":"project_not_found"}`}, "drift", "shop@-7d..")
	if code != 2 || !strings.Contains(errs, `no project "shop" on the server`) {
		t.Errorf("exit code %d: %s", code, errs)
	}
}
