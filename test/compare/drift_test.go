package compare

import (
	"bytes"
	"fmt"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/witness"
	"akita/test/accuracy/apis"
)

// TestInferredDocumentsHaveNoFindings compares calls with the document that was inferred from them.
func TestInferredDocumentsHaveNoFindings(t *testing.T) {
	t.Parallel()
	eachAPI(t, 300, func(t *testing.T, calls, _ [][]byte) {
		r, err := recording(calls, true)
		if err != nil {
			t.Fatal(err)
		}
		d := document(t, r)
		for _, f := range compare.Drift(d, compare.NewTraffic(endpoints.Infer(named(t, d, calls, true)), nil)) {
			if f.Kind != compare.Unseen {
				t.Error(line(f))
			}
		}
	})
}

// TestModelsHaveTheFindingsOfTheirCalls compares a document with calls, and with the model of the same calls
// that have no routes, or those of a framework. Where the model holds enough, the findings are the same.
func TestModelsHaveTheFindingsOfTheirCalls(t *testing.T) {
	t.Parallel()
	eachAPI(t, 300, func(t *testing.T, calls, other [][]byte) {
		for _, routes := range []bool{true, false} {
			declaredBy, err := recording(other[:60], routes)
			if err != nil {
				t.Fatal(err)
			}
			d := document(t, declaredBy)
			model, err := recording(calls, routes)
			if err != nil {
				t.Fatal(err)
			}
			of, _ := model.Named(d)
			got, _ := of.Traffic()
			want := compare.NewTraffic(endpoints.Infer(named(t, d, calls, routes)), nil)
			comparetest.Equal(t, fmt.Sprint("routes ", routes), compare.Drift(d, got), compare.Drift(d, want))
		}
	})
}

// eachAPI runs a test for each API, with n calls and n others.
func eachAPI(t *testing.T, n int, f func(t *testing.T, calls, other [][]byte)) {
	t.Helper()
	for _, api := range apis.All() {
		t.Run(api.Name, func(t *testing.T) {
			t.Parallel()
			calls, other, err := draw(api, n, 7)
			if err != nil {
				t.Fatal(err)
			}
			f(t, calls, other)
		})
	}
}

// document returns the document that is inferred from a recording.
func document(t *testing.T, r compare.Recording) *declared.Document {
	t.Helper()
	var text bytes.Buffer
	if err := openapi.New(endpoints.Infer(r.Model), openapi.Options{}).WriteYAML(&text); err != nil {
		t.Fatal(err)
	}
	d, err := declared.Read(text.Bytes(), declared.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// named returns a model of calls that have the routes of a document. The others have those of the framework,
// or none.
func named(t *testing.T, d *declared.Document, calls [][]byte, routes bool) *apimodel.Model {
	t.Helper()
	m, options := apimodel.New(), witness.Options{Enums: true}
	for _, text := range calls {
		var e har.Entry
		if err := har.ParseEntry(text, &e); err != nil {
			t.Fatal(err)
		}
		if !routes {
			e.Akita = har.Akita{}
		}
		w := witness.FromEntry(&e, options)
		d.Name(&w, witness.AddressOf(&e).Escaped, options)
		m.Add(&w)
	}
	return m
}
