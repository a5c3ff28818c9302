package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// call is one HTTP request with its response.
type call struct {
	Method   string `json:"method"`
	Path     string `json:"path"`
	Template string `json:"template"` // the route, with "{}" for parameters; "" if none matches
	Request  *body  `json:"request"`
	Status   int    `json:"status"`
	Response *body  `json:"response"`
}

// body is the body of a request or a response.
type body struct {
	MediaType string `json:"media_type"`
	Content   []byte `json:"base64"`
}

// result counts what of the calls is in the document.
type result struct {
	calls, operations, found, bodies, routes int
	declared, findings                       int // operations of doccano's own document; of the calls
	problems                                 []string
}

func (r *result) String() string {
	return fmt.Sprintf("%d calls of %d operations: recall %d/%d, %d JSON bodies checked, %d routes, "+
		"%d operations declared, %d findings, %d problems",
		r.calls, r.operations, r.found, r.operations, r.bodies, r.routes, r.declared, r.findings, len(r.problems))
}

func (r *result) failure() error {
	var errs []error
	for _, problem := range r.problems {
		errs = append(errs, errors.New(problem))
	}
	return errors.Join(errs...)
}

func (r *result) problem(format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

// operation is one operation of the document.
type operation struct {
	pointer string // JSON pointer to it
	value   map[string]any
}

// compare checks a document against the calls that it is made from.
func compare(calls []call, text []byte) (*result, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	root, _ := document.(map[string]any)
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(location, document); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	operations := operationsOf(root)
	r := &result{calls: len(calls)}
	counts := make(map[string]int)
	for _, one := range calls {
		counts[one.Method+" "+one.Template]++
	}
	r.operations = len(counts)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		op, ok := operations[name]
		if !ok {
			r.problem("%s is missing in the document", name)
			continue
		}
		r.found++
		if got := requests(op); got != counts[name] {
			r.problem("%s has %d requests in the document, %d were sent", name, got, counts[name])
		}
	}
	for name := range operations {
		if counts[name] == 0 {
			r.problem("%s is in the document, but was not called", name)
		}
	}
	for _, one := range calls {
		if op, ok := operations[one.Method+" "+one.Template]; ok {
			r.checkBodies(compiler, op, one)
		}
	}
	return r, nil
}

const location = "https://example.com/openapi.json"

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// operationsOf returns the operations by method and path, with "{}" for parameters.
func operationsOf(document map[string]any) map[string]operation {
	found := make(map[string]operation)
	paths, _ := document["paths"].(map[string]any)
	for path, item := range paths {
		methods, _ := item.(map[string]any)
		for method, value := range methods {
			if op, ok := value.(map[string]any); ok && op["responses"] != nil {
				name := strings.ToUpper(method) + " " + parameter.ReplaceAllString(path, "{}")
				found[name] = operation{pointer("paths", path, method), op}
			}
		}
	}
	return found
}

func pointer(keys ...string) string {
	escape := strings.NewReplacer("~", "~0", "/", "~1", "%", "%25", "{", "%7B", "}", "%7D", " ", "%20", "*", "%2A")
	var b strings.Builder
	for _, key := range keys {
		b.WriteString("/" + escape.Replace(key))
	}
	return b.String()
}

// requests returns how many requests an operation says it had.
func requests(op operation) int {
	traffic, _ := op.value["x-akita-traffic"].(map[string]any)
	number, _ := traffic["requests"].(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil {
		return -1
	}
	return n
}

// checkBodies validates the JSON bodies of a call. Bodies of refused requests are not part of
// the document.
func (r *result) checkBodies(compiler *jsonschema.Compiler, op operation, one call) {
	if one.Request != nil && one.Status < 400 {
		r.checkBody(compiler, op.pointer+pointer("requestBody", "content"), one, one.Request, "request")
	}
	if one.Response != nil {
		status := strconv.Itoa(one.Status)
		r.checkBody(compiler, op.pointer+pointer("responses", status, "content"), one, one.Response, "response "+status)
	}
}

func (r *result) checkBody(compiler *jsonschema.Compiler, content string, one call, b *body, what string) {
	if b.MediaType != "application/json" {
		return
	}
	r.bodies++
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Content))
	if err != nil {
		r.problem("%s %s: the %s is not JSON: %v", one.Method, one.Path, what, err)
		return
	}
	schema, err := compiler.Compile(location + "#" + content + pointer(b.MediaType, "schema"))
	if err != nil {
		r.problem("%s %s: no schema for the %s: %v", one.Method, one.Template, what, err)
		return
	}
	if err := schema.Validate(value); err != nil {
		r.problem("%s %s: the %s is not valid: %v", one.Method, one.Path, what, err)
	}
}
