package recorded_test

import (
	"fmt"
	"strings"
	"testing"

	"akita/test/accuracy/recorded"
)

const published = `{
  "servers": [{"url": "https://api.example.test"}],
  "paths": {
    "/users": {"get": {}, "post": {}},
    "/users/{name}": {"get": {}, "delete": {}},
    "/users/{name}/keys": {"get": {}},
    "/repos/{owner}/{repo}/contents/{path}": {"get": {}},
    "/compare/{base}...{head}": {"get": {}},
    "/search": {"get": {}}
  }
}`

// traffic writes calls such as "GET /users 200" as HAR entries, one per line.
func traffic(calls ...string) []byte {
	var b strings.Builder
	for _, call := range calls {
		var method, path string
		var status int
		if _, err := fmt.Sscanf(call, "%s %s %d", &method, &path, &status); err != nil {
			panic(err)
		}
		fmt.Fprintf(
			&b,
			`{"request": {"method": %q, "url": "https://api.example.test%s"}, "response": {"status": %d}}`+"\n",
			method,
			path,
			status,
		)
	}
	return []byte(b.String())
}

// inferred writes a document with operations such as "GET /users/{}".
func inferred(operations ...string) string {
	var paths []string
	for _, operation := range operations {
		method, path, _ := strings.Cut(operation, " ")
		paths = append(paths, fmt.Sprintf(`%q: {%q: {}}`, path, strings.ToLower(method)))
	}
	return `{"paths": {` + strings.Join(paths, ", ") + `}}`
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		calls    []string
		document []string
		want     string
	}{
		{"found", []string{"GET /users/ann 200", "GET /users/bob 200"}, []string{"GET /users/{id}"}, "1/1 1/1 [] 0"},
		{"a trailing slash", []string{"GET /users/ann/ 200"}, []string{"GET /users/{id}/"}, "1/1 1/1 [] 0"},
		{"over-merged", []string{"GET /search 200"}, []string{"GET /{word}"}, "0/1 0/1 [over-merged] 0"},
		{"stayed literal", []string{"GET /users/ann 200"}, []string{"GET /users/ann"}, "0/1 0/1 [stayed-literal] 0"},
		{"both", []string{"GET /users/ann/keys 200"}, []string{"GET /users/ann/{id}"}, "0/1 0/1 [both] 0"},
		{"unmatched", []string{"GET /users/ann 200"}, []string{"POST /users"}, "0/1 1/1 [unmatched] 0"},
		{"refused calls do not count", []string{"GET /users 404", "GET /users 500"}, []string{"GET /users"}, "0/0 1/1 [] 0"},
		{"redirects count", []string{"GET /users 302"}, []string{"GET /users"}, "1/1 1/1 [] 0"},
		{"HEAD does not count", []string{"HEAD /users 200"}, nil, "0/0 0/0 [] 0"},
		{"outside", []string{"GET /about 200", "GET /about 200"}, []string{"GET /about"}, "0/0 0/1 [] 1"},
		{"a literal wins over a parameter", []string{"GET /search 200"}, []string{"GET /search"}, "1/1 1/1 [] 0"},
		{"a parameter that spans segments", []string{"GET /repos/a/b/contents/c/d.md 200"},
			[]string{"GET /repos/{a}/{b}/contents/{c}"}, "1/1 1/1 [] 0"},
		{"two parameters in one segment", []string{"GET /compare/a...b 200"}, []string{"GET /compare/{x}...{y}"}, "1/1 1/1 [] 0"},
		{"the query does not count", []string{"GET /users?page=2 200"}, []string{"GET /users"}, "1/1 1/1 [] 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := compare(published, inferred(test.document...), traffic(test.calls...))
			if err != nil {
				t.Fatal(err)
			}
			var classes []recorded.Class
			for _, m := range got.Missed {
				classes = append(classes, m.Class)
			}
			text := fmt.Sprintf(
				"%d/%d %d/%d %v %d",
				got.Found,
				got.Observed,
				got.InTruth,
				got.Operations,
				classes,
				got.Outside,
			)
			if text != test.want {
				t.Errorf("got %s, want %s", text, test.want)
			}
		})
	}
}

func TestOtherHostsDoNotCount(t *testing.T) {
	t.Parallel()
	document := `{"servers": [{"url": "https://api.example.test/"}], "paths": {
		"/users": {"get": {}}, "/blob": {"get": {"servers": [{"url": "https://cdn.example.test"}]}}}}`
	calls := append(
		traffic("GET /users 200"),
		[]byte(
			`{"request": {"method": "GET", "url": "https://cdn.example.test/users/x"}, "response": {"status": 200}}`+"\n",
		)...)
	got, err := compare(published, document, calls)
	if err != nil {
		t.Fatal(err)
	}
	if got.Operations != 1 || got.Observed != 1 || got.Found != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestTruthWithoutMethods(t *testing.T) {
	t.Parallel()
	paths := `{"servers": [{"url": "/"}], "paths": {"/users": {}, "/users/{id}": {}}}`
	got, err := compare(
		paths,
		inferred("GET /users", "GET /users/{id}", "DELETE /other"),
		traffic("POST /users 201", "GET /users/7 200"),
	)
	if err != nil {
		t.Fatal(err)
	}
	if got.Observed != 2 || got.Found != 2 || got.Operations != 3 || got.InTruth != 2 {
		t.Errorf("got %+v", got)
	}
}

func compare(published, document string, calls []byte) (*recorded.Score, error) {
	truth, err := recorded.Parse([]byte(published))
	if err != nil {
		return nil, err
	}
	mine, err := recorded.Parse([]byte(document))
	if err != nil {
		return nil, err
	}
	return recorded.Compare(mine, truth, calls)
}
