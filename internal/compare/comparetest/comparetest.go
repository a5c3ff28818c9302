// Package comparetest makes calls, and has a call for each kind of finding.
package comparetest

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/witness"
)

// Pets is a document with the means by which OpenAPI 3.1 describes an API.
//
//go:embed pets.yaml
var Pets string

// OldPets is the same in OpenAPI 3.0.
func OldPets() string {
	return strings.NewReplacer(
		"3.1.0", "3.0.3", `type: [string, "null"]`, "type: string, nullable: true",
		`{anyOf: [{$ref: "#/components/schemas/Named"}, {type: "null"}]}`,
		`{nullable: true, allOf: [{$ref: "#/components/schemas/Named"}]}`,
		"const: click", "type: string, enum: [click]", "const: buy", "type: string, enum: [buy]",
	).Replace(Pets)
}

// Call is a call of a test. Members that are empty have usual values.
type Call struct {
	Method, URL string
	Status      int
	Headers     []string // "Name: value"; nil for a bearer token and a tenant
	Sends, Gets string   // bodies
	SendType    string
	GetType     string
	Answers     []string      // response headers
	After       time.Duration // of Start
}

// Start is when calls start.
var Start = time.Date(2026, 3, 2, 9, 10, 0, 0, time.UTC)

func (c Call) entry(t *testing.T) *har.Entry {
	t.Helper()
	pairs := func(lines []string) (out []map[string]string) {
		out = []map[string]string{}
		for _, line := range lines {
			name, value, _ := strings.Cut(line, ": ")
			out = append(out, map[string]string{"name": name, "value": value})
		}
		return out
	}
	or := func(text, usual string) string {
		if text == "" {
			return usual
		}
		return text
	}
	if c.Headers == nil {
		c.Headers = []string{"Authorization: Bearer abc"}
		if path, _, _ := strings.Cut(c.URL, "?"); strings.TrimSuffix(path, "/") == "/pets" && or(c.Method, "GET") == "GET" {
			c.Headers = append(c.Headers, "X-Tenant: a")
		}
	}
	if c.Status == 0 {
		c.Status = 200
	}
	request := map[string]any{"method": or(c.Method, "GET"), "url": "https://pets.test/v1" + c.URL, "headers": pairs(c.Headers)}
	if c.Sends != "" {
		request["postData"] = map[string]string{"mimeType": or(c.SendType, "application/json"), "text": c.Sends}
	}
	response := map[string]any{"status": c.Status, "headers": pairs(c.Answers)}
	if c.Gets != "" {
		response["content"] = map[string]string{"mimeType": or(c.GetType, "application/json"), "text": c.Gets}
	}
	raw, err := json.Marshal(map[string]any{
		"startedDateTime": Start.Add(c.After).Format(time.RFC3339), "time": 3, "request": request, "response": response,
	})
	if err != nil {
		t.Fatal(err)
	}
	var e har.Entry
	if err := har.ParseEntry(raw, &e); err != nil {
		t.Fatal(err)
	}
	return &e
}

// Document reads a document.
func Document(t *testing.T, text string) *declared.Document {
	t.Helper()
	d, err := declared.Read([]byte(text), declared.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Traffic returns what calls show, which have the routes of the document, and the set of their endpoints.
func Traffic(t *testing.T, d *declared.Document, calls ...Call) (*compare.Traffic, *endpoints.Set) {
	t.Helper()
	return Recording(t, d, calls...).Traffic()
}

// Recording returns what calls show. They have the routes of the document, or none if it is nil.
func Recording(t *testing.T, d *declared.Document, calls ...Call) compare.Recording {
	t.Helper()
	return recording(t, d, witness.Options{Enums: true}, calls)
}

// Live returns what a server has of calls: they have no routes of a document, and no literal values.
func Live(t *testing.T, calls ...Call) compare.Recording {
	t.Helper()
	return recording(t, nil, witness.Options{MaxExpanded: witness.LiveExpanded}, calls)
}

func recording(t *testing.T, d *declared.Document, options witness.Options, calls []Call) compare.Recording {
	t.Helper()
	r := compare.Recording{Model: apimodel.New(), Dates: make(compare.Dates)}
	for _, c := range calls {
		e := c.entry(t)
		w := witness.FromEntry(e, options)
		if d != nil {
			d.Name(&w, witness.AddressOf(e).Escaped, options)
		}
		one := apimodel.New()
		one.Add(&w)
		r.Dates.AddHour(e.Started.Unix()/3600, one)
		r.Model.Merge(one)
	}
	return r
}

// Drift returns the findings of a document and calls.
func Drift(t *testing.T, d *declared.Document, calls ...Call) []compare.Finding {
	t.Helper()
	traffic, _ := Traffic(t, d, calls...)
	return compare.Drift(d, traffic)
}

// Lines writes findings other than those of what was never seen, a line each.
func Lines(findings []compare.Finding) string {
	var lines []string
	for _, f := range findings {
		if f.Kind != compare.Unseen {
			lines = append(lines, Line(f))
		}
	}
	return strings.Join(lines, "; ")
}

// Line writes a finding as the tables of tests do.
func Line(f compare.Finding) string {
	var parts []string
	parts = append(parts, string(f.Kind), string(f.Subject), f.Method+" "+f.Path)
	if f.Status != 0 {
		parts = append(parts, fmt.Sprint(f.Status))
	}
	for _, text := range []string{f.At, f.Value} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

// Equal reports a difference of two lists of findings in what people read of them.
func Equal(t *testing.T, name string, got, want []compare.Finding) {
	t.Helper()
	have, expected := full(got), full(want)
	for _, line := range have {
		if !slices.Contains(expected, line) {
			t.Errorf("%s: unexpected %s", name, line)
		}
	}
	for _, line := range expected {
		if !slices.Contains(have, line) {
			t.Errorf("%s: missing %s", name, line)
		}
	}
}

func full(findings []compare.Finding) (lines []string) {
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("%s %s %s %d/%d %s %s %s", Line(f), f.Severity, f.Verdict, f.Seen.For, f.Seen.Of,
			f.Seen.First.Format(time.RFC3339), f.Seen.Last.Format(time.RFC3339), f.Message))
	}
	return lines
}

// Pet is a pet that the document declares.
const Pet = `{"id": 1, "name": "Tom"}`

// Row is a call and the finding that it makes.
type Row struct {
	Call Call
	Want string // "" for none
}

// Rows has a call for each kind of finding, and for what is none.
func Rows() map[string]Row {
	list := func(one string) string { return "[" + one + "]" }
	with := func(field string) string { return `{"id": 1, "name": "Tom", ` + field + `}` }
	post := func(body string) Call {
		return Call{Method: "POST", URL: "/pets", Status: 201, Sends: body, Gets: Pet, GetType: "application/hal+json"}
	}
	return map[string]Row{
		// What is declared is no finding.
		"a list":                              {Call{URL: "/pets?limit=3", Gets: list(Pet)}, ""},
		"a literal wins over a parameter":     {Call{URL: "/pets/mine", Gets: "a,b", GetType: "text/csv"}, ""},
		"a slash at the end":                  {Call{URL: "/pets/", Gets: list(Pet)}, ""},
		"a reference with a null beside it":   {Call{URL: "/pets", Gets: list(with(`"owner": null, "born": null`))}, ""},
		"a number without a fraction":         {Call{URL: "/pets", Gets: list(with(`"weight": 3`))}, ""},
		"a map":                               {Call{URL: "/pets", Gets: list(with(`"labels": {"a": "b", "2026-01-05": "c"}`))}, ""},
		"an object of anything":               {Call{URL: "/pets", Gets: list(with(`"extra": {"a": {"b": 1}}`))}, ""},
		"an open object":                      {Call{URL: "/pets", Gets: list(with(`"open": {"b": 1}`))}, ""},
		"a list in the query":                 {Call{URL: "/pets?ids=1&ids=2", Gets: list(Pet)}, ""},
		"a list with brackets":                {Call{URL: "/pets?ids[]=1", Gets: list(Pet)}, ""},
		"an object in the query":              {Call{URL: "/pets?filter[name]=Tom", Gets: list(Pet)}, ""},
		"a range of statuses":                 {Call{Method: "PUT", URL: "/pets/1", Status: 204, Headers: []string{"Authorization: Bearer a", "X-API-Key: k"}}, ""},
		"a default response":                  {Call{Method: "POST", URL: "/pets", Status: 503, Sends: `{}`}, ""},
		"a range of media types":              {post(`{"name": "Tom", "secret": "s"}`), ""},
		"a read-only field that is sent back": {post(`{"name": "Tom", "secret": "s", "id": 1}`), ""},
		"a read-only field without a value":   {post(`{"name": "Tom", "secret": "s", "id": null}`), ""},
		"a read-only field of another type":   {post(`{"name": "Tom", "secret": "s", "id": {"new": "x"}}`), ""},
		"an optional key that is missing":     {Call{URL: "/pets/1", Gets: Pet, Headers: []string{}}, ""},
		"a header of a gateway":               {Call{URL: "/pets", Gets: list(Pet), Answers: []string{"X-RateLimit-Limit: 9", "Via: x"}}, ""},
		"a refused request":                   {Call{URL: "/pets?limit=x&new=1", Status: 400, Headers: []string{}}, ""},
		"a refused body":                      {Call{Method: "POST", URL: "/pets", Status: 422, Sends: `{"a": 1}`}, ""},
		"a call that a cache makes":           {Call{URL: "/pets", Status: 304}, ""},
		"the head of a document":              {Call{Method: "HEAD", URL: "/pets"}, ""},
		"a method that is not there":          {Call{Method: "DELETE", URL: "/pets/1", Status: 404}, ""},
		"a path that is not there":            {Call{URL: "/wp-login.php", Status: 404}, ""},
		"both variants":                       {Call{URL: "/events", Gets: `[{"type": "click", "x": 1}, {"type": "buy", "amount": 2.5}]`}, ""},
		"a form":                              {Call{Method: "POST", URL: "/pets", Status: 201, Sends: "name=Tom&age=3", SendType: "application/x-www-form-urlencoded"}, ""},

		"an undocumented path":   {Call{URL: "/owners", Gets: `[]`}, "undocumented operation GET /v1/owners"},
		"an undocumented method": {Call{Method: "DELETE", URL: "/pets/1", Status: 204}, "undocumented operation DELETE /pets/{id}"},
		"an undocumented parameter": {
			Call{URL: "/pets?sort=name", Gets: list(Pet)}, "undocumented parameter GET /pets query.sort",
		},
		"an undocumented header of requests": {
			Call{URL: "/pets", Gets: list(Pet), Headers: []string{"Authorization: Bearer a", "X-Tenant: a", "X-Shop: a"}},
			"undocumented parameter GET /pets header.x-shop",
		},
		"another type of a parameter": {
			Call{URL: "/pets?limit=all", Gets: list(Pet)}, "mismatched type GET /pets query.limit string",
		},
		"another format of a parameter": {
			Call{URL: "/pets?since=yesterday", Gets: list(Pet)}, "mismatched format GET /pets query.since other",
		},
		"another member of a parameter": {
			Call{URL: "/pets?kind=bird", Gets: list(Pet)}, "mismatched enum GET /pets query.kind bird",
		},
		"another type in the path": {Call{URL: "/pets/tom", Gets: Pet}, "mismatched type GET /pets/{id} path.id string"},
		"a missing parameter": {
			Call{URL: "/pets", Gets: list(Pet), Headers: []string{"Authorization: Bearer a"}},
			"mismatched required GET /pets header.X-Tenant",
		},
		"a missing body": {
			Call{Method: "POST", URL: "/pets", Status: 201, Gets: Pet, GetType: "application/hal+json"},
			"mismatched required POST /pets request.body",
		},
		"an undocumented status": {Call{URL: "/pets/1", Status: 410}, "undocumented status GET /pets/{id} 410 response 410"},
		"an undocumented media type": {
			Call{URL: "/pets/1", Gets: "<a/>", GetType: "application/xml"},
			"undocumented media_type GET /pets/{id} 200 response.body application/xml",
		},
		"a suffix is another media type": {
			Call{URL: "/pets/1", Gets: Pet, GetType: "application/hal+json"},
			"undocumented media_type GET /pets/{id} 200 response.body application/hal+json",
		},
		"an undocumented media type of requests": {
			Call{Method: "POST", URL: "/pets", Status: 201, Sends: "name: Tom", SendType: "application/yaml"},
			"undocumented media_type POST /pets request.body application/yaml",
		},
		"an undocumented field": {
			Call{URL: "/pets/1", Gets: with(`"age": 3`)}, "undocumented response_field GET /pets/{id} 200 response.body.age",
		},
		"an undocumented field of a closed object": {
			Call{URL: "/pets/1", Gets: with(`"closed": {"b": 3}`)},
			"undocumented response_field GET /pets/{id} 200 response.body.closed.b",
		},
		"an undocumented field behind a reference": {
			Call{URL: "/pets/1", Gets: with(`"owner": {"name": "a", "mail": "b"}`)},
			"undocumented response_field GET /pets/{id} 200 response.body.owner.mail",
		},
		"keys that are data": {
			Call{URL: "/pets/1", Gets: with(`"closed": {"2026-01-05": 3}`)},
			"undocumented response_field GET /pets/{id} 200 response.body.closed.*",
		},
		"an undocumented field of a request": {
			post(`{"name": "Tom", "secret": "s", "age": 3}`), "undocumented request_field POST /pets request.body.age",
		},
		"an undocumented field of a form": {
			Call{Method: "POST", URL: "/pets", Status: 201, Sends: "name=Tom&colour=red", SendType: "application/x-www-form-urlencoded"},
			"undocumented request_field POST /pets request.body.colour",
		},
		"a missing field of a form": {
			Call{Method: "POST", URL: "/pets", Status: 201, Sends: "age=3", SendType: "application/x-www-form-urlencoded"},
			"mismatched required POST /pets request.body.name",
		},
		"another type in a form": {
			Call{Method: "POST", URL: "/pets", Status: 201, Sends: "name=Tom&age=old", SendType: "application/x-www-form-urlencoded"},
			"mismatched type POST /pets request.body.age string",
		},
		"a missing field": {Call{URL: "/pets/1", Gets: `{"id": 1}`}, "mismatched required GET /pets/{id} 200 response.body.name"},
		"a missing field of a request": {
			post(`{"name": "Tom"}`), "mismatched required POST /pets request.body.secret",
		},
		"a missing field of a variant": {
			Call{URL: "/events", Gets: `[{"type": "buy", "amount": 1}, {"type": "click"}]`},
			"mismatched required GET /events 200 response.body[].x",
		},
		"a write-only field in an answer": {
			Call{URL: "/pets/1", Gets: with(`"secret": "s"`)}, "mismatched response_field GET /pets/{id} 200 response.body.secret",
		},
		"another type": {
			Call{URL: "/pets/1", Gets: with(`"weight": "3"`)}, "mismatched type GET /pets/{id} 200 response.body.weight string",
		},
		"another type of an element": {
			Call{URL: "/pets/1", Gets: with(`"tags": ["a", 2]`)}, "mismatched type GET /pets/{id} 200 response.body.tags[] integer",
		},
		"another type in a map": {
			Call{URL: "/pets/1", Gets: with(`"labels": {"2026-01-05": 3}`)},
			"mismatched type GET /pets/{id} 200 response.body.labels.* integer",
		},
		"null": {Call{URL: "/pets/1", Gets: with(`"weight": null`)}, "mismatched nullable GET /pets/{id} 200 response.body.weight null"},
		"another format": {
			Call{URL: "/pets/1", Gets: with(`"born": "5 May"`)}, "mismatched format GET /pets/{id} 200 response.body.born other",
		},
		"another member": {
			Call{URL: "/pets/1", Gets: with(`"kind": "bird"`)}, "mismatched enum GET /pets/{id} 200 response.body.kind bird",
		},
		"a member that is no word": {
			Call{URL: "/pets/1", Gets: with(`"kind": "a bird!"`)}, "mismatched enum GET /pets/{id} 200 response.body.kind other",
		},
		"no credentials": {
			Call{URL: "/events", Gets: `[]`, Headers: []string{}}, "mismatched auth GET /events request.auth none",
		},
		"other credentials": {
			Call{URL: "/events", Gets: `[]`, Headers: []string{"Authorization: Basic YTpi"}},
			"mismatched auth GET /events request.auth basic",
		},
		"one of two credentials": {
			Call{Method: "PUT", URL: "/pets/1", Headers: []string{"X-API-Key: k"}},
			"mismatched auth PUT /pets/{id} request.auth api_key x-api-key",
		},
		"an undocumented header": {
			Call{URL: "/pets", Gets: list(Pet), Answers: []string{"X-Total: 3", "X-Next: 4"}},
			"undocumented header GET /pets 200 response.header.x-next",
		},
		"an answer to a refused call": {
			Call{URL: "/pets", Status: 404, Gets: `{}`, GetType: "application/problem+json"},
			"mismatched required GET /pets 404 response.body.detail",
		},
	}
}
