package apimodel

import (
	"slices"

	"akita/internal/format"
	"akita/internal/shape"
)

// The x-akita-* members of a document say what speaks for and against each fact that is
// inferred; docs/akita-extension.md describes them. What counts nothing is left out.

// withEvidence adds to a schema what speaks for and against it among the values that it is
// of.
func (w schemaWriter) withEvidence(schema object, s *shape.Shape) object {
	if w.plain || len(schema) == 0 {
		return schema
	}
	out := slices.Concat(schema, object{{"x-akita-seen", s.Count()}})
	if types := typeEvidence(s); len(types) > 1 {
		out.set("x-akita-types", types)
	}
	if schema.get("enum") != nil && s.Enum != nil {
		var counts object
		for _, m := range s.Enum.Members {
			counts.set(m.Text, m.Count)
		}
		out.set("x-akita-enum", counts)
	} else if formats := formatEvidence(schema, s); formats != nil {
		out.set("x-akita-format", formats)
	}
	return out
}

// typeEvidence counts values by JSON type.
func typeEvidence(s *shape.Shape) object {
	text := "string"
	if s.Strs == s.Empties {
		text = "empty"
	}
	var out object
	out.count("boolean", s.Bools)
	out.count("integer", s.Ints)
	out.count("number", s.Nums)
	out.count(text, s.Strs)
	out.count("array", s.Arrs)
	out.count("object", s.Objs)
	out.count("null", s.Nulls)
	out.count("unread", s.Opaques)
	return out
}

// formatEvidence counts the values that have the schema's format, and those that have not;
// where it has none, it names the one that half of the strings would have had. nil for none.
func formatEvidence(schema object, s *shape.Shape) object {
	of, empty := s.Strs-s.Empties, s.Empties
	if s.Strs == 0 {
		of, empty = s.Ints, 0
	}
	claimed, _ := schema.get("format").(string)
	for _, c := range s.Formats {
		name := c.Format.String()
		if name != claimed && (claimed != "" || s.Strs == 0 || c.Format >= format.Weak || c.Count*2 < of) {
			continue
		}
		out := object{{name, c.Count}}
		out.count("other", of-min(c.Count, of))
		out.count("empty", empty)
		return out
	}
	return nil
}

// withPresence says of a field how many of the objects that it may stand in had it: fewer
// than were seen in all, where there are objects of several kinds.
func withPresence(field object, seen, objects uint64) object {
	out := slices.Clone(field)
	i := slices.IndexFunc(out, func(m member) bool { return m.key == "x-akita-seen" })
	if i < 0 {
		i, out = len(out), append(out, member{key: "x-akita-seen"})
	}
	out[i].value = seen
	out.count("x-akita-absent", objects-seen)
	return out
}

// splitPresence takes a record's evidence of its place apart from that of the record.
func splitPresence(v object) (place, record object) {
	for _, m := range v {
		switch m.key {
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

// summed is two schemas that are the same but for their evidence as one: what both count is
// added up.
func summed(a, b object) object {
	out := slices.Clone(a)
	for _, m := range b {
		i := slices.IndexFunc(out, func(there member) bool { return there.key == m.key })
		if i < 0 {
			out = append(out, m) // evidence that counted nothing in a
			continue
		}
		out[i].value = summedValue(out[i].value, m.value)
	}
	return out
}

func summedValue(a, b any) any {
	switch a := a.(type) {
	case object:
		if b, ok := b.(object); ok {
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

// count sets a member to a number that is not zero.
func (o *object) count(key string, n uint64) {
	if n > 0 {
		o.set(key, n)
	}
}

// parameterEvidence says how many calls carried a parameter, and of one of the path why it
// is one.
func parameterEvidence(p Parameter) object {
	out := object{{"x-akita-seen", p.Seen}}
	if p.argument != nil {
		out.set("x-akita-parameter", p.argument.evidence())
		return out
	}
	out.count("x-akita-absent", p.Of-p.Seen)
	out.count("x-akita-repeated", p.repeated)
	return out
}

// evidence says why what stood at a place of the path is a parameter: the framework's route
// says so; its values are ids, which no API has for names; or they are words, for
// which it speaks that they answer alike, or that all of them are codes of one list.
func (a *argument) evidence() object {
	n := a.shape.Count()
	switch {
	case a.route > 0:
		out := object{{"because", "route"}}
		if a.converter != "" {
			out.set("converter", string(a.converter))
		}
		return append(out, object{{"for", a.holds()}, {"against", n - min(a.holds(), n)}}...)
	case a.words*2 > n:
		why := "siblings"
		if a.code != "" {
			why = "codes"
		}
		out := object{{"because", why}, {"for", n}, {"against", uint64(0)}}
		out.count("distinct_words", a.distinct)
		return out
	}
	return object{{"because", "ids"}, {"for", n - a.words}, {"against", a.words}}
}
