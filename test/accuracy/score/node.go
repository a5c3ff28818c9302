package score

import (
	"maps"
	"slices"
	"strings"

	"akita/test/accuracy/truth"
)

// node compares one place and the places below it.
func (s *scorer) node(place string, want *truth.Node, got schema) {
	if want.Inner {
		s.inner(place, want, got)
		return
	}
	if len(want.Types) > 0 && !(want.Any && len(got.types()) == 0) {
		right := slices.Equal(got.types(), want.Types) || want.Also != "" && slices.Contains(got.types(), want.Also)
		s.want(Types, right, place, strings.Join(got.types(), "|"), strings.Join(want.Types, "|"))
	}
	s.nullable(place, want, &got)
	if want.Any {
		return
	}
	s.format(place, want, &got)
	s.enum(place, want, &got)
	if want.Items != nil {
		s.node(place+"[]", want.Items, s.below(&got, got.items()))
	}
	s.mapping(place, want, &got)
	if want.Entry == nil {
		s.fields(place, want, &got)
	}
	s.variants(place, want, &got)
}

// below returns the schema of a place inside of another one.
func (s *scorer) below(outer *schema, of []any) schema {
	inner := s.schema(of...)
	inner.joined = outer.joined || len(outer.records()) > 1
	return inner
}

func (s *scorer) nullable(place string, want *truth.Node, got *schema) {
	switch {
	case want.Null:
		s.want(Nullable, got.null || len(want.Types) == 0 && len(got.types()) == 0, place, "not nullable", "nullable")
	case got.null:
		s.wrong(Nullable, place, "nullable")
	}
}

// fields compares the members of a record.
func (s *scorer) fields(place string, want *truth.Node, got *schema) {
	for _, name := range slices.Sorted(maps.Keys(want.Fields)) {
		field := want.Fields[name]
		at := strings.TrimSuffix(place, "/") + "/" + name
		schemas, required := got.field(name)
		s.want(Fields, len(schemas) > 0, at, "", "the field")
		if len(schemas) == 0 {
			continue
		}
		if !field.Open {
			s.want(Required, required == field.Required, at, requiredness(required), requiredness(field.Required))
		}
		s.node(at, field.Node, s.below(got, schemas))
	}
	if want.Fields == nil && !slices.Contains(want.Types, "object") {
		return
	}
	for _, name := range got.names() {
		if want.Fields[name] == nil {
			s.wrong(Fields, strings.TrimSuffix(place, "/")+"/"+name, "a field that does not exist")
		}
	}
}

func requiredness(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}

// inner compares only the field names of a record in a tree.
func (s *scorer) inner(place string, want *truth.Node, got schema) {
	for _, name := range slices.Sorted(maps.Keys(want.Fields)) {
		schemas, _ := got.field(name)
		at := strings.TrimSuffix(place, "/") + "/" + name
		s.want(Fields, len(schemas) > 0, at, "", "the field")
		if items := want.Fields[name].Items; items != nil && items.Inner && len(schemas) > 0 {
			list := s.schema(schemas...)
			s.inner(at+"[]", items, s.schema(list.items()...))
		}
	}
}

// mapping compares whether the document describes a map.
func (s *scorer) mapping(place string, want *truth.Node, got *schema) {
	entries := got.entries()
	switch {
	case want.Entry != nil:
		right := len(entries) > 0 && len(got.names()) == 0
		s.want(Maps, right, place, describeRecord(got), "a map")
		if len(entries) > 0 {
			s.node(strings.TrimSuffix(place, "/")+"/*", want.Entry, s.below(got, entries))
		}
	case len(entries) > 0 && want.Fields != nil:
		s.wrong(Maps, place, "a map")
	}
}

func describeRecord(got *schema) string {
	names := got.names()
	if len(names) > 4 {
		names = append(names[:4:4], "...")
	}
	return "fields " + strings.Join(names, ", ")
}

// format compares the format. Formats of JSON Schema and all other formats are separate
// aspects.
func (s *scorer) format(place string, want *truth.Node, got *schema) {
	formats := got.formats()
	if want.Format == nil {
		for _, f := range formats {
			s.wrong(aspectOf(f), place, f)
		}
		return
	}
	if want.Format.Claim == truth.Yes {
		if want.Enum != nil && len(got.enum()) > 0 {
			return // codes may be an enum or not
		}
		right := slices.ContainsFunc(formats, func(f string) bool { return slices.Contains(want.Format.Names, f) })
		s.want(
			aspectOf(want.Format.Names[0]),
			right,
			place,
			strings.Join(formats, "|"),
			strings.Join(want.Format.Names, " or "),
		)
		return
	}
	if got.joined && len(want.Format.Names) == 0 {
		return // each variant has its own form
	}
	for _, f := range formats {
		if truth.IsCore(f) && !slices.Contains(want.Format.Names, f) {
			s.wrong(Formats, place, f)
		}
	}
}

func aspectOf(format string) string {
	if truth.IsCore(format) {
		return Formats
	}
	return Kinds
}

// enum compares the members: the document must have all that were seen.
func (s *scorer) enum(place string, want *truth.Node, got *schema) {
	members := got.enum()
	switch {
	case want.Enum == nil:
		if len(members) > 0 {
			s.wrong(Enums, place, strings.Join(members, "|"))
		}
	case want.Enum.Claim == truth.Yes:
		right := len(members) > 0 &&
			!slices.ContainsFunc(want.Enum.Members, func(m string) bool { return !slices.Contains(members, m) })
		s.want(Enums, right, place, strings.Join(members, "|"), strings.Join(want.Enum.Members, "|"))
	}
}

// variants compares the kinds of records at one place by their fields. It does not compare
// variants inside of variants, because those come from several places, nor those for actions, of
// which the truth knows nothing.
func (s *scorer) variants(place string, want *truth.Node, got *schema) {
	if got.joined || want.VariantsOpen || got.ofActions() {
		return
	}
	var produced []string
	for _, r := range got.records() {
		produced = append(produced, strings.Join(slices.Sorted(maps.Keys(asObject(r["properties"]))), ","))
	}
	slices.Sort(produced)
	if len(want.Variants) == 0 {
		if len(produced) > 1 {
			s.wrong(Variants, place, strings.Join(produced, " | "))
		}
		return
	}
	var wanted []string
	for _, names := range want.Variants {
		wanted = append(wanted, strings.Join(names, ","))
	}
	slices.Sort(wanted)
	s.want(Variants, slices.Equal(produced, wanted), place, strings.Join(produced, " | "), strings.Join(wanted, " | "))
	if want.Tag != "" {
		s.want(Variants, s.hasTag(got, want.Tag), place, "no discriminator", "discriminator "+want.Tag)
	}
}

// hasTag reports whether the document names the field that distinguishes the variants: by a
// discriminator, or by a different member in each variant.
func (s *scorer) hasTag(got *schema, tag string) bool {
	if got.tagged {
		return true
	}
	seen := make(map[string]bool)
	for _, r := range got.records() {
		one := s.schema(asObject(r["properties"])[tag])
		members := one.enum()
		if len(members) == 0 {
			return false
		}
		for _, m := range members {
			if seen[m] {
				return false
			}
			seen[m] = true
		}
	}
	return len(got.records()) > 1
}
