package compare_test

import (
	"fmt"
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
)

const library = `
openapi: 3.1.0
info: {title: Library, version: "1"}
servers: [{url: https://pets.test/v1}]
paths:
  /books:
    get:
      parameters:
        - {name: order, in: query, schema: {enum: [title, year]}}
        - {name: X-Tenant, in: header, schema: {type: string}}
      responses:
        "200":
          description: books
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Book"}}}
            text/csv: {}
        "401": {description: no}
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}, text/csv: {}}}
      responses: {"201": {description: made}}
  /books/{book}:
    parameters: [{name: book, in: path, required: true, schema: {type: integer}}]
    get: {responses: {"200": {description: a book}, "404": {description: none}}}
  /tree:
    get: {responses: {"200": {description: t, content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}}}
components:
  schemas:
    Book: {type: object, properties: {title: {type: string}, author: {type: object, properties: {name: {type: string}}}}}
    Tree: {type: object, properties: {left: {$ref: "#/components/schemas/Tree"}, right: {$ref: "#/components/schemas/Tree"}}}
`

// TestLevelsOfADocument judges tests by what a document declares.
func TestLevelsOfADocument(t *testing.T) {
	t.Parallel()
	list := comparetest.Call{URL: "/books?order=title", Gets: `[{"title": "a"}]`, Headers: []string{"x-tenant: a"}}
	csv := comparetest.Call{URL: "/books?order=year", Gets: "a,b", GetType: "text/csv"}
	refused := comparetest.Call{URL: "/books", Status: 401}
	whole := comparetest.Call{URL: "/books", Gets: `[{"title": "a", "author": {"name": "b"}}]`}
	create := comparetest.Call{Method: "POST", URL: "/books", Sends: `{"title": "a"}`, Status: 201}
	createCSV := comparetest.Call{Method: "POST", URL: "/books", Sends: "a", SendType: "text/csv", Status: 201}
	one, none := comparetest.Call{URL: "/books/7"}, comparetest.Call{URL: "/books/8", Status: 404}
	tree := comparetest.Call{URL: "/tree", Gets: `{"left": null}`}
	for _, row := range []struct {
		name  string
		calls []comparetest.Call
		want  string // level, then covered of all for each criterion
	}{
		{"nothing of it", []comparetest.Call{{URL: "/others"}}, "0: 0/3 0/4 0/2 0/3 0/3 0/6 0/2 0/6"},
		{"all paths", []comparetest.Call{list, one, tree}, "1: 3/3 3/4 0/2 2/3 3/3 3/6 1/2 3/6"},
		{"all operations", []comparetest.Call{list, create, one, tree}, "2: 3/3 4/4 1/2 2/3 3/3 4/6 1/2 4/6"},
		{"all types", []comparetest.Call{list, csv, create, createCSV, one, tree}, "3: 3/3 4/4 2/2 3/3 3/3 4/6 2/2 4/6"},
		{
			"all but properties", []comparetest.Call{list, csv, refused, create, createCSV, one, none, tree},
			"5: 3/3 4/4 2/2 3/3 3/3 6/6 2/2 6/6",
		},
		{
			"properties of one operation", []comparetest.Call{whole, csv, refused, list, create, createCSV, one, none, tree},
			"5: 3/3 4/4 2/2 3/3 3/3 6/6 2/2 6/6",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			d := comparetest.Document(t, library)
			tests, _ := comparetest.Traffic(t, d, row.calls...)
			c := compare.Cover(tests, tests, d)
			var shares []string
			for _, one := range c.Levels.Criteria {
				if one.Name != "Response body properties" {
					shares = append(shares, fmt.Sprintf("%d/%d", one.Covered, one.Of))
				} else if one.Of > 520 {
					t.Errorf("%d properties: a schema in itself has no end", one.Of)
				}
			}
			if got := fmt.Sprintf("%d: %s", c.Levels.Reached, strings.Join(shares, " ")); got != row.want {
				t.Errorf("it is %s, want %s", got, row.want)
			}
			if len(c.Untested)+len(c.OnlyTests) > 0 {
				t.Errorf("%v, %v: both sides are the same", c.Untested, c.OnlyTests)
			}
		})
	}
}

// TestDocumentNamesWhatIsUntested has paths and names of parameters as the document writes them.
func TestDocumentNamesWhatIsUntested(t *testing.T) {
	t.Parallel()
	d := comparetest.Document(t, library)
	tests, _ := comparetest.Traffic(t, d, comparetest.Call{URL: "/books"})
	production, _ := comparetest.Traffic(t, d, comparetest.Call{URL: "/books?order=title"},
		comparetest.Call{URL: "/books", Headers: []string{"x-tenant: a", "Authorization: Bearer abc"}},
		comparetest.Call{URL: "/books/7"},
		comparetest.Call{URL: "/books/8"})
	var got []string
	for _, f := range compare.Cover(tests, production, d).Untested {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %d/%d", f.Method, f.Path, f.At, f.Value, f.Seen.For, f.Seen.Of)))
	}
	want := "GET /books/{book}   2/4; GET /books header.X-Tenant  1/2; GET /books query.order  1/2"
	if text := strings.Join(got, "; "); text != want {
		t.Errorf("untested is %s, want %s", text, want)
	}
}
