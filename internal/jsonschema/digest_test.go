package jsonschema

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Two schemas have one digest if they are the same text without their evidence.
func TestDigest(t *testing.T) {
	t.Parallel()
	seen := make(map[digest]string)
	rapid.Check(t, func(t *rapid.T) {
		o := drawSchema(t, 3)
		want, err := json.Marshal(bare(o))
		if err != nil {
			t.Fatal(err)
		}
		sum := digestsOf(o).object(o)
		if text, ok := seen[sum]; ok && text != string(want) {
			t.Fatalf("one digest is that of\n%s\nand of\n%s", text, want)
		}
		seen[sum] = string(want)
		if digestsOf(bare(o)).object(bare(o).(Object)) != sum {
			t.Fatalf("evidence changes the digest of %s", want)
		}
	})
}

// The digests of a value are one for each place in which a record stands.
func TestDigestsOf(t *testing.T) {
	t.Parallel()
	record := Object{{"type", "object"}, {"properties", Object{{"a", 1}, {"b", Object{}}, {"c", true}}}}
	other := Object{{"type", "object"}, {"properties", Object{{"a", 1}, {"b", 2}, {"c", record}}}}
	var all []digest
	d := &digests{of: make(map[*Member]digest), found: func(sum digest) { all = append(all, sum) }}
	d.append(nil, Object{{"x", record}, {"list", []any{other, "text"}}})
	if len(all) != 3 || all[0] != all[1] || all[1] == all[2] {
		t.Errorf("there are %d digests", len(all))
	}
	if !slices.Contains(all, d.of[&other[0]]) {
		t.Error("a record is not found by its first member")
	}
}

// bare returns a value without evidence.
func bare(v any) any {
	switch v := v.(type) {
	case Object:
		out := Object{}
		for _, m := range v {
			if !strings.HasPrefix(m.Key, "x-akita-") {
				out.Set(m.Key, bare(m.Value))
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = bare(v[i])
		}
		return out
	}
	return v
}

func drawSchema(t *rapid.T, depth int) Object {
	o := Object{}
	keys := rapid.SampledFrom([]string{"a", "b", "ab", "type", "properties", "x-akita-seen"})
	for _, key := range rapid.SliceOfNDistinct(keys, 0, 4, rapid.ID).Draw(t, "keys") {
		o.Set(key, drawSchemaValue(t, depth))
	}
	return o
}

func drawSchemaValue(t *rapid.T, depth int) any {
	kinds := 3
	if depth > 0 {
		kinds = 5
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return rapid.SampledFrom([]string{"", "a", "b", "object", "1"}).Draw(t, "text")
	case 1:
		return uint64(rapid.IntRange(0, 2).Draw(t, "number"))
	case 2:
		return nil
	case 3:
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			list = append(list, drawSchemaValue(t, depth-1))
		}
		return list
	}
	return drawSchema(t, depth-1)
}
