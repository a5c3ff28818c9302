package compare

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/witness"
)

// call is a call of a test. Members that are empty have usual values.
type call struct {
	method, url string
	status      int
	headers     []string // "Name: value"; nil for a bearer token and a tenant
	sends, gets string   // bodies
	sendType    string
	getType     string
	answers     []string // response headers
	after       time.Duration
}

var start = time.Date(2026, 3, 2, 9, 10, 0, 0, time.UTC)

func (c call) entry(t *testing.T) *har.Entry {
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
	if c.headers == nil {
		c.headers = []string{"Authorization: Bearer abc"}
		if path, _, _ := strings.Cut(c.url, "?"); strings.TrimSuffix(path, "/") == "/pets" && (c.method == "" || c.method == "GET") {
			c.headers = append(c.headers, "X-Tenant: a")
		}
	}
	if c.status == 0 {
		c.status = 200
	}
	request := map[string]any{"method": or(c.method, "GET"), "url": "https://pets.test/v1" + c.url, "headers": pairs(c.headers)}
	if c.sends != "" {
		request["postData"] = map[string]string{"mimeType": or(c.sendType, "application/json"), "text": c.sends}
	}
	response := map[string]any{"status": c.status, "headers": pairs(c.answers)}
	if c.gets != "" {
		response["content"] = map[string]string{"mimeType": or(c.getType, "application/json"), "text": c.gets}
	}
	raw, err := json.Marshal(map[string]any{
		"startedDateTime": start.Add(c.after).Format(time.RFC3339), "time": 3, "request": request, "response": response,
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

func document(t *testing.T, text string) *declared.Document {
	t.Helper()
	d, err := declared.Read([]byte(text), declared.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func pets(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/pets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// driftOf returns the findings of a document and calls.
func driftOf(t *testing.T, d *declared.Document, calls ...call) []Finding {
	t.Helper()
	all, models := apimodel.New(), make(map[time.Time]*apimodel.Model)
	var hours []Hour
	for _, c := range calls {
		e := c.entry(t)
		options := witness.Options{Enums: true}
		w := witness.FromEntry(e, options)
		d.Name(&w, witness.AddressOf(e).Escaped, options)
		all.Add(&w)
		at := e.Started.Truncate(time.Hour)
		if models[at] == nil {
			models[at] = apimodel.New()
			hours = append(hours, Hour{at, models[at]})
		}
		models[at].Add(&w)
	}
	return Drift(d, NewTraffic(endpoints.Infer(all), hours))
}

// line writes a finding as the tables of tests do.
func line(f Finding) string {
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

const pet = `{"id": 1, "name": "Tom"}`

func TestDrift(t *testing.T) {
	t.Parallel()
	d := document(t, pets(t))
	list := func(one string) string { return "[" + one + "]" }
	with := func(field string) string { return `{"id": 1, "name": "Tom", ` + field + `}` }
	post := func(body string) call {
		return call{method: "POST", url: "/pets", status: 201, sends: body, gets: pet, getType: "application/hal+json"}
	}
	for name, c := range map[string]struct {
		call call
		want string // "" for none
	}{
		// What is declared is no finding.
		"a list":                              {call{url: "/pets?limit=3", gets: list(pet)}, ""},
		"a literal wins over a parameter":     {call{url: "/pets/mine", gets: "a,b", getType: "text/csv"}, ""},
		"a slash at the end":                  {call{url: "/pets/", gets: list(pet)}, ""},
		"a reference with a null beside it":   {call{url: "/pets", gets: list(with(`"owner": null, "born": null`))}, ""},
		"a number without a fraction":         {call{url: "/pets", gets: list(with(`"weight": 3`))}, ""},
		"a map":                               {call{url: "/pets", gets: list(with(`"labels": {"a": "b", "2026-01-05": "c"}`))}, ""},
		"an object of anything":               {call{url: "/pets", gets: list(with(`"extra": {"a": {"b": 1}}`))}, ""},
		"an open object":                      {call{url: "/pets", gets: list(with(`"open": {"b": 1}`))}, ""},
		"a list in the query":                 {call{url: "/pets?ids=1&ids=2", gets: list(pet)}, ""},
		"a list with brackets":                {call{url: "/pets?ids[]=1", gets: list(pet)}, ""},
		"an object in the query":              {call{url: "/pets?filter[name]=Tom", gets: list(pet)}, ""},
		"a range of statuses":                 {call{method: "PUT", url: "/pets/1", status: 204, headers: []string{"Authorization: Bearer a", "X-API-Key: k"}}, ""},
		"a default response":                  {call{method: "POST", url: "/pets", status: 503, sends: `{}`}, ""},
		"a range of media types":              {post(`{"name": "Tom", "secret": "s"}`), ""},
		"a read-only field that is sent back": {post(`{"name": "Tom", "secret": "s", "id": 1}`), ""},
		"an optional key that is missing":     {call{url: "/pets/1", gets: pet, headers: []string{}}, ""},
		"a header of a gateway":               {call{url: "/pets", gets: list(pet), answers: []string{"X-RateLimit-Limit: 9", "Via: x"}}, ""},
		"a refused request":                   {call{url: "/pets?limit=x&new=1", status: 400, headers: []string{}}, ""},
		"a refused body":                      {call{method: "POST", url: "/pets", status: 422, sends: `{"a": 1}`}, ""},
		"a call that a cache makes":           {call{url: "/pets", status: 304}, ""},
		"the head of a document":              {call{method: "HEAD", url: "/pets"}, ""},
		"a path that is not there":            {call{url: "/wp-login.php", status: 404}, ""},
		"both variants":                       {call{url: "/events", gets: `[{"type": "click", "x": 1}, {"type": "buy", "amount": 2.5}]`}, ""},
		"a form":                              {call{method: "POST", url: "/pets", status: 201, sends: "name=Tom&age=3", sendType: "application/x-www-form-urlencoded"}, ""},

		"an undocumented path":   {call{url: "/owners", gets: `[]`}, "undocumented operation GET /v1/owners"},
		"an undocumented method": {call{method: "DELETE", url: "/pets/1", status: 204}, "undocumented operation DELETE /pets/{id}"},
		"an undocumented parameter": {
			call{url: "/pets?sort=name", gets: list(pet)}, "undocumented parameter GET /pets query.sort",
		},
		"an undocumented header of requests": {
			call{url: "/pets", gets: list(pet), headers: []string{"Authorization: Bearer a", "X-Tenant: a", "X-Shop: a"}},
			"undocumented parameter GET /pets header.x-shop",
		},
		"another type of a parameter": {
			call{url: "/pets?limit=all", gets: list(pet)}, "mismatched type GET /pets query.limit string",
		},
		"another format of a parameter": {
			call{url: "/pets?since=yesterday", gets: list(pet)}, "mismatched format GET /pets query.since other",
		},
		"another member of a parameter": {
			call{url: "/pets?kind=bird", gets: list(pet)}, "mismatched enum GET /pets query.kind bird",
		},
		"another type in the path": {call{url: "/pets/tom", gets: pet}, "mismatched type GET /pets/{id} path.id string"},
		"a missing parameter": {
			call{url: "/pets", gets: list(pet), headers: []string{"Authorization: Bearer a"}},
			"mismatched required GET /pets header.X-Tenant",
		},
		"a missing body": {
			call{method: "POST", url: "/pets", status: 201, gets: pet, getType: "application/hal+json"},
			"mismatched required POST /pets request.body",
		},
		"an undocumented status": {call{url: "/pets/1", status: 410}, "undocumented status GET /pets/{id} 410 response 410"},
		"an undocumented media type": {
			call{url: "/pets/1", gets: "<a/>", getType: "application/xml"},
			"undocumented media_type GET /pets/{id} 200 response.body application/xml",
		},
		"a suffix is another media type": {
			call{url: "/pets/1", gets: pet, getType: "application/hal+json"},
			"undocumented media_type GET /pets/{id} 200 response.body application/hal+json",
		},
		"an undocumented media type of requests": {
			call{method: "POST", url: "/pets", status: 201, sends: "name: Tom", sendType: "application/yaml"},
			"undocumented media_type POST /pets request.body application/yaml",
		},
		"an undocumented field": {
			call{url: "/pets/1", gets: with(`"age": 3`)}, "undocumented response_field GET /pets/{id} 200 response.body.age",
		},
		"an undocumented field of a closed object": {
			call{url: "/pets/1", gets: with(`"closed": {"b": 3}`)},
			"undocumented response_field GET /pets/{id} 200 response.body.closed.b",
		},
		"an undocumented field behind a reference": {
			call{url: "/pets/1", gets: with(`"owner": {"name": "a", "mail": "b"}`)},
			"undocumented response_field GET /pets/{id} 200 response.body.owner.mail",
		},
		"keys that are data": {
			call{url: "/pets/1", gets: with(`"closed": {"2026-01-05": 3}`)},
			"undocumented response_field GET /pets/{id} 200 response.body.closed.*",
		},
		"an undocumented field of a request": {
			post(`{"name": "Tom", "secret": "s", "age": 3}`), "undocumented request_field POST /pets request.body.age",
		},
		"an undocumented field of a form": {
			call{method: "POST", url: "/pets", status: 201, sends: "name=Tom&colour=red", sendType: "application/x-www-form-urlencoded"},
			"undocumented request_field POST /pets request.body.colour",
		},
		"a missing field of a form": {
			call{method: "POST", url: "/pets", status: 201, sends: "age=3", sendType: "application/x-www-form-urlencoded"},
			"mismatched required POST /pets request.body.name",
		},
		"another type in a form": {
			call{method: "POST", url: "/pets", status: 201, sends: "name=Tom&age=old", sendType: "application/x-www-form-urlencoded"},
			"mismatched type POST /pets request.body.age string",
		},
		"a missing field": {call{url: "/pets/1", gets: `{"id": 1}`}, "mismatched required GET /pets/{id} 200 response.body.name"},
		"a missing field of a request": {
			post(`{"name": "Tom"}`), "mismatched required POST /pets request.body.secret",
		},
		"a missing field of a variant": {
			call{url: "/events", gets: `[{"type": "buy", "amount": 1}, {"type": "click"}]`},
			"mismatched required GET /events 200 response.body[].x",
		},
		"a write-only field in an answer": {
			call{url: "/pets/1", gets: with(`"secret": "s"`)}, "mismatched response_field GET /pets/{id} 200 response.body.secret",
		},
		"another type": {
			call{url: "/pets/1", gets: with(`"weight": "3"`)}, "mismatched type GET /pets/{id} 200 response.body.weight string",
		},
		"another type of an element": {
			call{url: "/pets/1", gets: with(`"tags": ["a", 2]`)}, "mismatched type GET /pets/{id} 200 response.body.tags[] integer",
		},
		"another type in a map": {
			call{url: "/pets/1", gets: with(`"labels": {"2026-01-05": 3}`)},
			"mismatched type GET /pets/{id} 200 response.body.labels.* integer",
		},
		"null": {call{url: "/pets/1", gets: with(`"weight": null`)}, "mismatched nullable GET /pets/{id} 200 response.body.weight null"},
		"another format": {
			call{url: "/pets/1", gets: with(`"born": "5 May"`)}, "mismatched format GET /pets/{id} 200 response.body.born other",
		},
		"another member": {
			call{url: "/pets/1", gets: with(`"kind": "bird"`)}, "mismatched enum GET /pets/{id} 200 response.body.kind bird",
		},
		"a member that is no word": {
			call{url: "/pets/1", gets: with(`"kind": "a bird!"`)}, "mismatched enum GET /pets/{id} 200 response.body.kind other",
		},
		"no credentials": {
			call{url: "/events", gets: `[]`, headers: []string{}}, "mismatched auth GET /events request.auth none",
		},
		"other credentials": {
			call{url: "/events", gets: `[]`, headers: []string{"Authorization: Basic YTpi"}},
			"mismatched auth GET /events request.auth basic",
		},
		"one of two credentials": {
			call{method: "PUT", url: "/pets/1", headers: []string{"X-API-Key: k"}},
			"mismatched auth PUT /pets/{id} request.auth api_key x-api-key",
		},
		"an undocumented header": {
			call{url: "/pets", gets: list(pet), answers: []string{"X-Total: 3", "X-Next: 4"}},
			"undocumented header GET /pets 200 response.header.x-next",
		},
		"an answer to a refused call": {
			call{url: "/pets", status: 404, gets: `{}`, getType: "application/problem+json"},
			"mismatched required GET /pets 404 response.body.detail",
		},
	} {
		var got []string
		for _, f := range driftOf(t, d, c.call) {
			if f.Kind != Unseen {
				got = append(got, line(f))
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: the findings are %q, want %q", name, got, c.want)
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
		findings := driftOf(t, document(t, c.document), call{url: "/pets/1", gets: c.body, headers: []string{}})
		var got []string
		for _, f := range findings {
			if f.Kind != Unseen {
				got = append(got, line(f))
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: the findings are %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatWasNeverSeen(t *testing.T) {
	t.Parallel()
	findings := driftOf(t, document(t, pets(t)), call{url: "/pets?limit=1", gets: "[" + pet + "]"}, call{url: "/pets/1", gets: `{"id": 1}`})
	var got []string
	for _, f := range findings {
		if f.Kind == Unseen {
			got = append(got, line(f))
		}
		if f.Kind == Unseen && (f.Severity != Info || f.Verdict != NotEnough || f.Seen.For != 0) {
			t.Errorf("%s has %s, %s and %+v", line(f), f.Severity, f.Verdict, f.Seen)
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
	var calls []call
	for i := range 12 {
		c := call{url: "/pets/1", gets: pet, after: time.Duration(i) * time.Hour}
		if i == 3 || i == 5 {
			c.gets = `{"id": 1, "name": "Tom", "age": 3}`
		}
		calls = append(calls, c)
	}
	findings := driftOf(t, document(t, pets(t)), calls...)
	i := slices.IndexFunc(findings, func(f Finding) bool { return f.At == "response.body.age" })
	if i < 0 {
		t.Fatal("the field is not found")
	}
	want := Seen{
		For: 2, Of: 12, First: start.Add(3 * time.Hour).Truncate(time.Hour), Last: start.Add(6 * time.Hour).Truncate(time.Hour),
	}
	if got := findings[i].Seen; got != want {
		t.Errorf("it was seen %+v, want %+v", got, want)
	}
}

func TestUsualHeaders(t *testing.T) {
	t.Parallel()
	headers := []string{"X-Release: 3"}
	calls := []call{
		{url: "/pets", gets: "[" + pet + "]", answers: headers}, {url: "/pets/1", gets: pet, answers: headers},
		{url: "/pets/mine", gets: "a", getType: "text/plain", answers: headers}, {url: "/events", gets: "[]", answers: headers},
	}
	isFound := func(calls []call) bool {
		return slices.ContainsFunc(driftOf(t, document(t, pets(t)), calls...), func(f Finding) bool { return f.Subject == Header })
	}
	if !isFound(calls) {
		t.Error("a header of four operations is no finding")
	}
	calls = append(calls, call{method: "PUT", url: "/pets/1", answers: headers, headers: []string{"Authorization: Bearer a", "X-API-Key: k"}})
	if isFound(calls) {
		t.Error("a header of all operations is a finding")
	}
}
