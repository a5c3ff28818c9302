package overlay_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/declared"
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

// apply applies an overlay as its specification says, for the JSONPaths that a patch has.
func apply(t *testing.T, document, text string) string {
	t.Helper()
	var root any
	var o struct {
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
	if err := decoder.Decode(&o); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if o.Overlay != "1.1.0" || o.Info.Version == "" {
		t.Fatalf("the overlay is\n%s", text)
	}
	if err := yaml.Unmarshal([]byte(document), &root); err != nil {
		t.Fatal(err)
	}
	for _, a := range o.Actions {
		if a.Remove {
			root, _ = change(t, root, steps(t, a.Target), func(any) (any, bool) { return nil, false })
			continue
		}
		root, _ = change(t, root, steps(t, a.Target), func(old any) (any, bool) { return merge(old, a.Update), true })
	}
	out, err := yaml.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// step is a member, an element, or the elements that are a text.
type step struct {
	member, equal *string
	index         int
}

var pattern = regexp.MustCompile(`^\[(?:'((?:[^'\\]|\\.)*)'|(\d+)|\?@ == '((?:[^'\\]|\\.)*)')\]`)

func steps(t *testing.T, path string) (out []step) {
	t.Helper()
	rest, ok := strings.CutPrefix(path, "$")
	if !ok {
		t.Fatalf("%s is not a JSONPath", path)
	}
	unquote := func(text string) *string {
		plain := regexp.MustCompile(`\\(.)`).ReplaceAllString(text, "$1")
		return &plain
	}
	for rest != "" {
		m := pattern.FindStringSubmatchIndex(rest)
		if m == nil {
			t.Fatalf("%s is not a JSONPath", path)
		}
		switch {
		case m[2] >= 0:
			out = append(out, step{member: unquote(rest[m[2]:m[3]])})
		case m[4] >= 0:
			index, err := strconv.Atoi(rest[m[4]:m[5]])
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, step{index: index})
		default:
			out = append(out, step{equal: unquote(rest[m[6]:m[7]])})
		}
		rest = rest[m[1]:]
	}
	return out
}

// change replaces what a path selects; keep is false to remove it. What is not there stays so.
func change(t *testing.T, at any, path []step, with func(any) (any, bool)) (value any, keep bool) {
	t.Helper()
	if len(path) == 0 {
		return with(at)
	}
	s := path[0]
	switch v := at.(type) {
	case map[string]any:
		if s.member == nil {
			return at, true
		}
		old, ok := v[*s.member]
		if !ok {
			return at, true
		}
		if changed, keep := change(t, old, path[1:], with); keep {
			v[*s.member] = changed
		} else {
			delete(v, *s.member)
		}
	case []any:
		var out []any
		for i, old := range v {
			changed, keep := old, true
			if s.equal != nil && old == *s.equal || s.equal == nil && s.member == nil && s.index == i {
				changed, keep = change(t, old, path[1:], with)
			}
			if keep {
				out = append(out, changed)
			}
		}
		return out, true
	}
	return at, true
}

// merge merges an update into a target: objects by member, lists one after the other.
func merge(old, update any) any {
	switch u := update.(type) {
	case map[string]any:
		if o, ok := old.(map[string]any); ok {
			for key, value := range u {
				o[key] = merge(o[key], value)
			}
			return o
		}
	case []any:
		if o, ok := old.([]any); ok {
			return slices.Concat(o, u)
		}
	}
	return update
}
