package spectacular_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/spectacular"
)

var update = flag.Bool("update", false, "write the golden files")

// patchOf returns the patch for calls that a view answered.
func patchOf(t *testing.T, text, view string, calls ...comparetest.Call) (string, []spectacular.Left) {
	t.Helper()
	d := comparetest.Document(t, text)
	traffic, set := comparetest.Traffic(t, d, calls...)
	findings := compare.Drift(d, traffic)
	for _, f := range findings {
		for _, e := range f.Change.Endpoints {
			e.Calls.Views = map[string]uint64{view: 1}
		}
	}
	module, left, err := spectacular.Patch(d, set, findings)
	if err != nil {
		t.Fatal(err)
	}
	return module, left
}

// document has what serializers express, and what only a schema does.
const document = `
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: /v1}]
paths:
  /nodes:
    post:
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/Node"}}
      responses:
        "200":
          description: all
          content:
            application/json: {schema: {$ref: "#/components/schemas/Node"}}
components:
  schemas:
    ObservedNode: {type: object}
    Node:
      type: object
      required: [id, code]
      properties:
        id: {type: integer, readOnly: true, minimum: 1}
        code: {type: string, pattern: "^[a-z]+$"}
        day: {type: string, format: date, nullable: true}
        secret: {type: string, writeOnly: true}
        children: {type: array, items: {$ref: "#/components/schemas/Node"}}
        weights: {type: object, additionalProperties: {type: array, items: {type: number}}}
        owner:
          nullable: true
          allOf: [{type: object, properties: {name: {type: string, maxLength: 9}}}]
        "it's": {type: string, enum: [a, b]}
`

func TestPatch(t *testing.T) {
	t.Parallel()
	module, left := patchOf(t, document, "shop.views.NodeView", comparetest.Call{
		Method: "POST", URL: "/nodes", Headers: []string{}, Sends: `{"code": "a", "extra": {"class": [1], "__x": true}}`,
		Gets: `{"id": 1, "code": "a", "\"\"\")\nimport os": 1}`,
	})
	if len(left) > 0 {
		t.Errorf("left is %v", left)
	}
	golden := filepath.Join("testdata", "nodes.py")
	if *update {
		if err := os.WriteFile(golden, []byte(module), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if module != string(want) {
		t.Errorf("the module differs from %s (go test -update):\n%s", golden, module)
	}
}

// TestEachFindingIsInThePatch patches for each kind of finding that a document can have.
func TestEachFindingIsInThePatch(t *testing.T) {
	t.Parallel()
	for name, row := range comparetest.Rows() {
		module, left := patchOf(t, comparetest.OldPets(), "pets.views.Pets", row.Call)
		for _, l := range left {
			if l.Reason == "" {
				t.Errorf("%s: %s is left without a reason", name, comparetest.Line(l.Finding))
			}
		}
		isEmpty := module == ""
		if wants := row.Want != ""; isEmpty && wants && len(left) == 0 {
			t.Errorf("%s: there is nothing to change", name)
		}
	}
}

func TestLeft(t *testing.T) {
	t.Parallel()
	drifted := comparetest.Call{
		Method: "POST", URL: "/nodes", Headers: []string{}, Sends: `{"code": "a", "more": 1}`, Status: 204,
	}
	for view, want := range map[string]string{
		"":                    "no call names its view",
		"shop.views.<lambda>": "its view shop.views.<lambda> cannot be imported by name",
	} {
		module, left := patchOf(t, document, view, drifted)
		if len(left) == 0 || !strings.Contains(left[0].Reason, want) {
			t.Errorf("of view %q is left %v, want %q", view, left, want)
		}
		line := "# - POST /nodes: request.body.more: no such field in the document (all 1):"
		if !strings.Contains(unwrapped(module), line+" "+want) || strings.Contains(module, "\nfrom ") {
			t.Errorf("of view %q, the module is\n%s, want a comment %s", view, module, line)
		}
	}
	_, left := patchOf(t, document, "shop.views.NodeView", comparetest.Call{
		Method: "GET", URL: "/nodes", Headers: []string{}, Sends: `{"filter": 1}`, Gets: `{"a": 1}`,
	})
	if len(left) > 0 {
		t.Errorf("of an operation that is not declared is left %v", left)
	}
}

// unwrapped returns a text with each comment in one line.
func unwrapped(text string) string {
	return regexp.MustCompile(`\n *#   +`).ReplaceAllString(text, " ")
}

func TestNothing(t *testing.T) {
	t.Parallel()
	if module, left := patchOf(t, document, "shop.views.NodeView"); module != "" || len(left) > 0 {
		t.Errorf("without calls, the module is\n%s and left is %v", module, left)
	}
}

// TestSharedCode patches for code that answers several operations.
func TestSharedCode(t *testing.T) {
	t.Parallel()
	post := comparetest.Call{
		Method: "POST", URL: "/nodes", Headers: []string{}, Sends: `{"code": "a", "more": 1}`, Gets: `{"id": 1, "code": "a"}`,
	}
	get := comparetest.Call{Method: "GET", URL: "/nodes", Headers: []string{}, Gets: `{"a": 1}`}
	again := comparetest.Call{Method: "GET", URL: "/trees", Headers: []string{}, Gets: `{"b": "x"}`, Status: 203}
	module, left := patchOf(t, document, "shop.views.NodeViewSet.both", post, get, again)
	if len(left) > 0 {
		t.Errorf("left is %v", left)
	}
	for _, want := range []string{
		"extend_schema_view(\n    both=[\n",
		"        extend_schema(\n            methods=[\"POST\"],",
		"        # It answers /nodes and /trees, which have one description.\n" +
			"        extend_schema(\n            methods=[\"GET\"],",
		`(200, "application/json"): `, `(203, "application/json"): `,
	} {
		if !strings.Contains(module, want) {
			t.Errorf("the module lacks %q:\n%s", want, module)
		}
	}
	if n := strings.Count(module, "both="); n != 1 {
		t.Errorf("the view has both %d times:\n%s", n, module)
	}
}

// TestVariants patches a body that is one of several objects.
func TestVariants(t *testing.T) {
	t.Parallel()
	const text = `
openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: /v1}]
paths:
  /pets:
    get:
      responses:
        "200":
          description: one
          content:
            application/json:
              schema:
                oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
                discriminator:
                  propertyName: kind
                  mapping: {cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog"}
components:
  schemas:
    Cat: {type: object, properties: {kind: {type: string, enum: [cat]}}}
    Dog: {type: object, properties: {kind: {type: string, enum: [dog]}}}
`
	get := comparetest.Call{Method: "GET", URL: "/pets", Headers: []string{}, Gets: `{"kind": "cat", "lives": 9}`}
	for without, want := range map[string]string{
		"":              `"cat": ObservedCatSerializer,`,
		"discriminator": "resource_type_field_name=None,",
	} {
		before := text
		if without != "" {
			head, rest, _ := strings.Cut(text, "                discriminator:")
			_, components, _ := strings.Cut(rest, "components:")
			before = head + "components:" + components
		}
		module, _ := patchOf(t, before, "pets.views.PetView", get)
		if !strings.Contains(module, "PolymorphicProxySerializer(") || !strings.Contains(module, want) {
			t.Errorf("the module lacks %q:\n%s", want, module)
		}
	}
}
