package compare

import (
	"bytes"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/compare"
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
	for _, api := range apis.All() {
		t.Run(api.Name, func(t *testing.T) {
			t.Parallel()
			calls, _, err := draw(api, 300, 7)
			if err != nil {
				t.Fatal(err)
			}
			r, err := recording(calls, true)
			if err != nil {
				t.Fatal(err)
			}
			var text bytes.Buffer
			if err := openapi.New(endpoints.Infer(r.Model), openapi.Options{}).WriteYAML(&text); err != nil {
				t.Fatal(err)
			}
			d, err := declared.Read(text.Bytes(), declared.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range compare.Drift(d, compare.NewTraffic(endpoints.Infer(named(t, d, calls)), nil)) {
				if f.Kind != compare.Unseen {
					t.Error(line(f))
				}
			}
		})
	}
}

// named returns a model of calls that have the routes of a document.
func named(t *testing.T, d *declared.Document, calls [][]byte) *apimodel.Model {
	t.Helper()
	m, options := apimodel.New(), witness.Options{Enums: true}
	for _, text := range calls {
		var e har.Entry
		if err := har.ParseEntry(text, &e); err != nil {
			t.Fatal(err)
		}
		w := witness.FromEntry(&e, options)
		d.Name(&w, witness.AddressOf(&e).Escaped, options)
		m.Add(&w)
	}
	return m
}
