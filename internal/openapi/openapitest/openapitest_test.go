package openapitest_test

import (
	"strings"
	"testing"

	"akita/internal/openapi/openapitest"
)

const valid = `
openapi: 3.1.0
info: {title: shop, version: "1", x-akita-anything: {at: 1}}
paths:
  /users/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema: {type: [object, "null"], properties: {a: {type: string, enum: [x]}}, required: [a]}
`

// The step that finds a fault.
const (
	bySchema = "check the document against the schema of OpenAPI 3.1"
	byLoader = "kin-openapi"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	replace := strings.NewReplacer
	for name, c := range map[string]struct {
		change *strings.Replacer
		want   string // in the error; "" for none
	}{
		"a document":                          {replace(), ""},
		"without a version":                   {replace(`, version: "1"`, ""), bySchema},
		"a member that OpenAPI does not have": {replace("      responses:", "      answers: 1\n      responses:"), bySchema},
		"an invalid status":                   {replace(`"200"`, `"ok"`), bySchema},
		"an optional path parameter":          {replace("required: true", "required: false"), bySchema},
		"a path parameter that is unknown":    {replace("name: id", "name: pk"), byLoader},
		"a reference to nothing":              {replace("{type: integer}", "{$ref: '#/components/schemas/Id'}"), byLoader},
		"a type that JSON does not have":      {replace("type: integer", "type: int"), bySchema},
		"an enum that is not a list":          {replace("enum: [x]", "enum: x"), bySchema},
		"required twice":                      {replace("required: [a]", "required: [a, a]"), bySchema},
		"invalid YAML":                        {replace("paths:", "paths: ["), "read the document"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := openapitest.Check(t.Context(), []byte(c.change.Replace(valid)))
			switch {
			case c.want == "" && err != nil:
				t.Errorf("got %v, want no error", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
