package jsonschema

import (
	"slices"

	"akita/internal/format"
	"akita/internal/shape"
)

// withEvidence adds x-akita-* members to a schema: counts of the values for and against it.
// docs/akita-extension.md describes them. Counts of zero are left out.
func (w Writer) withEvidence(schema Object, s *shape.Shape) Object {
	if w.config.Plain || len(schema) == 0 {
		return schema
	}
	out := slices.Concat(schema, Object{{"x-akita-seen", s.Count()}})
	if types := typeEvidence(s); len(types) > 1 {
		out.Set("x-akita-types", types)
	}
	if schema.Get("enum") != nil && s.Enum != nil {
		var counts Object
		for _, m := range s.Enum.Members {
			counts.Set(m.Text, m.Count)
		}
		out.Set("x-akita-enum", counts)
	} else if formats := formatEvidence(schema, s); formats != nil {
		out.Set("x-akita-format", formats)
	}
	return out
}

// typeEvidence counts values by JSON type.
func typeEvidence(s *shape.Shape) Object {
	text := "string"
	if s.Strs == s.Empties {
		text = "empty"
	}
	var out Object
	out.Count("boolean", s.Bools)
	out.Count("integer", s.Ints)
	out.Count("number", s.Nums)
	out.Count(text, s.Strs)
	out.Count("array", s.Arrs)
	out.Count("object", s.Objs)
	out.Count("null", s.Nulls)
	out.Count("unread", s.Opaques)
	return out
}

// formatEvidence counts the values with and without the format of the schema. If the schema has no
// format, it counts those with a format that at least half of the strings have. It returns nil if no
// format is that frequent.
func formatEvidence(schema Object, s *shape.Shape) Object {
	of, empty := s.Strs-s.Empties, s.Empties
	if s.Strs == 0 {
		of, empty = s.Ints, 0
	}
	claimed, _ := schema.Get("format").(string)
	for _, c := range s.Formats {
		name := c.Format.String()
		if name != claimed && (claimed != "" || s.Strs == 0 || c.Format >= format.Weak || c.Count*2 < of) {
			continue
		}
		out := Object{{name, c.Count}}
		out.Count("other", of-min(c.Count, of))
		out.Count("empty", empty)
		return out
	}
	return nil
}

// withPresence adds to the schema of a field how many objects had it and how many did not.
func withPresence(field Object, seen, objects uint64) Object {
	out := slices.Clone(field)
	i := slices.IndexFunc(out, func(m Member) bool { return m.Key == "x-akita-seen" })
	if i < 0 {
		i, out = len(out), append(out, Member{Key: "x-akita-seen"})
	}
	out[i].Value = seen
	out.Count("x-akita-absent", objects-seen)
	return out
}

// splitPresence separates the evidence of how often a record was seen in its place from the rest.
func splitPresence(v Object) (place, record Object) {
	for _, m := range v {
		switch m.Key {
		case "x-akita-absent":
			place = append(place, m)
		case "x-akita-seen":
			place, record = append(place, m), append(record, m)
		default:
			record = append(record, m)
		}
	}
	return place, record
}

// summed returns two schemas that differ only in their evidence as one, with the counts added up.
func summed(a, b Object) Object {
	out := slices.Clone(a)
	for _, m := range b {
		i := slices.IndexFunc(out, func(there Member) bool { return there.Key == m.Key })
		if i < 0 {
			out = append(out, m) // evidence that a does not have
			continue
		}
		out[i].Value = summedValue(out[i].Value, m.Value)
	}
	return out
}

func summedValue(a, b any) any {
	switch a := a.(type) {
	case Object:
		if b, ok := b.(Object); ok {
			return summed(a, b)
		}
	case []any:
		if b, ok := b.([]any); ok && len(a) == len(b) {
			out := slices.Clone(a)
			for i := range out {
				out[i] = summedValue(a[i], b[i])
			}
			return out
		}
	case uint64:
		if b, ok := b.(uint64); ok {
			return a + b
		}
	}
	return a
}
