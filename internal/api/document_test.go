package api

import (
	"mime"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json"

	"akita/internal/openapi/openapitest"
)

// document is openapi.yaml, parsed by an independent library.
var document = sync.OnceValues(func() (*openapi3.T, error) {
	return openapi3.NewLoader().LoadFromData(documentYAML)
})

func loadDocument(t testing.TB) *openapi3.T {
	t.Helper()
	d, err := document()
	if err != nil {
		t.Fatalf("openapi.yaml: %v", err)
	}
	return d
}

func TestDocumentIsValid(t *testing.T) {
	t.Parallel()
	if err := openapitest.Check(t.Context(), documentYAML); err != nil {
		t.Error(err)
	}
}

func TestRoutesMatchDocument(t *testing.T) {
	t.Parallel()
	routes := make(map[string]route)
	for _, rt := range setupEmpty(t).routes() {
		routes[rt.pattern] = rt
	}
	documented := make(map[string]bool)
	doc := loadDocument(t)
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			pattern := method + " " + path
			documented[pattern] = true
			rt, ok := routes[pattern]
			if !ok {
				t.Errorf("%s is documented but not served", pattern)
				continue
			}
			if want := documentedAccess(operation, doc.Security); rt.access != want {
				t.Errorf("%s: access %b, documented %b", pattern, rt.access, want)
			}
			got, want := slices.Sorted(slices.Values(rt.query)), documentedQuery(operation)
			if !slices.Equal(got, want) {
				t.Errorf("%s: query parameters %q, documented %q", pattern, got, want)
			}
		}
	}
	for pattern := range routes {
		if !documented[pattern] {
			t.Errorf("%s is served but not documented", pattern)
		}
	}
}

// documentedAccess returns who may call an operation. A requirement of an API key names the scope.
func documentedAccess(operation *openapi3.Operation, byDefault openapi3.SecurityRequirements) access {
	requirements := byDefault
	if operation.Security != nil {
		requirements = *operation.Security
	}
	if len(requirements) == 0 {
		return anyone
	}
	var a access
	for _, requirement := range requirements {
		if _, isSession := requirement["session"]; isSession {
			a |= bySession
		}
		for _, scope := range requirement["apiKey"] {
			a |= map[string]access{"agent": byAgentKey, "read": byReadKey, "full": byFullKey}[scope] | byFullKey
		}
	}
	return a
}

func documentedQuery(operation *openapi3.Operation) []string {
	var names []string
	for _, parameter := range operation.Parameters {
		if parameter.Value.In == "query" {
			names = append(names, parameter.Value.Name)
		}
	}
	slices.Sort(names)
	return names
}

func TestExampleCodesExist(t *testing.T) {
	t.Parallel()
	for _, example := range loadDocument(t).Components.Schemas["Problem"].Value.Properties["code"].Value.Examples {
		if _, known := statusOf[code(example.(string))]; !known {
			t.Errorf("unknown code %q in the document's examples", example)
		}
	}
}

// checkAgainstDocument checks that a response is as documented for its operation.
// The response to a request for no operation must be a problem.
func checkAgainstDocument(t testing.TB, r *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	cache := "no-store"
	if w.Header().Get("ETag") != "" {
		cache = "private, no-cache"
	}
	if got := w.Header().Get("Cache-Control"); got != cache {
		t.Errorf("%s %s: Cache-Control %q, want %s", r.Method, r.URL.Path, got, cache)
	}
	doc := loadDocument(t)
	response := doc.Components.Responses["Problem"].Value
	if operation := operationOf(doc, r); operation != nil {
		ref := operation.Responses.Status(w.Code)
		if ref == nil {
			ref = operation.Responses.Default()
		}
		response = ref.Value
	}
	if len(response.Content) == 0 {
		if w.Body.Len() > 0 {
			t.Errorf("%s %s: status %d has a body that is not documented", r.Method, r.URL.Path, w.Code)
		}
		return
	}
	if w.Code == http.StatusOK && strings.Contains(r.URL.Path, "/openapi.") {
		if err := openapitest.Check(t.Context(), w.Body.Bytes()); err != nil {
			t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
		}
	}
	mediaType, _, _ := mime.ParseMediaType(w.Header().Get("Content-Type"))
	content := response.Content[mediaType]
	if content == nil {
		t.Errorf("%s %s: status %d has the undocumented media type %q", r.Method, r.URL.Path, w.Code, mediaType)
		return
	}
	if !strings.HasSuffix(mediaType, "json") || r.Method == http.MethodHead {
		return
	}
	var value any
	if err := json.Unmarshal(w.Body.Bytes(), &value); err != nil {
		t.Errorf("%s %s: invalid JSON: %v", r.Method, r.URL.Path, err)
		return
	}
	if err := doc.ValidateSchemaJSON(content.Schema.Value, value, openapi3.EnableJSONSchema2020()); err != nil {
		t.Errorf("%s %s: status %d is not as documented: %v\n%s", r.Method, r.URL.Path, w.Code, err, w.Body)
	}
}

// operationOf returns the operation that a served request has called, or nil.
func operationOf(doc *openapi3.T, r *http.Request) *openapi3.Operation {
	_, path, found := strings.Cut(r.Pattern, " ")
	if !found || doc.Paths.Value(path) == nil {
		return nil
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	return doc.Paths.Value(path).GetOperation(method)
}

func TestCheckAgainstDocumentFails(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"missing member": `{"username": "ada"}`,
		"wrong type":     `{"username": "ada", "version": 1}`,
		"invalid JSON":   `{"username`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/session", nil)
			r.Pattern = "GET /api/v1/session"
			w := httptest.NewRecorder()
			w.Header().Set("Cache-Control", "no-store")
			w.Header().Set("Content-Type", "application/json")
			w.Body.WriteString(body)
			probe := &probe{TB: t}
			checkAgainstDocument(probe, r, w)
			if !probe.failed {
				t.Error("the response passed")
			}
		})
	}
}

// probe records whether a check fails.
type probe struct {
	testing.TB
	failed bool
}

func (p *probe) Errorf(string, ...any) { p.failed = true }
