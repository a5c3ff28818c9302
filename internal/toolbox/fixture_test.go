package toolbox_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/har"
	"akita/internal/routelist"
	"akita/internal/routeuse"
	"akita/internal/shape"
	"akita/internal/toolbox"
	"akita/internal/witness"
)

// shelf is a library with one source, which is itself.
type shelf struct {
	set     *endpoints.Set
	changes []toolbox.Change

	drift, untested []compare.Finding
	uses            []routeuse.Use
}

func (s shelf) Open(context.Context, string) (toolbox.Source, error)      { return s, nil }
func (s shelf) Endpoints(context.Context) (*endpoints.Set, error)         { return s.set, nil }
func (s shelf) Changes(context.Context, string) ([]toolbox.Change, error) { return s.changes, nil }
func (s shelf) Drift(context.Context) ([]compare.Finding, error)          { return s.drift, nil }
func (s shelf) Untested(context.Context) ([]compare.Finding, error)       { return s.untested, nil }
func (s shelf) Routes(context.Context) ([]routeuse.Use, error)            { return s.uses, nil }

// compared returns an API whose calls are compared with a document, with those of tests, and with routes.
func compared(model, tests *apimodel.Model, document string, routes []routelist.Entry) (shelf, error) {
	s := shelf{set: endpoints.Infer(model)}
	d, err := declared.Read([]byte(document), declared.Options{})
	if err != nil {
		return s, err
	}
	calls := compare.Recording{Model: model}
	named, _ := calls.Named(d)
	traffic, _ := named.Traffic()
	s.drift = compare.Drift(d, traffic)
	x, y := compare.SidesOfOneAPI(compare.Recording{Model: tests}, calls)
	s.untested = compare.Cover(x, y, nil).Untested
	s.uses = routeuse.Of(routelist.New(routes, false), s.set)
	return s, nil
}

// ask calls a tool and returns its answer.
func ask(t testing.TB, library toolbox.Library, tool string, arguments map[string]string) string {
	t.Helper()
	text, err := tryAsk(t, library, tool, arguments)
	if err != nil {
		t.Fatalf("%s %v: %v", tool, arguments, err)
	}
	return text
}

func tryAsk(t testing.TB, library toolbox.Library, tool string, arguments map[string]string) (string, error) {
	t.Helper()
	encoded, err := json.Marshal(arguments)
	if err != nil {
		t.Fatal(err)
	}
	return toolbox.Call(t.Context(), library, tool, encoded)
}

// askAll returns the items of all pages: their lines, without heads and what later pages repeat. It
// checks the size of each page.
func askAll(t testing.TB, library toolbox.Library, tool string, arguments map[string]string) (lines []string, pages int) {
	t.Helper()
	given := map[string]string{}
	for name, value := range arguments {
		given[name] = value
	}
	for {
		text := ask(t, library, tool, given)
		if n := toolbox.Tokens(text); n > toolbox.MaxTokens {
			t.Fatalf("%s %v: page %d has %d tokens", tool, given, pages, n)
		}
		pages++
		all := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		next, isMore := strings.CutPrefix(all[len(all)-1], "next: ")
		if isMore {
			all = all[:len(all)-1]
		}
		lines = append(lines, all...)
		if !isMore {
			return lines, pages
		}
		if pages > 10_000 {
			t.Fatalf("%s %v: the pages do not end", tool, arguments)
		}
		given["next"] = next
	}
}

const bookshopFile = "../../testdata/accuracy/bookshop/traffic.ndjson.gz"

// bookshop is the kept traffic of a shop of books: 1,000 calls. The declared document and the list of
// routes do not have the statistics, and have what nobody calls. Tests call neither the statistics nor
// what deletes. The document requires credentials for a log-in.
var bookshop = sync.OnceValues(func() (shelf, error) {
	model, err := readModel(bookshopFile, func(*har.Entry) bool { return true })
	if err != nil {
		return shelf{}, err
	}
	tests, err := readModel(bookshopFile, func(e *har.Entry) bool {
		return e.Request.Method != "DELETE" && !strings.Contains(e.Request.URL, "/stats/")
	})
	if err != nil {
		return shelf{}, err
	}
	routes := []routelist.Entry{{Method: "GET", Route: "api/wishlists/", View: "shop.views.Wishlists"}}
	for e := range endpoints.Infer(model).Matching(endpoints.Filter{}) {
		if !strings.Contains(e.Path, "/stats/") {
			routes = append(routes, routelist.Entry{Method: e.Method, Route: strings.ReplaceAll(
				strings.ReplaceAll(e.Path[1:], "{", "<int:"), "}", ">")})
		}
	}
	return compared(model, tests, bookshopDocument, routes)
})

const bookshopDocument = `
openapi: 3.1.0
info: {title: books, version: "1"}
security: [{token: []}]
components: {securitySchemes: {token: {type: http, scheme: bearer}}}
paths:
  /api/auth/login/: {post: {responses: {"200": {description: ok}}}}
  /api/wishlists/: {get: {responses: {"200": {description: ok}}}}
`

func shop(t testing.TB) shelf {
	t.Helper()
	s, err := bookshop()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// readModel reads the calls of a file that are wanted.
func readModel(path string, isWanted func(*har.Entry) bool) (*apimodel.Model, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	model, decoder := apimodel.New(), har.NewDecoder(text)
	for {
		var e har.Entry
		switch err := decoder.Next(&e); {
		case errors.Is(err, io.EOF):
			return model, nil
		case err != nil:
			return nil, err
		}
		if isWanted(&e) {
			w := witness.FromEntry(&e, witness.Options{Enums: true})
			model.Add(&w)
		}
	}
}

// A large API: every so many endpoint has a field that the others do not have, or findings.
const (
	manyEndpoints = 5000
	manyFields    = 4 * 3 * 5
	audited       = 25
	withFindings  = 5
)

// large is an API with many endpoints, each with long names and many fields.
var large = sync.OnceValue(func() shelf {
	var text strings.Builder
	text.WriteString(`{"id": 1`)
	for _, thing := range []string{"customer", "delivery", "warehouse", "invoice"} {
		for _, part := range []string{"Address", "Contact", "Schedule"} {
			for _, what := range []string{"Label", "Remark", "Language", "Provider", "Title"} {
				fmt.Fprintf(&text, `, "primary%s%s%s": "word"`, thing, part, what)
			}
		}
	}
	text.WriteString(`, "items": [{"sku": "x", "nested": {"deeply": {"id": null}}}]`)
	plain, withAudit := jsonBody(text.String()+"}"), jsonBody(text.String()+`, "audited": true}`)
	model := apimodel.New()
	for i := range manyEndpoints {
		w := witness.Witness{
			Method: []string{"GET", "POST"}[i%2], Host: "api.example",
			Template: fmt.Sprintf("/api/v1/departments/{department_id}/resources-of-kind-%d/{id}/", i/2),
			Response: plain, LatencyMs: 5,
		}
		if i%2 == 1 {
			w.Request = plain
		}
		if i%audited == 0 {
			w.Response = withAudit
		}
		for _, w.Status = range []int{200, 500} {
			model.Add(&w)
		}
	}
	s := shelf{set: endpoints.Infer(model)}
	s.changes = changesOf(s.set, "primaryinvoiceContactTitle")
	s.find("primaryinvoiceContactTitle", withFindings)
	return s
})

// find gives an API findings and uses of routes, each about one of every so many endpoints, that have a name
// wherever one may be.
func (s *shelf) find(name string, every int) {
	n := 0
	for e := range s.set.Matching(endpoints.Filter{}) {
		if n++; n%every != 0 {
			continue
		}
		f := compare.Finding{
			Kind: compare.Undocumented, Severity: compare.Warning, Verdict: compare.Proved,
			Fact: compare.Fact{Subject: compare.ResponseField, Method: e.Method, Path: e.Path, Status: 200,
				At: "response.body." + name, Value: name},
			Seen: compare.Seen{For: 8, Of: 10, First: hourOfChange, Last: hourOfChange}, Message: "sent with " + name,
			Consumers: slices.Repeat([]string{name}, 5),
		}
		s.drift = append(s.drift, f)
		f.Kind = compare.Untested
		s.untested = append(s.untested, f)
		use := routeuse.Use{
			Method: e.Method, Path: e.Path, View: name, Host: name, State: routeuse.Zombie, Calls: 12, Last2xx: hourOfChange,
			Period: apimodel.Period{First: hourOfChange, Last: hourOfChange},
		}
		use.Consumers = slices.Repeat([]facts.Consumer{{Name: name, Calls: 3}}, 20)
		s.uses = append(s.uses, use)
	}
}

func jsonBody(text string) *witness.Body {
	of, err := shape.OfJSON(text, shape.Options{})
	if err != nil {
		panic(err) // the text is JSON
	}
	return &witness.Body{MediaType: "application/json", Shape: of}
}

// hourOfChange is when something changed.
var hourOfChange = time.Date(2026, 2, 3, 14, 0, 0, 0, time.UTC)

// changesOf returns a change of each endpoint.
func changesOf(set *endpoints.Set, name string) (all []toolbox.Change) {
	for e := range set.Matching(endpoints.Filter{}) {
		all = append(all, toolbox.Change{Time: hourOfChange, Endpoint: e, Change: facts.Change{
			What: facts.Appeared, Seen: 8, Of: 10, Around: 1000,
			Fact: facts.Key{Kind: facts.Field, In: "200", MediaType: "application/json", Path: name},
		}})
	}
	return all
}

// hostile is an API with a name from outside wherever a name may be.
func hostile(name string) shelf {
	object, err := json.Marshal(map[string]any{name: map[string]any{name: []any{map[string]any{name: 1, "inner": 2}}}})
	if err != nil {
		panic(err) // it can be encoded
	}
	body := *jsonBody(string(object))
	body.MediaType = "application/" + name
	text := shape.Shape{Strs: 1}
	w := witness.Witness{
		Method: "GET", Host: name, Template: "/" + name + "/{" + name + "}/", View: name, Status: 200,
		Request: &body, Response: &body, Auth: []witness.Auth{{Type: witness.AuthType(name), In: name, Name: name}},
		Query: []witness.Param{{Name: name, Shape: &text}},
	}
	model := apimodel.New()
	model.Add(&w)
	w.Status = 500
	model.Add(&w)
	set := endpoints.Infer(model)
	changes := changesOf(set, name)
	for i := range changes {
		changes[i].Before, changes[i].Ended = slices.Repeat([]string{name}, 20), slices.Repeat([]string{name}, 20)
		changes[i].Fact.MediaType = "application/" + name
	}
	s := shelf{set: set, changes: changes}
	s.find(name, 1)
	return s
}

// addEntry adds the call of a HAR entry to a model.
func addEntry(t testing.TB, model *apimodel.Model, entry map[string]any) {
	t.Helper()
	text, err := json.Marshal(entry)
	if err != nil {
		t.Fatal(err)
	}
	var e har.Entry
	if err := har.NewDecoder(bytes.NewReader(text)).Next(&e); err != nil {
		t.Fatal(err)
	}
	w := witness.FromEntry(&e, witness.Options{Enums: true})
	model.Add(&w)
}

// withBody is an API that answers with a body.
func withBody(text string) shelf {
	model := apimodel.New()
	w := witness.Witness{Method: "GET", Host: "api.example", Template: "/a/", Status: 200, Response: jsonBody(text)}
	model.Add(&w)
	return shelf{set: endpoints.Infer(model)}
}
