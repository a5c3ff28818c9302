package compare

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/openapi"
)

// TestOutlinesHaveTheFindingsOfTheirDocuments compares calls with a document, and with what is sent of it if
// it is that of an application.
func TestOutlinesHaveTheFindingsOfTheirDocuments(t *testing.T) {
	t.Parallel()
	eachAPI(t, 300, func(t *testing.T, calls, other [][]byte) {
		r, err := recording(other[:60], true)
		if err != nil {
			t.Fatal(err)
		}
		text := inferredJSON(t, r, openapi.Options{Plain: true})
		outline, err := declared.Outline(text)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(outline) || len(outline) >= len(text) {
			t.Errorf("the outline has %d bytes of %d", len(outline), len(text))
		}
		comparetest.Equal(t, t.Name(), drift(t, outline, calls), drift(t, text, calls))
	})
}

// TestOutlinesHaveNoValues puts data into every place of documents where descriptions, examples, defaults, bounds
// and extensions stand. The outline is the same for any data, and that of the document without them.
func TestOutlinesHaveNoValues(t *testing.T) {
	t.Parallel()
	eachAPI(t, 30, func(t *testing.T, calls, _ [][]byte) {
		r, err := recording(calls, true)
		if err != nil {
			t.Fatal(err)
		}
		text := inferredJSON(t, r, openapi.Options{})
		plain, err := declared.Outline(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range []any{"canary", 4711, []any{"canary", map[string]any{"canary": "canary"}}, map[string]any{"type": "canary"}} {
			var document map[string]any
			if err := json.Unmarshal(text, &document); err != nil {
				t.Fatal(err)
			}
			places := withData(document, data, false)
			if places < 100 {
				t.Fatalf("the data are in %d places", places)
			}
			filled, err := json.Marshal(document)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := declared.Outline(filled); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("with %v in %d places, the outline has %d bytes instead of %d: %v", data, places, len(got), len(plain), err)
			}
		}
	})
}

// namesBelow are the members of OpenAPI whose own members are names.
var namesBelow = []string{
	"paths", "properties", "patternProperties", "schemas", "responses", "headers", "requestBodies", "securitySchemes",
	"pathItems", "content", "encoding", "$defs", "scopes", "mapping", "variables", "flows",
}

// carriers are members that hold data, or text for people.
var carriers = []string{
	"description", "summary", "example", "examples", "default", "pattern", "minimum", "maxLength", "multipleOf",
	"externalDocs", "x-internal", "links", "callbacks", "tags", "contact", "$comment", "unknown",
}

// withData puts data into the objects of a document, and returns into how many places. The members of the value
// are names if isNames.
func withData(value any, data any, isNames bool) (places int) {
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			places += withData(one, data, false)
		}
	case map[string]any:
		for name, one := range v {
			if _, isRequirement := one.([]any); name != "security" || !isRequirement { // its objects have names, too
				places += withData(one, data, !isNames && slices.Contains(namesBelow, name))
			}
		}
		if isNames {
			return places
		}
		for _, name := range carriers {
			if v[name] == nil {
				v[name] = data
				places++
			}
		}
	}
	return places
}

// inferredJSON returns the document that is inferred from a recording, in JSON.
func inferredJSON(t *testing.T, r compare.Recording, options openapi.Options) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := openapi.New(endpoints.Infer(r.Model), options).WriteJSON(&text, ""); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
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
