package severity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/declared"
)

const places = `
openapi: 3.1.0
info: {title: A, version: "1"}
security: [{bearer: []}]
paths:
  /a/{id}:
    get:
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: sort, in: query, schema: {type: string, enum: [up, down]}}
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: X-T, in: header, schema: {type: string}}
      responses:
        "200":
          description: ok
          headers: {X-A: {schema: {type: string}, required: true}}
          content:
            application/json:
              schema:
                type: object
                required: [a, list, items]
                properties:
                  a: {type: string}
                  list: {type: array, items: {type: object, required: [c], properties: {c: {type: string}}}}
                  items: {type: object, properties: {sku: {type: string}}}
                  named: {allOf: [{$ref: "#/components/schemas/Named"}]}
                  by: {type: object, additionalProperties: {type: object, required: [z], properties: {z: {type: string}}}}
        "204": {description: none}
  /b:
    post:
      requestBody:
        content:
          application/xml: {}
          application/json: {schema: {type: object, properties: {o: {type: object, properties: {i: {type: string}}}, when: {type: string, format: date}}}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {type: array, items: {type: object, required: [u], properties: {u: {type: string}}}}}}
components:
  securitySchemes: {bearer: {type: http, scheme: bearer}, key: {type: apiKey, in: header, name: K}}
  schemas: {Named: {type: object, required: [y], properties: {y: {type: string}}}}
`

func TestPlaces(t *testing.T) {
	t.Parallel()
	read := func(text string) *declared.Document {
		d, err := declared.Read([]byte(text), declared.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, row := range []struct{ old, with, want string }{
		{"        - {name: page, in: query, schema: {type: integer}}\n", "", "removed parameter GET /a/{id} query.page"},
		{"in: query, schema: {type: integer}", "in: query, required: true, schema: {type: integer}", "changed required GET /a/{id} query.page"},
		{"[up, down]", "[up]", "removed enum GET /a/{id} query.sort down"},
		{"in: path, required: true, schema: {type: string}", "in: path, required: true, schema: {type: integer}", "changed type GET /a/{id} path.id"},
		{"name: X-T, in: header, schema: {type: string}", "name: X-T, in: header, schema: {type: string, maxLength: 2}", "changed parameter GET /a/{id} header.X-T"},
		{"headers: {X-A: {schema: {type: string}, required: true}}", "headers: {}", "removed header GET /a/{id} 200 response.header.x-a"},
		{"required: [a, list, items]", "required: [list, items]", "changed required GET /a/{id} 200 response.body.a"},
		{"required: [c], properties: {c: {type: string}}", "properties: {}", "removed response_field GET /a/{id} 200 response.body.list[].c"},
		{"items: {type: object, properties: {sku: {type: string}}}", "items: {type: object, properties: {sku: {type: integer}}}", "changed type GET /a/{id} 200 response.body.items.sku"},
		{"required: [y], properties: {y: {type: string}}", "properties: {}", "removed response_field GET /a/{id} 200 response.body.named.y"},
		{"required: [z], properties: {z: {type: string}}", "properties: {}", "removed response_field GET /a/{id} 200 response.body.by.*.z"},
		{"        \"204\": {description: none}\n", "", "removed status GET /a/{id} 204 response"},
		{"          application/xml: {}\n", "", "removed media_type POST /b request.body application/xml"},
		{"properties: {i: {type: string}}", "required: [i], properties: {i: {type: string}}", "changed required POST /b request.body.o.i"},
		{"format: date", "format: uuid", "changed format POST /b request.body.when"},
		{"required: [u]", "required: []", "changed required POST /b 200 response.body[].u"},
		{"security: [{bearer: []}]", "security: [{key: []}]", "removed auth POST /b request.auth"},
		{"      requestBody:\n        content:", "      requestBody:\n        required: true\n        content:", "changed required POST /b request.body"},
	} {
		findings, err := Documents(read(places), read(strings.Replace(places, row.old, row.with, 1)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range findings {
			got = append(got, line(f))
		}
		if !slices.Contains(got, row.want) {
			t.Errorf("%q has %q, want %s", row.with, got, row.want)
		}
	}
}

func line(f compare.Finding) string {
	text := fmt.Sprintf("%s %s %s %s", f.Kind, f.Subject, f.Method, f.Path)
	if f.Status != 0 {
		text += fmt.Sprint(" ", f.Status)
	}
	return strings.TrimRight(text+" "+f.At+" "+f.Value, " ")
}
