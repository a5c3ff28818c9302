package toolbox

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"akita/internal/jsonschema"
)

// field is a value in a body, or a parameter.
type field struct {
	name     string   // as it was sent; "" for a whole body
	label    string   // in place of a name: a key of any name, or an alternative
	path     []string // the quoted names above it and its own
	depth    int
	optional bool
	seen, of uint64 // values, and the objects that could have it; of is 0 if that is not known
	schema   jsonschema.Object
}

// text describes the field in a line: `"sku"?: string uuid, in 8 of 10`.
func (f field) text() string { return f.title() + ": " + f.evidence() }

// title names the field: `"sku"?`.
func (f field) title() string {
	text := f.label
	if f.name != "" {
		text = quoted(f.name)
	}
	if f.optional {
		text += "?"
	}
	return text
}

// evidence writes the type, and how often the field was seen if that is not always.
func (f field) evidence() string {
	if f.optional || f.of > f.seen {
		return typeOf(f.schema) + f.share()
	}
	return typeOf(f.schema)
}

// share says how often the field was seen.
func (f field) share() string {
	switch {
	case f.of > f.seen:
		return fmt.Sprintf(", in %d of %d", f.seen, f.of)
	case f.seen > 0:
		return fmt.Sprintf(", in all of %d", f.seen)
	}
	return ""
}

// fields yields a body with all fields below it, each before those inside it.
func fields(label string, schema jsonschema.Object) iter.Seq[field] {
	return func(yield func(field) bool) {
		walk(field{label: label, schema: schema}, yield)
	}
}

// walk yields a field and those below it. It reports whether yield wants more.
func walk(f field, yield func(field) bool) bool {
	if !yield(f) {
		return false
	}
	schema, path := f.schema, f.path
	for items := schema.Object("items"); items != nil; items = schema.Object("items") {
		schema, path = items, withMark(path)
	}
	below := func(name, label string, optional bool, of jsonschema.Object) field {
		step := label
		if name != "" {
			step = quoted(name)
		}
		inside := field{
			name: name, label: label, path: append(slices.Clip(path), step), depth: f.depth + 1, optional: optional, schema: of,
		}
		inside.seen, _ = of.Get("x-akita-seen").(uint64)
		if absent, ok := of.Get("x-akita-absent").(uint64); ok {
			inside.of = inside.seen + absent
		}
		return inside
	}
	required := schema.List("required")
	for _, p := range schema.Object("properties") {
		of, _ := p.Value.(jsonschema.Object)
		if !walk(below(p.Key, "", !slices.Contains(required, any(p.Key)), of), yield) {
			return false
		}
	}
	if values := schema.Object("additionalProperties"); values != nil {
		if !walk(below("", "any key", false, values), yield) {
			return false
		}
	}
	for i, v := range alternatives(schema) {
		label := fmt.Sprintf("alternative %d", i+1)
		if title := v.Text("title"); title != "" {
			label += " " + quoted(title)
		}
		if !walk(below("", label, false, v), yield) {
			return false
		}
	}
	return true
}

// withMark adds the mark of the elements of an array to the last name of a path.
func withMark(path []string) []string {
	if len(path) == 0 {
		return []string{"[]"}
	}
	marked := slices.Clone(path)
	marked[len(marked)-1] += "[]"
	return marked
}

func alternatives(schema jsonschema.Object) (found []jsonschema.Object) {
	for _, v := range slices.Concat(schema.List("oneOf"), schema.List("anyOf")) {
		if of, ok := v.(jsonschema.Object); ok {
			found = append(found, of)
		}
	}
	return found
}

// maxArrays is how deep arrays of arrays are written.
const maxArrays = 8

// typeOf writes the type of a schema: "array of string uuid (12 of 14) or null".
func typeOf(schema jsonschema.Object) string { return typeInside(schema, maxArrays) }

func typeInside(schema jsonschema.Object, arrays int) string {
	var types []string
	nullable := false
	switch of := schema.Get("type").(type) {
	case string:
		types = append(types, of)
	case []any:
		for _, one := range of {
			if one == "null" {
				nullable = true
				continue
			}
			types = append(types, fmt.Sprint(one))
		}
	case nil:
		if len(alternatives(schema)) > 0 {
			return "one of"
		}
		return "anything"
	}
	text := strings.Join(types, " or ")
	if format := schema.Text("format"); format != "" {
		text += " " + format + formatShare(schema, format)
	}
	if members := members(schema); len(members) > 0 {
		text += " " + strings.Join(members, "|")
	}
	if schema.Get("x-akita-recursive") == true {
		text += " like the record around it"
	}
	if items := schema.Object("items"); items != nil && arrays > 0 {
		text += " of " + typeInside(items, arrays-1)
	}
	if nullable {
		text += " or null"
		if nulls, ok := schema.Object("x-akita-types").Get("null").(uint64); ok {
			text += fmt.Sprintf(" (%d null)", nulls)
		}
	}
	return text
}

// formatShare says how many values have a format, if not all of them have it.
func formatShare(schema jsonschema.Object, format string) string {
	counts := schema.Object("x-akita-format")
	with, _ := counts.Get(format).(uint64)
	other, _ := counts.Get("other").(uint64)
	empty, _ := counts.Get("empty").(uint64)
	if without := other + empty; without > 0 {
		return fmt.Sprintf(" (%d of %d)", with, with+without)
	}
	return ""
}

// members returns the quoted members of an enum.
func members(schema jsonschema.Object) (quotedMembers []string) {
	for _, m := range schema.List("enum") {
		if m != nil {
			quotedMembers = append(quotedMembers, quoted(fmt.Sprint(m)))
		}
	}
	return quotedMembers
}
