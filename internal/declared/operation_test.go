package declared

import "testing"

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		declared, mediaType string
		want                int
	}{
		{"application/json", "application/json", 0},
		{"Application/JSON; charset=utf-8", "application/json", 0},
		{"application/*+json", "application/hal+json", 1},
		{"application/*+json", "application/json", 4},
		{"text/*", "text/csv", 2},
		{"*/*", "text/csv", 3},
		{"application/json", "application/hal+json", 4},
	} {
		if got := match(c.declared, c.mediaType); got != c.want {
			t.Errorf("%s matches %s as %d, want %d", c.mediaType, c.declared, got, c.want)
		}
	}
}

func TestParametersInBrackets(t *testing.T) {
	t.Parallel()
	d, err := Read([]byte(`
openapi: 3.1.0
info: {title: A, version: "1"}
paths:
  /a:
    get:
      parameters:
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {color: {type: string}, price: {type: object}}}}
        - {name: any, in: query, style: deepObject, schema: {type: object}}
        - {name: open, in: query, style: deepObject, schema: {type: object, properties: {a: {}}, additionalProperties: {type: string}}}
        - {name: tag, in: query, schema: {type: array, items: {type: string}}}
        - {name: plain, in: query}
      responses: {"200": {description: ok}}
`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"filter": "filter", "filter[color]": "filter", "filter[price][gte]": "filter", "filter[size]": "",
		"any[b]": "any", "open[b]": "open", "tag[]": "tag", "tag[0]": "tag", "plain[a]": "plain", "other[a]": "",
	} {
		if got := nameOf(d, name); got != want {
			t.Errorf("%s is a value of the parameter %q, want %q", name, got, want)
		}
	}
}

// An object whose properties are parameters takes what no other parameter takes.
func TestParametersBesideAnOpenObject(t *testing.T) {
	t.Parallel()
	d, err := Read([]byte(`
openapi: 3.1.0
info: {title: A, version: "1"}
paths:
  /a:
    parameters: [{name: page, in: query, description: replaced}]
    get:
      parameters:
        - {name: more, in: query, schema: {type: object}}
        - {name: page, in: query}
        - {name: last, in: query}
      responses: {"200": {description: ok}}
`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.Operations()[0].Parameters); n != 3 {
		t.Errorf("there are %d parameters, want 3", n)
	}
	for name, want := range map[string]string{"page": "page", "last": "last", "other": "more"} {
		if got := nameOf(d, name); got != want {
			t.Errorf("%s is a value of the parameter %q, want %q", name, got, want)
		}
	}
}

// nameOf returns the name of the parameter in the query that a name belongs to, "" for none.
func nameOf(d *Document, name string) string {
	p := d.Operations()[0].Parameter("query", name)
	if p == nil {
		return ""
	}
	return p.Name
}
