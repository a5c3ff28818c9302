package severity

import (
	"strings"
	"testing"

	"akita/internal/compare"
	"akita/internal/declared"
)

func TestDocuments(t *testing.T) {
	t.Parallel()
	const base = `{openapi: 3.1.0, info: {title: A, version: "1"}, paths: {
  /a: {get: {responses: {"200": {description: a, content: {application/json: {schema: {type: object, required: [b],
    properties: {b: {type: string}, c: {type: string}}}}}}}}},
  /d: {get: {parameters: [{name: e, in: query, schema: {type: string}}], responses: {"200": {description: d}}}},
  /f: {get: {responses: {"200": {description: f}}}}}}`
	revision := strings.NewReplacer(
		"required: [b]", "required: []", "in: query", "in: query, required: true", "/f:", "/g:",
	).Replace(base)
	read := func(text string) *declared.Document {
		d, err := declared.Read([]byte(text), declared.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	same, err := Documents(read(base), read(base))
	if err != nil || len(same) > 0 {
		t.Errorf("the same document has %+v, %v", same, err)
	}
	findings, err := Documents(read(base), read(revision))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]compare.Finding{
		"/a": {Kind: compare.Changed, Severity: compare.Breaking, Fact: compare.Fact{Subject: compare.Required, At: "response.body.b"}},
		"/d": {Kind: compare.Changed, Severity: compare.Breaking, Fact: compare.Fact{Subject: compare.Required, At: "query.e"}},
		"/f": {Kind: compare.Removed, Severity: compare.Breaking, Fact: compare.Fact{Subject: compare.Operation}},
		"/g": {Kind: compare.Added, Severity: compare.Info, Fact: compare.Fact{Subject: compare.Operation}},
	}
	if len(findings) != len(want) {
		t.Errorf("there are %d findings, want %d", len(findings), len(want))
	}
	for _, f := range findings {
		w := want[f.Path]
		if f.Kind != w.Kind || f.Severity != w.Severity || f.Subject != w.Subject || f.At != w.At || f.Rule == "" {
			t.Errorf("%s is %s, %s, %s, %q by %s", f.Path, f.Kind, f.Severity, f.Subject, f.At, f.Rule)
		}
	}
}
