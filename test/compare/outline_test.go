package compare

import (
	"bytes"
	"encoding/json"
	"testing"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/openapi"
	"akita/test/accuracy/apis"
)

// TestOutlinesHaveTheFindingsOfTheirDocuments compares calls with a document, and with what is sent of it if
// it is that of an application.
func TestOutlinesHaveTheFindingsOfTheirDocuments(t *testing.T) {
	t.Parallel()
	for _, api := range apis.All() {
		t.Run(api.Name, func(t *testing.T) {
			t.Parallel()
			calls, other, err := draw(api, 300, 7)
			if err != nil {
				t.Fatal(err)
			}
			r, err := recording(other[:60], true)
			if err != nil {
				t.Fatal(err)
			}
			var text bytes.Buffer
			if err := openapi.New(endpoints.Infer(r.Model), openapi.Options{Plain: true}).WriteJSON(&text, ""); err != nil {
				t.Fatal(err)
			}
			outline, err := declared.Outline(text.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			if !json.Valid(outline) || len(outline) >= text.Len() {
				t.Errorf("the outline has %d bytes of %d", len(outline), text.Len())
			}
			comparetest.Equal(t, api.Name, drift(t, outline, calls), drift(t, text.Bytes(), calls))
		})
	}
}

// drift returns how calls differ from a document.
func drift(t *testing.T, text []byte, calls [][]byte) []compare.Finding {
	t.Helper()
	d, err := declared.Read(text, declared.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return compare.Drift(d, compare.NewTraffic(endpoints.Infer(named(t, d, calls, true)), nil))
}
