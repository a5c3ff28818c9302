package compare_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
)

func TestDrift(t *testing.T) {
	t.Parallel()
	for version, text := range map[string]string{"3.1": comparetest.Pets, "3.0": comparetest.OldPets()} {
		d := comparetest.Document(t, text)
		for name, row := range comparetest.Rows() {
			if got := comparetest.Lines(comparetest.Drift(t, d, row.Call)); got != row.Want {
				t.Errorf("%s in %s: the findings are %q, want %q", name, version, got, row.Want)
			}
		}
	}
}

// Documents of each version say the same in other words.
func TestDriftOfVersions(t *testing.T) {
	t.Parallel()
	old := `
swagger: "2.0"
info: {title: A, version: "1"}
basePath: /v1
produces: [application/json]
paths:
  /pets/{id}:
    get:
      parameters: [{name: id, in: path, required: true, type: integer}]
      responses:
        200: {description: ok, schema: {$ref: "#/definitions/Pet"}}
definitions:
  Pet: {type: object, required: [name], properties: {name: {type: string}, born: {type: string, format: date}}}
`
	nullable := `
openapi: 3.0.3
info: {title: A, version: "1"}
servers: [{url: /v1}]
paths:
  /pets/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
components:
  schemas:
    Name: {type: string}
    Pet:
      type: object
      required: [name]
      properties:
        name: {nullable: true, allOf: [{$ref: "#/components/schemas/Name"}]}
        born: {type: string, format: date, nullable: true}
`
	newest := strings.NewReplacer("3.0.3", "3.2.0", "nullable: true, ", "", ", nullable: true", "").Replace(nullable)
	for name, c := range map[string]struct{ document, body, want string }{
		"2.0":           {old, `{"name": "a", "born": "2020-01-05"}`, ""},
		"2.0, a null":   {old, `{"name": null}`, "mismatched nullable GET /pets/{id} 200 response.body.name null"},
		"3.0":           {nullable, `{"name": null, "born": null}`, ""},
		"3.0, a number": {nullable, `{"name": 1}`, "mismatched type GET /pets/{id} 200 response.body.name integer"},
		"3.2":           {newest, `{"name": "a"}`, ""},
		"3.2, a null":   {newest, `{"name": "a", "born": null}`, "mismatched nullable GET /pets/{id} 200 response.body.born null"},
	} {
		findings := comparetest.Drift(t, comparetest.Document(t, c.document), comparetest.Call{URL: "/pets/1", Gets: c.body, Headers: []string{}})
		if got := comparetest.Lines(findings); got != c.want {
			t.Errorf("%s: the findings are %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatWasNeverSeen(t *testing.T) {
	t.Parallel()
	findings := comparetest.Drift(t, comparetest.Document(t, comparetest.Pets), comparetest.Call{URL: "/pets?limit=1", Gets: "[" + comparetest.Pet + "]"}, comparetest.Call{URL: "/pets/1", Gets: `{"id": 1}`})
	var got []string
	for _, f := range findings {
		if f.Kind == compare.Unseen {
			got = append(got, comparetest.Line(f))
		}
		if f.Kind == compare.Unseen && (f.Severity != compare.Info || f.Verdict != compare.NotEnough || f.Seen.For != 0) {
			t.Errorf("%s has %s, %s and %+v", comparetest.Line(f), f.Severity, f.Verdict, f.Seen)
		}
	}
	for _, want := range []string{
		"unseen operation GET /events", "unseen operation POST /pets", "unseen parameter GET /pets query.kind",
		"unseen response_field GET /pets 200 response.body[].weight",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
	for _, not := range []string{
		"unseen parameter GET /pets query.limit", "unseen response_field GET /pets 200 response.body[].secret",
		"unseen response_field GET /pets/{id} 200 response.body.name",
	} {
		if slices.Contains(got, not) {
			t.Errorf("%q is a finding", not)
		}
	}
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	var calls []comparetest.Call
	for i := range 12 {
		c := comparetest.Call{URL: "/pets/1", Gets: comparetest.Pet, After: time.Duration(i) * time.Hour}
		if i == 3 || i == 5 {
			c.Gets = `{"id": 1, "name": "Tom", "age": 3}`
		}
		calls = append(calls, c)
	}
	findings := comparetest.Drift(t, comparetest.Document(t, comparetest.Pets), calls...)
	i := slices.IndexFunc(findings, func(f compare.Finding) bool { return f.At == "response.body.age" })
	if i < 0 {
		t.Fatal("the field is not found")
	}
	want := compare.Seen{
		For: 2, Of: 12, First: comparetest.Start.Add(3 * time.Hour).Truncate(time.Hour), Last: comparetest.Start.Add(6 * time.Hour).Truncate(time.Hour),
	}
	if got := findings[i].Seen; got != want {
		t.Errorf("it was seen %+v, want %+v", got, want)
	}
}

func TestUsualHeaders(t *testing.T) {
	t.Parallel()
	headers := []string{"X-Release: 3"}
	calls := []comparetest.Call{
		{URL: "/pets", Gets: "[" + comparetest.Pet + "]", Answers: headers}, {URL: "/pets/1", Gets: comparetest.Pet, Answers: headers},
		{URL: "/pets/mine", Gets: "a", GetType: "text/plain", Answers: headers}, {URL: "/events", Gets: "[]", Answers: headers},
	}
	isFound := func(calls []comparetest.Call) bool {
		return slices.ContainsFunc(comparetest.Drift(t, comparetest.Document(t, comparetest.Pets), calls...), func(f compare.Finding) bool { return f.Subject == compare.Header })
	}
	if !isFound(calls) {
		t.Error("a header of four operations is no finding")
	}
	calls = append(calls, comparetest.Call{Method: "PUT", URL: "/pets/1", Answers: headers, Headers: []string{"Authorization: Bearer a", "X-API-Key: k"}})
	if isFound(calls) {
		t.Error("a header of all operations is a finding")
	}
}
