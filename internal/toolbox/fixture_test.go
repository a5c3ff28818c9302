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
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/toolbox"
	"akita/internal/witness"
)

// shelf is a library with one source, which is itself.
type shelf struct {
	set     *endpoints.Set
	changes []toolbox.Change
}

func (s shelf) Open(context.Context, string) (toolbox.Source, error)      { return s, nil }
func (s shelf) Endpoints(context.Context) (*endpoints.Set, error)         { return s.set, nil }
func (s shelf) Changes(context.Context, string) ([]toolbox.Change, error) { return s.changes, nil }

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

// bookshop is the kept traffic of a shop of books: 1,000 calls.
var bookshop = sync.OnceValues(func() (shelf, error) {
	model, err := readModel("../../testdata/accuracy/bookshop/traffic.ndjson.gz")
	return shelf{set: endpoints.Infer(model)}, err
})

func shop(t testing.TB) shelf {
	t.Helper()
	s, err := bookshop()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func readModel(path string) (*apimodel.Model, error) {
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
		w := witness.FromEntry(&e, witness.Options{Enums: true})
		model.Add(&w)
	}
}

// A large API: every so many endpoint has a field that the others do not have.
const (
	manyEndpoints = 5000
	manyFields    = 4 * 3 * 5
	audited       = 25
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
	return s
})

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
	return shelf{set, changes}
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
