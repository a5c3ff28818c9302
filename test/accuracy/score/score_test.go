package score_test

import (
	"strings"
	"testing"

	"akita/test/accuracy/score"
	"akita/test/accuracy/truth"
)

// known is the truth about one operation.
func known() *truth.Truth {
	text := func(types ...string) *truth.Node { return &truth.Node{Types: types} }
	item := &truth.Node{Types: []string{"object"}, Fields: map[string]*truth.Field{
		"id": {
			Node: &truth.Node{
				Types:  []string{"string"},
				Format: &truth.Format{Names: []string{"uuid"}, Claim: truth.Yes},
			},
			Required: true,
		},
		"note": {Node: &truth.Node{Types: []string{"string"}, Null: true}},
		"state": {
			Node: &truth.Node{
				Types: []string{"string"},
				Enum:  &truth.Enum{Members: []string{"open", "shut"}, Claim: truth.Yes},
			},
			Required: true,
		},
		"days": {Node: &truth.Node{Types: []string{"object"}, Entry: text("integer")}, Required: true},
	}}
	return &truth.Truth{Canaries: []string{"hunter2"}, Operations: []*truth.Operation{{
		Method: "get", Template: "/users/{id}", Exists: truth.Yes, Auth: []string{"bearer"}, Samples: []string{"/users/5"},
		Path:  []truth.PathParam{{Name: "id", Node: text("integer")}},
		Query: []truth.Param{{Name: "page", Node: text("integer"), Seen: truth.Yes}},
		Responses: map[string]map[string]*truth.Node{
			"200": {"application/json": {Types: []string{"array"}, Items: item}},
		},
	}}}
}

// perfect is a document with the whole truth, but with references, alternatives and other names.
const perfect = `{
 "components": {
  "securitySchemes": {"any": {"type": "http", "scheme": "Bearer"}},
  "schemas": {"Item": {"allOf": [
   {"type": "object", "required": ["id"], "properties": {
    "id": {"type": "string", "format": "uuid"}, "note": {"oneOf": [{"type": "string"}, {"type": "null"}]}}},
   {"type": "object", "required": ["state", "days"], "properties": {
    "state": {"type": "string", "enum": ["open", "shut"]},
    "days": {"type": "object", "additionalProperties": {"type": "integer"}}}}]}}
 },
 "paths": {"/users/{userId}": {
  "parameters": [{"in": "path", "name": "userId", "required": true, "schema": {"type": "integer"}}],
  "get": {
   "security": [{"any": []}],
   "parameters": [{"in": "query", "name": "page", "schema": {"type": "integer"}}],
   "responses": {"200": {"content": {"application/json; charset=utf-8": {
    "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}}}}}
  }}}
}`

func TestDocument(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		old, new string // a change to the perfect document
		want     []string
	}{
		"perfect":               {"", "", nil},
		"a path that is a call": {"/users/{userId}", "/users/5", []string{"operations", "operations"}},
		"a wrong parameter": {
			`"required": true, "schema": {"type": "integer"}`,
			`"required": true, "schema": {"type": "string"}`,
			[]string{"path"},
		},
		"no query parameter": {
			`"in": "query", "name": "page"`,
			`"in": "query", "name": "pages"`,
			[]string{"query", "query"},
		},
		"a required query": {
			`"name": "page", "schema"`,
			`"name": "page", "required": true, "schema"`,
			[]string{"query"},
		},
		"no authentication":  {`"security": [{"any": []}]`, `"security": []`, []string{"auth"}},
		"another scheme":     {`"scheme": "Bearer"`, `"scheme": "basic"`, []string{"auth", "auth"}},
		"another status":     {`"200": {`, `"201": {`, []string{"status", "status"}},
		"another media type": {"application/json; charset=utf-8", "text/plain", []string{"media", "media"}},
		"a missing field":    {`"id": {"type": "string", "format": "uuid"}, `, "", []string{"fields"}},
		"an extra field":     {`"id": {`, `"extra": {}, "id": {`, []string{"fields"}},
		"a wrong type":       {`{"oneOf": [{"type": "string"}`, `{"oneOf": [{"type": "integer"}`, []string{"types"}},
		"a missing format":   {`, "format": "uuid"`, "", []string{"formats"}},
		"a false format": {
			`{"oneOf": [{"type": "string"}`,
			`{"oneOf": [{"type": "string", "format": "date"}`,
			[]string{"formats"},
		},
		"not nullable": {
			`{"oneOf": [{"type": "string"}, {"type": "null"}]}`,
			`{"type": "string"}`,
			[]string{"nullable"},
		},
		"falsely nullable": {
			`"state": {"type": "string"`,
			`"state": {"type": ["string", "null"]`,
			[]string{"nullable"},
		},
		"falsely required": {`"required": ["id"]`, `"required": ["id", "note"]`, []string{"required"}},
		"falsely optional": {`"required": ["id"]`, `"required": []`, []string{"required"}},
		"half an enum":     {`["open", "shut"]`, `["open"]`, []string{"enums"}},
		"a false enum":     {`"format": "uuid"`, `"format": "uuid", "enum": ["a"]`, []string{"enums"}},
		"a map as a record": {
			`"additionalProperties": {"type": "integer"}`,
			`"properties": {"2026-01-05": {"type": "integer"}}`,
			[]string{"maps"},
		},
		"a false variant": {
			`{"$ref": "#/components/schemas/Item"}`,
			`{"oneOf": [{"$ref": "#/components/schemas/Item"}, {"$ref": "#/components/schemas/Item"}]}`,
			[]string{"variants"},
		},
		"a secret": {`"paths"`, `"x-note": "the password is hunter2", "paths"`, []string{"leaks"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := strings.Replace(perfect, test.old, test.new, 1)
			result, err := score.Document([]byte(doc), known(), false)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, miss := range result.Misses {
				got = append(got, miss.Aspect)
			}
			if strings.Join(got, " ") != strings.Join(test.want, " ") {
				t.Errorf("misses are %v, want %v", result.Misses, test.want)
			}
			if perfect := result.Overall() == 1; perfect != (len(test.want) == 0) {
				t.Errorf("overall is %v", result.Overall())
			}
		})
	}
}

func TestDocumentThatIsNotJSON(t *testing.T) {
	t.Parallel()
	if _, err := score.Document([]byte("openapi: 3.1.0"), known(), false); err == nil {
		t.Error("a document that is not JSON was accepted")
	}
}
