package compare_test

import (
	"strings"
	"testing"
	"time"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/severity"
)

const orders = `
openapi: 3.1.0
info: {title: Orders, version: "1"}
servers: [{url: https://orders.test/v1}]
security: [{bearer: []}, {basic: []}]
paths:
  /orders/{order}:
    get:
      parameters:
        - {name: order, in: path, required: true, schema: {type: string}}
        - {name: page, in: query, schema: {type: integer}}
        - {name: old, in: query, schema: {type: string}}
        - {name: sort, in: query, schema: {type: string, enum: [up, down]}}
      responses:
        "200":
          description: ok
          headers: {X-Total: {required: true, schema: {type: integer}}, Server: {required: true, schema: {type: string}}}
          content:
            application/json:
              schema: {type: object, required: [id, note, lines], properties: {id: {type: integer}, note: {type: string}, gone: {type: string}, lines: {type: array, items: {type: object, required: [sku], properties: {sku: {type: string}}}}}}
        "202": {description: later}
  /orders:
    post:
      requestBody:
        content:
          application/xml: {}
          application/json: {schema: {type: object, properties: {sku: {type: string}, count: {type: integer}, note: {type: [string, "null"]}, gift: {type: boolean}, at: {type: string}}}}
      responses: {"201": {description: made}}
  /unused: {get: {responses: {"200": {description: ok}}}}
components:
  securitySchemes: {bearer: {type: http, scheme: bearer}, basic: {type: http, scheme: basic}, tenant: {type: apiKey, in: header, name: X-Tenant-Code}}
`

// ordersCalls are 30 calls, of ten minutes each.
func ordersCalls() (calls []comparetest.Call) {
	auth := []string{"Authorization: Bearer abc"}
	for i := range 30 {
		get := comparetest.Call{
			URL: "/orders/17?sort=up", Gets: `{"id": 1, "note": "a", "lines": [{"sku": "a"}]}`, Answers: []string{"X-Total: 3"},
			Headers: auth, After: time.Duration(i) * 10 * time.Minute,
		}
		if i%3 == 0 {
			get.URL = "/orders/17?page=3"
		}
		post := comparetest.Call{
			Method: "POST", URL: "/orders", Status: 201, Sends: `{"sku": "a", "count": 2, "note": null, "at": "2026-01-05"}`,
			Headers: auth, After: get.After,
		}
		calls = append(calls, get, post)
	}
	return calls
}

func TestUsage(t *testing.T) {
	t.Parallel()
	base := comparetest.Document(t, orders)
	calls := comparetest.Live(t, ordersCalls()...)
	for name, row := range map[string]struct {
		old, with string
		want      string // severity, verdict, place, and words of the message
	}{
		"a parameter that is sent is gone": {
			"        - {name: page, in: query, schema: {type: integer}}\n", "",
			"breaking proved query.page; sent in 10 of 30 calls, last 20 min ago",
		},
		"a parameter that nobody sent is gone": {
			"        - {name: old, in: query, schema: {type: string}}\n", "",
			"info unused query.old; nobody used it in 30 days, 30 calls",
		},
		"a parameter that some omit is required": {
			"{name: page, in: query,", "{name: page, in: query, required: true,",
			"breaking proved query.page; missing in 20 of 30 calls",
		},
		"a new parameter is required": {
			"        - {name: old,", "        - {name: new, in: query, required: true, schema: {type: string}}\n        - {name: old,",
			"breaking proved query.new; missing in 30 of 30 calls",
		},
		"another type, which the values have": {
			"schema: {type: integer}}\n        - {name: old", "schema: {type: number, format: double}}\n        - {name: old",
			"info unused query.page; all of 10 values fit",
		},
		"another type, which they have not": {
			"schema: {type: integer}}\n        - {name: old", "schema: {type: boolean}}\n        - {name: old",
			"breaking proved query.page; sent in 10 of 10 calls",
		},
		"another type in the path, which fits": {
			"in: path, required: true, schema: {type: string}", "in: path, required: true, schema: {type: integer}",
			"info unused path.order; all of 30 values fit",
		},
		"another type in the path, whose format does not fit": {
			"in: path, required: true, schema: {type: string}", "in: path, required: true, schema: {type: string, format: uuid}",
			"breaking proved path.order; sent in 30 of 30 calls",
		},
		"a bound, which no witness has": {
			"{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: integer, maximum: 2}}",
			"breaking proved query.page; sent in 10 of 30 calls, last 20 min ago; calls do not show whether the values fit",
		},
		"a list in the place of a text": {
			"schema: {type: integer}}\n        - {name: old", "schema: {type: array, items: {type: boolean}}}\n        - {name: old",
			"breaking proved query.page; sent in 10 of 30 calls",
		},
		"a header of answers that no witness keeps is gone": {
			", Server: {required: true, schema: {type: string}}", "",
			"breaking proved response.header.server; calls do not show whether it is used",
		},
		"a required header that no witness keeps": {
			"        - {name: old,", "        - {name: Accept, in: header, required: true, schema: {type: string}}\n        - {name: old,",
			"breaking proved header.Accept; calls do not show whether it is used",
		},
		"a member that a server does not list": {
			"[up, down]", "[up]",
			"breaking proved query.sort; sent in 20 of 30 calls, last 20 min ago; calls do not show whether the values fit",
		},
		"a field of requests is gone": {
			"count: {type: integer}, ", "", "breaking proved request.body.count; sent in 30 of 30 calls",
		},
		"a field that nobody sends is gone": {
			", gift: {type: boolean}", "", "info unused request.body.gift; nobody used it in 30 days, 30 calls",
		},
		"a field that all send is required": {
			"{type: object, properties: {sku", "{type: object, required: [sku], properties: {sku",
			"info unused request.body.sku; all of 30 calls have it",
		},
		"null is not allowed": {
			`{type: [string, "null"]}`, "{type: string}", "breaking proved request.body.note; sent in 30 of 30 calls",
		},
		"a pattern": {
			"at: {type: string}", "at: {type: string, pattern: a}", "breaking proved request.body.at; sent in 30 of 30 calls",
		},
		"a format that fits": {
			"at: {type: string}", "at: {type: string, format: date}", "info unused request.body.at; all of 30 values fit",
		},
		"a format that does not": {
			"at: {type: string}", "at: {type: string, format: uuid}", "breaking proved request.body.at; sent in 30 of 30 calls",
		},
		"a body is required, and all have one": {
			"      requestBody:\n", "      requestBody:\n        required: true\n", "info unused request.body; all of 30 calls have it",
		},
		"a media type that nobody sends is gone": {
			"          application/xml: {}\n", "", "info unused request.body; nobody used it in 30 days, 30 calls",
		},
		"an operation is gone": {
			"  /orders:\n", "  /other:\n", "breaking proved ; called 30 times, last 20 min ago",
		},
		"an operation that nobody calls is gone": {
			"  /unused: {get: {responses: {\"200\": {description: ok}}}}\n", "",
			"info unused ; nobody used it in 30 days, 60 calls",
		},
		"a field that is served is gone": {
			"required: [id, note, lines], properties: {id: {type: integer}, note: {type: string},", "required: [id, lines], properties: {id: {type: integer},",
			"breaking proved response.body.note; served in 30 of 30 answers, last 20 min ago; whether clients read it is not known",
		},
		"a field of elements is optional": {
			"required: [sku]", "required: []", "breaking proved response.body.lines[].sku; served in 30 of 30 objects",
		},
		"a status that is not served is gone": {
			"        \"202\": {description: later}\n", "", "info unused response; nobody used it in 30 days, 30 calls",
		},
		"a header that is served is gone": {
			"X-Total: {required: true, schema: {type: integer}}, ", "",
			"breaking proved response.header.x-total; served in 30 of 30 answers",
		},
		"credentials that nobody has are gone": {
			", {basic: []}]", "]", "info unused request.auth; all of 30 calls have credentials that it accepts",
		},
		"credentials that all have are gone": {
			"[{bearer: []}, ", "[", "breaking proved request.auth; 30 of 30 calls have credentials that it does not accept",
		},
	} {
		revision := comparetest.Document(t, strings.Replace(orders, row.old, row.with, 1))
		changes, err := severity.Documents(base, revision)
		if err != nil {
			t.Fatal(err)
		}
		u := compare.Usage{
			Calls: calls, Base: base, Revision: revision, Changes: changes, Period: "30 days",
			Now: comparetest.Start.Add(5*time.Hour + 10*time.Minute),
		}
		check(t, name, u, row.want)
	}
	changed := comparetest.Document(t, strings.Replace(orders, "[up, down]", "[up]", 1))
	changes, err := severity.Documents(base, changed)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "a member that no file has", compare.Usage{
		Calls: comparetest.Recording(t, nil, ordersCalls()...), Base: base, Revision: changed, Changes: changes, Now: comparetest.Start,
	}, "info unused query.sort; all of 20 values fit")
}

// check checks that a finding is as wanted.
func check(t *testing.T, name string, u compare.Usage, want string) {
	t.Helper()
	findings, matched := u.Findings()
	var got []string
	isFound := false
	for _, f := range findings {
		_, words, _ := strings.Cut(f.Message, "; ")
		line := string(f.Severity) + " " + string(f.Verdict) + " " + f.At + "; " + words
		got = append(got, line)
		isFound = isFound || strings.HasPrefix(line, want)
	}
	if !isFound || matched != 60 && !strings.Contains(name, "operation") {
		t.Errorf("%s: of %d calls, the findings are %q, want %q", name, matched, got, want)
	}
}

// A parameter that is gone names all who sent it, the most frequent first; one that nobody sent names nobody.
func TestUsageNamesConsumers(t *testing.T) {
	t.Parallel()
	base := comparetest.Document(t, orders)
	var calls []comparetest.Call
	for i, agent := range []string{"okhttp/4.12.0", "okhttp/4.12.0", "curl/8.5.0", "axios/1.6.2"} {
		c := comparetest.Call{URL: "/orders/17?page=3", Gets: "{}", Headers: []string{"Authorization: Bearer a", "User-Agent: " + agent}}
		if i == 3 {
			c.URL = "/orders/17"
		}
		calls = append(calls, c)
	}
	for row, want := range map[string]string{
		"        - {name: page, in: query, schema: {type: integer}}\n": "sent in 3 of 4 calls, last now, by `okhttp`, `curl`",
		"        - {name: old, in: query, schema: {type: string}}\n":   "nobody used it in 4 calls",
	} {
		revision := comparetest.Document(t, strings.Replace(orders, row, "", 1))
		changes, err := severity.Documents(base, revision)
		if err != nil {
			t.Fatal(err)
		}
		findings, _ := compare.Usage{
			Calls: comparetest.Live(t, calls...), Base: base, Revision: revision, Changes: changes, Now: comparetest.Start,
		}.Findings()
		if len(findings) != 1 || !strings.HasSuffix(findings[0].Message, want) {
			t.Errorf("%q has %+v, want %s", row, findings, want)
		}
	}
}

// Bodies are told apart by their media type, and what no rule is about is looked for in the calls.
func TestUsageOfBodies(t *testing.T) {
	t.Parallel()
	const form = "          application/x-www-form-urlencoded: {schema: {type: object, properties: {sku: {type: string}, count: {type: integer}}}}\n"
	for name, row := range map[string]struct{ in, base, revision, want string }{
		"an optional field that is served is gone": {
			"required: [id, note, lines], properties: {id: {type: integer}, note: {type: string},",
			"required: [id, lines], properties: {id: {type: integer}, note: {type: string},",
			"required: [id, lines], properties: {id: {type: integer},",
			"warning proved response.body.note; served in 30 of 30 answers, last 10 min ago; whether clients read it is not known",
		},
		"another media type": {
			"            application/json:\n", "            application/json:\n", "            application/hal+json:\n",
			"warning proved response.body; served in 30 of 30 answers",
		},
		"a field of a form that nobody sends is gone": {
			"          application/xml: {}\n", form, strings.Replace(form, ", count: {type: integer}", "", 1),
			"info unused request.body.count; nobody used it in 30 calls",
		},
		"a required field of a form that nobody sends": {
			"          application/xml: {}\n", form, strings.Replace(form, "{type: object", "{type: object, required: [count]", 1),
			"info unused request.body.count; nobody used it in 30 calls",
		},
		"a media type that all send is gone, which the document spells otherwise": {
			"          application/json: {schema: {type: object, properties: {sku", "          application/json; charset=utf-8: {schema: {type: object, properties: {sku",
			"          text/csv: {schema: {type: object, properties: {sku", "breaking proved request.body; charset=utf-8` from the request body; sent in 30 of 30 calls",
		},
		"a value that does not fit, below a combination of schemas": {
			"schema: {type: object, properties: {sku: {type: string}, count: {type: integer}",
			"schema: {type: object, allOf: [{properties: {sku: {type: string}}}], properties: {count: {type: integer}",
			"schema: {type: object, allOf: [{properties: {sku: {type: integer}}}], properties: {count: {type: integer}",
			"breaking proved request.body.sku; sent in 30 of 30 calls",
		},
		"credentials that nobody has are gone, beside some that no witness shows": {
			"security: [{bearer: []}, {basic: []}]", "security: [{bearer: [], tenant: []}, {basic: []}]",
			"security: [{bearer: [], tenant: []}]", "info unused request.auth; all of 30 calls have credentials that it accepts",
		},
		"credentials that no witness shows": {
			"security: [{bearer: []}, {basic: []}]", "security: [{bearer: []}, {basic: []}]", "security: [{tenant: []}]",
			"breaking proved request.auth; calls do not show whether it is used",
		},
		"a header whose name has another case": {
			"{name: old, in: query,", "{name: X-Old, in: header,", "{name: x-other, in: header,", "info unused header.X-Old; nobody used it in 30 calls",
		},
	} {
		base := comparetest.Document(t, strings.Replace(orders, row.in, row.base, 1))
		revision := comparetest.Document(t, strings.Replace(orders, row.in, row.revision, 1))
		changes, err := severity.Documents(base, revision)
		if err != nil {
			t.Fatal(err)
		}
		check(t, name, compare.Usage{
			Calls: comparetest.Live(t, ordersCalls()...), Base: base, Revision: revision, Changes: changes,
			Now: comparetest.Start.Add(5 * time.Hour),
		}, row.want)
	}
}

// A server that moved to another path has none of the calls.
func TestUsageOfAnotherServer(t *testing.T) {
	t.Parallel()
	u := compare.Usage{
		Calls: comparetest.Live(t, ordersCalls()...), Base: comparetest.Document(t, orders),
		Revision: comparetest.Document(t, strings.Replace(orders, "test/v1", "test/v2", 1)), Now: comparetest.Start,
	}
	if findings, matched := u.Findings(); len(findings) != 0 || matched != 0 {
		t.Errorf("%d calls match, with the findings %+v", matched, findings)
	}
}

// Facts have no fields of bodies that are not JSON: a change there may concern who sends one.
func TestUsageOfBodiesThatAreNotRead(t *testing.T) {
	t.Parallel()
	base := comparetest.Document(t, orders)
	revision := comparetest.Document(t, strings.Replace(orders, ", gift: {type: boolean}", "", 1))
	changes, err := severity.Documents(base, revision)
	if err != nil {
		t.Fatal(err)
	}
	call := ordersCalls()[1]
	xml := call
	xml.Sends, xml.SendType = "<order/>", "application/xml"
	for want, calls := range map[string][]comparetest.Call{
		"nobody used it in 1 call":             {call},
		"calls do not show whether it is used": {call, xml},
	} {
		findings, _ := compare.Usage{
			Calls: comparetest.Live(t, calls...), Base: base, Revision: revision, Changes: changes, Now: comparetest.Start,
		}.Findings()
		if len(findings) != 1 || !strings.HasSuffix(findings[0].Message, want) {
			t.Errorf("%+v, want %s", findings, want)
		}
	}
}

func TestUsageWithoutABase(t *testing.T) {
	t.Parallel()
	revision := strings.NewReplacer(
		"        - {name: page, in: query, schema: {type: integer}}\n", "", "count: {type: integer}", "count: {type: string}",
		"note: {type: string}, gone", "gone", "  /unused:", "  /new:",
	).Replace(orders)
	u := compare.Usage{
		Calls: comparetest.Live(t, ordersCalls()...), Revision: comparetest.Document(t, revision), Now: comparetest.Start,
	}
	findings, _ := u.Findings()
	var got []string
	for _, f := range findings {
		got = append(got, strings.Join([]string{string(f.Severity), string(f.Kind), f.At, f.Message}, " "))
	}
	want := []string{
		"breaking removed query.page no such parameter in the document; sent in 10 of 30 calls, last now",
		"warning removed response.body.note no such field in the document; served in 30 of 30 answers, last now; " +
			"whether clients read it is not known",
		"breaking changed request.body.count integer; the document declares string; sent in 30 of 30 calls, last now",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the findings are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
