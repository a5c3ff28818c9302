package overlay_test

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	"go.yaml.in/yaml/v4"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/declared"
	"akita/internal/jsonschema"
	"akita/internal/openapi"
	"akita/internal/overlay"
)

// TestPatchesMakeFindingsVanish applies the overlay of each finding, and of all together, to the
// document, and compares again.
func TestPatchesMakeFindingsVanish(t *testing.T) {
	t.Parallel()
	for version, text := range map[string]string{"3.1": comparetest.Pets, "3.0": comparetest.OldPets()} {
		var all []comparetest.Call
		for name, row := range comparetest.Rows() {
			all = append(all, row.Call)
			if got := afterPatch(t, text, row.Call); got != "" {
				t.Errorf("%s in %s: %s is left", name, version, got)
			}
		}
		slices.SortFunc(all, func(x, y comparetest.Call) int {
			return strings.Compare(fmt.Sprint(x), fmt.Sprint(y))
		})
		if got := afterPatch(t, text, all...); got != "" {
			t.Errorf("of all in %s, %s is left", version, got)
		}
	}
}

// TestNothingIsRequired lets calls omit all fields that a schema requires. OpenAPI 3.0 has no empty list.
func TestNothingIsRequired(t *testing.T) {
	t.Parallel()
	const text = `
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: /v1}]
paths:
  /orders:
    get:
      responses:
        "200":
          description: all
          content:
            application/json:
              schema:
                type: object
                required: [id, total]
                properties: {id: {type: integer}, total: {type: integer}}
`
	one := comparetest.Call{Method: "GET", URL: "/orders", Headers: []string{}, Gets: `{"id": 1}`}
	none := comparetest.Call{Method: "GET", URL: "/orders", Headers: []string{}, Gets: `{}`}
	for want, calls := range map[string][]comparetest.Call{"required: [id]": {one}, "": {one, none}} {
		patched := apply(t, text, patchOf(t, text, calls...))
		if !strings.Contains(patched, want) || want == "" && strings.Contains(patched, "required") {
			t.Errorf("after %d calls, the document is\n%s, want %q", len(calls), patched, want)
		}
		if got := afterPatch(t, text, calls...); got != "" {
			t.Errorf("after %d calls, %s is left", len(calls), got)
		}
	}
}

// afterPatch returns the findings after the patch was applied.
func afterPatch(t *testing.T, text string, calls ...comparetest.Call) string {
	t.Helper()
	patched := apply(t, text, patchOf(t, text, calls...))
	d, err := declared.Read([]byte(patched), declared.Options{})
	if err != nil {
		t.Fatalf("%v in\n%s", err, patched)
	}
	return comparetest.Lines(comparetest.Drift(t, d, calls...))
}

func patchOf(t *testing.T, text string, calls ...comparetest.Call) string {
	t.Helper()
	d := comparetest.Document(t, text)
	traffic, set := comparetest.Traffic(t, d, calls...)
	o, left := overlay.Patch(d, set, compare.Drift(d, traffic))
	if len(left) > 0 {
		t.Errorf("there are no actions for %s", comparetest.Lines(left))
	}
	var b bytes.Buffer
	if err := o.WriteYAML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// apply applies an overlay as it is printed.
func apply(t *testing.T, document, text string) string {
	t.Helper()
	var printed struct {
		Overlay string
		Info    struct{ Title, Version string }
		Actions []struct {
			Target, Description string
			Update              any
			Remove              bool
		}
	}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&printed); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if printed.Overlay != "1.1.0" || printed.Info.Version == "" {
		t.Fatalf("the overlay is\n%s", text)
	}
	byOthers, err := libopenapi.ApplyOverlayFromBytesToSpecBytes([]byte(document), []byte(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	for _, w := range byOthers.Warnings {
		t.Errorf("%s: %s in\n%s", w.Target, w.Message, text)
	}
	var o overlay.Overlay
	for _, a := range printed.Actions {
		if a.Remove == (a.Update != nil) {
			t.Fatalf("%s is neither updated nor removed, or both", a.Target)
		}
		o.Actions = append(o.Actions, overlay.Action{Target: a.Target, Update: ordered(a.Update)})
	}
	root, err := o.Apply([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := new(overlay.Overlay).Apply(byOthers.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(sorted(root), sorted(theirs)) {
		t.Errorf("libopenapi applies\n%s and gets\n%s", text, byOthers.Bytes)
	}
	var out bytes.Buffer
	if err := openapi.WriteYAML(&out, root); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// sorted returns a value whose objects have no order.
func sorted(value any) any {
	switch v := value.(type) {
	case jsonschema.Object:
		out := make(map[string]any)
		for key, one := range v.All() {
			out[key] = sorted(one)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = sorted(v[i])
		}
		return out
	case float64, uint64, int:
		return fmt.Sprint(v)
	}
	return value
}

// ordered returns a YAML value whose objects have an order.
func ordered(value any) any {
	switch v := value.(type) {
	case map[string]any:
		var out jsonschema.Object
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out.Set(key, ordered(v[key]))
		}
		return out
	case []any:
		for i := range v {
			v[i] = ordered(v[i])
		}
	}
	return value
}
