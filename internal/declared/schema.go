package declared

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Schema is what a document says of the values at one place. Its alternatives are the ways to satisfy
// allOf, oneOf, anyOf and if; nil alternatives accept anything.
type Schema struct {
	// Slot is the JSONPath of the place that holds the schema or a reference to it; "" in another file.
	// Of several schemas, it is that of the first.
	Slot string

	ref          *openapi3.SchemaRef // what the slot holds
	alternatives []alternative
	document     *Document
}

// alternative is a list of schemas that all apply.
type alternative []part

// part is a schema without its combinators, and its JSONPath.
type part struct {
	*openapi3.Schema
	at string
}

// Bounds of what is expanded. A schema with more alternatives, or deeper combinators, accepts anything.
const (
	maxAlternatives = 64
	maxNesting      = 12
)

// schema returns the schema of a reference in a slot. It returns nil for nil.
func (d *Document) schema(ref *openapi3.SchemaRef, slot string) *Schema {
	if ref == nil || ref.Value == nil {
		return nil
	}
	alternatives, ok := d.expand(ref, slot, nil)
	if !ok {
		alternatives = nil
	}
	return &Schema{Slot: slot, ref: ref, alternatives: alternatives, document: d}
}

// expand returns the alternatives of a schema, false if there are too many. above are the schemas whose
// combinators led here.
func (d *Document) expand(ref *openapi3.SchemaRef, slot string, above []*openapi3.Schema) ([]alternative, bool) {
	s := ref.Value
	if s == nil || len(above) > maxNesting {
		return nil, false
	}
	if slices.Contains(above, s) {
		return []alternative{{{s, target(ref, slot)}}}, true
	}
	above = append(above[:len(above):len(above)], s)
	at := target(ref, slot)
	out := []alternative{{{s, at}}}
	every := func(refs openapi3.SchemaRefs, keyword string) bool {
		for i, one := range refs {
			more, ok := d.expand(one, item(at, keyword, i), above)
			if out, ok = product(out, more, ok); !ok {
				return false
			}
		}
		return true
	}
	some := func(refs openapi3.SchemaRefs, keyword string, isOptional bool) bool {
		if len(refs) == 0 {
			return true
		}
		var sum []alternative
		if isOptional {
			sum = []alternative{{}}
		}
		for i, one := range refs {
			if one == nil {
				continue
			}
			where := member(at, keyword)
			if keyword == "oneOf" || keyword == "anyOf" {
				where = item(at, keyword, i)
			}
			more, ok := d.expand(one, where, above)
			if !ok {
				return false
			}
			sum = append(sum, more...)
		}
		var ok bool
		out, ok = product(out, sum, true)
		return ok
	}
	ok := every(s.AllOf, "allOf") && some(s.OneOf, "oneOf", false) && some(s.AnyOf, "anyOf", false) &&
		some(d.kinds(s, above), "kinds", true)
	if ok && s.If != nil {
		ok = some(openapi3.SchemaRefs{s.Then}, "then", true) && some(openapi3.SchemaRefs{s.Else}, "else", true)
	}
	return out, ok
}

// product returns the alternatives that satisfy one of each list.
func product(x, y []alternative, ok bool) ([]alternative, bool) {
	if !ok || len(x)*len(y) > maxAlternatives {
		return nil, false
	}
	out := make([]alternative, 0, len(x)*len(y))
	for _, a := range x {
		for _, b := range y {
			out = append(out, slices.Concat(a, b))
		}
	}
	return out, true
}

// kinds returns the schemas that a schema with a discriminator, and without oneOf or anyOf, stands for:
// those that its mapping names, or else those that extend it.
func (d *Document) kinds(s *openapi3.Schema, above []*openapi3.Schema) openapi3.SchemaRefs {
	if s.Discriminator == nil || len(s.OneOf)+len(s.AnyOf) > 0 || len(above) > 1 || d.doc.Components == nil {
		return nil
	}
	var out openapi3.SchemaRefs
	add := func(name string) {
		if kind := d.doc.Components.Schemas[name]; kind != nil && kind.Value != s {
			out = append(out, &openapi3.SchemaRef{Ref: componentPrefix + name, Value: kind.Value})
		}
	}
	for _, value := range slices.Sorted(maps.Keys(s.Discriminator.Mapping)) {
		add(strings.TrimPrefix(s.Discriminator.Mapping[value].Ref, componentPrefix))
	}
	if len(out) > 0 {
		return out
	}
	for _, name := range slices.Sorted(maps.Keys(d.doc.Components.Schemas)) {
		kind := d.doc.Components.Schemas[name].Value
		if kind != nil && slices.ContainsFunc(kind.AllOf, func(r *openapi3.SchemaRef) bool { return r.Value == s }) {
			add(name)
		}
	}
	return out
}

// join returns the schema that accepts what any of the lists of references accept: each list has
// references that all apply.
func (d *Document) join(lists [][]located) *Schema {
	out := &Schema{document: d}
	for _, list := range lists {
		sum, ok := []alternative{{}}, true
		for _, one := range list {
			more, fits := d.expand(one.ref, one.slot, nil)
			if sum, ok = product(sum, more, fits); !ok {
				break
			}
		}
		if !ok || len(out.alternatives)+len(sum) > maxAlternatives {
			return &Schema{document: d}
		}
		out.alternatives = append(out.alternatives, sum...)
	}
	if len(lists) > 0 && len(lists[0]) > 0 {
		out.Slot, out.ref = lists[0][0].slot, lists[0][0].ref
	}
	return out
}

// located is a reference and its slot.
type located struct {
	ref  *openapi3.SchemaRef
	slot string
}

// IsAnything reports whether the schema says nothing of the types of values.
func (s *Schema) IsAnything() bool {
	return s == nil || len(s.alternatives) == 0 || slices.ContainsFunc(s.alternatives, alternative.isAnything)
}

func (a alternative) isAnything() bool { return a.types() == nil }

// Types returns the JSON types that the schema accepts, sorted; nil for any.
func (s *Schema) Types() []string {
	if s.IsAnything() {
		return nil
	}
	var out []string
	for _, a := range s.alternatives {
		out = append(out, a.types()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// types returns the types that all parts accept; nil for any.
func (a alternative) types() []string {
	var out []string
	isNullable, isTyped := false, false
	for _, p := range a {
		isNullable = isNullable || p.Nullable
		types := p.types()
		switch {
		case types == nil:
		case !isTyped:
			out, isTyped = types, true
		default:
			out = intersect(out, types)
		}
	}
	if !isTyped {
		return nil
	}
	if isNullable && !slices.Contains(out, openapi3.TypeNull) {
		out = append(slices.Clone(out), openapi3.TypeNull)
	}
	return append([]string{}, out...)
}

// types returns the types of one part: those that it names, or that follow from its other keywords.
func (p part) types() []string {
	switch {
	case p.Always != nil && !*p.Always:
		return []string{}
	case !p.Type.IsEmpty():
		return p.Type.Slice()
	case p.Const != nil:
		return []string{typeOf(p.Const)}
	case len(p.Enum) > 0:
		var out []string
		for _, m := range p.Enum {
			if t := typeOf(m); !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
		return out
	case len(p.Properties) > 0 || p.AdditionalProperties.Schema != nil:
		return []string{openapi3.TypeObject}
	case p.Items != nil:
		return []string{openapi3.TypeArray}
	}
	return nil
}

func intersect(x, y []string) (out []string) {
	out = []string{}
	for _, t := range x {
		switch {
		case slices.Contains(y, t):
			out = append(out, t)
		case t == openapi3.TypeInteger && slices.Contains(y, openapi3.TypeNumber),
			t == openapi3.TypeNumber && slices.Contains(y, openapi3.TypeInteger):
			out = append(out, openapi3.TypeInteger)
		}
	}
	return out
}

func typeOf(value any) string {
	switch v := value.(type) {
	case nil:
		return openapi3.TypeNull
	case bool:
		return openapi3.TypeBoolean
	case string:
		return openapi3.TypeString
	case float64:
		if v == float64(int64(v)) {
			return openapi3.TypeInteger
		}
		return openapi3.TypeNumber
	case []any:
		return openapi3.TypeArray
	case map[string]any:
		return openapi3.TypeObject
	}
	return openapi3.TypeNumber
}

// accepts reports whether the alternative accepts a type.
func (a alternative) accepts(t string) bool {
	types := a.types()
	return types == nil || slices.Contains(types, t)
}

// Field returns the schema of a field. isDeclared is false if no alternative names the field or accepts
// fields of any name.
func (s *Schema) Field(name string) (field *Schema, isDeclared bool) {
	if s == nil || len(s.alternatives) == 0 {
		return nil, true
	}
	var lists [][]located
	for _, a := range s.alternatives {
		if !a.accepts(openapi3.TypeObject) {
			continue
		}
		list, isFree := a.field(name)
		switch {
		case len(list) > 0:
			lists = append(lists, list)
		case isFree:
			return nil, true
		}
	}
	if len(lists) == 0 {
		return nil, false
	}
	return s.document.join(lists), true
}

// field returns the schemas of a field, which all apply. isFree reports whether there is none, and a
// field of any name is accepted.
func (a alternative) field(name string) (list []located, isFree bool) {
	isFree = !slices.ContainsFunc(a, part.hasFields)
	for _, p := range a {
		if ref := p.Properties[name]; ref != nil {
			list = append(list, located{ref, member(member(p.at, "properties"), name)})
			continue
		}
		for _, pattern := range slices.Sorted(maps.Keys(p.PatternProperties)) {
			if re, err := regexp.Compile(pattern); err != nil || re.MatchString(name) {
				list = append(list, located{
					p.PatternProperties[pattern], member(member(p.at, "patternProperties"), pattern),
				})
			}
		}
	}
	if len(list) > 0 {
		return list, false
	}
	more, isOpen := a.entries()
	return more, isFree || isOpen
}

// hasFields reports whether a part says which fields objects have.
func (p part) hasFields() bool {
	return len(p.Properties) > 0 || len(p.PatternProperties) > 0 || p.AdditionalProperties.Schema != nil ||
		p.AdditionalProperties.Has != nil && !*p.AdditionalProperties.Has
}

// entries returns the schemas of fields that are not named. isOpen reports whether any value is accepted.
func (a alternative) entries() (list []located, isOpen bool) {
	for _, p := range a {
		if has := p.AdditionalProperties.Has; has != nil && *has {
			isOpen = true
		}
		if ref := p.AdditionalProperties.Schema; ref != nil {
			list = append(list, located{ref, member(p.at, "additionalProperties")})
		}
	}
	return list, isOpen
}

// Entries returns the schema of the values of objects under keys that are data. isDeclared is false if
// such keys are not accepted.
func (s *Schema) Entries() (values *Schema, isDeclared bool) {
	if s == nil || len(s.alternatives) == 0 {
		return nil, true
	}
	var lists [][]located
	for _, a := range s.alternatives {
		if !a.accepts(openapi3.TypeObject) {
			continue
		}
		list, isOpen := a.entries()
		for _, p := range a {
			for _, pattern := range slices.Sorted(maps.Keys(p.PatternProperties)) {
				list = append(list, located{
					p.PatternProperties[pattern], member(member(p.at, "patternProperties"), pattern),
				})
			}
		}
		switch {
		case len(list) > 0:
			lists = append(lists, list)
		case isOpen, !slices.ContainsFunc(a, part.hasFields):
			return nil, true
		}
	}
	if len(lists) == 0 {
		return nil, false
	}
	return s.document.join(lists), true
}

// Items returns the schema of the elements of arrays, nil for any.
func (s *Schema) Items() *Schema {
	if s == nil {
		return nil
	}
	var lists [][]located
	for _, a := range s.alternatives {
		var list []located
		for _, p := range a {
			if p.Items != nil {
				list = append(list, located{p.Items, member(p.at, "items")})
			}
			for i, ref := range p.PrefixItems {
				lists = append(lists, []located{{ref, item(p.at, "prefixItems", i)}})
			}
		}
		if len(list) > 0 {
			lists = append(lists, list)
		}
	}
	if len(lists) == 0 {
		return nil
	}
	return s.document.join(lists)
}

// objects returns the alternatives that are about objects.
func (s *Schema) objects() (out []alternative) {
	if s == nil {
		return nil
	}
	for _, a := range s.alternatives {
		if a.accepts(openapi3.TypeObject) {
			out = append(out, a)
		}
	}
	return out
}

// Names returns the names of the declared fields, sorted.
func (s *Schema) Names() []string {
	var out []string
	for _, a := range s.objects() {
		for _, p := range a {
			for name := range p.Properties {
				out = append(out, name)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Missing returns the required fields that an object with some fields lacks: those of the alternative
// of which it lacks fewest, nil if it satisfies one.
func (s *Schema) Missing(has func(name string) bool, isExempt func(field *Schema) bool) []string {
	var fewest []string
	for i, a := range s.objects() {
		var missing []string
		for _, name := range a.required() {
			if !has(name) && !slices.Contains(missing, name) {
				if field, _ := s.Field(name); !isExempt(field) {
					missing = append(missing, name)
				}
			}
		}
		if len(missing) == 0 {
			return nil
		}
		if i == 0 || len(missing) < len(fewest) {
			fewest = missing
		}
	}
	slices.Sort(fewest)
	return fewest
}

func (a alternative) required() (out []string) {
	for _, p := range a {
		out = append(out, p.Required...)
	}
	return out
}

// Enum returns the texts that strings have to be. ok is false if other strings are accepted too.
func (s *Schema) Enum() (members []string, ok bool) {
	if s == nil {
		return nil, false
	}
	for _, a := range s.alternatives {
		if !a.accepts(openapi3.TypeString) {
			continue
		}
		of, isEnum := a.enum()
		if !isEnum {
			return nil, false
		}
		members = append(members, of...)
	}
	slices.Sort(members)
	return slices.Compact(members), len(members) > 0
}

func (a alternative) enum() (members []string, ok bool) {
	for _, p := range a {
		values := p.Schema.Enum
		if p.Const != nil {
			values = []any{p.Const}
		}
		if len(values) == 0 {
			continue
		}
		var texts []string
		for _, v := range values {
			if text, isText := v.(string); isText {
				texts = append(texts, text)
			}
		}
		if ok {
			texts = slices.DeleteFunc(texts, func(t string) bool { return !slices.Contains(members, t) })
		}
		members, ok = texts, true
	}
	return members, ok
}

// Format returns the formats that strings have, one of which each has to have; nil if there are others
// too.
func (s *Schema) Format() (formats []string) {
	if s == nil {
		return nil
	}
	for _, a := range s.alternatives {
		if !a.accepts(openapi3.TypeString) {
			continue
		}
		has := false
		for _, p := range a {
			if p.Schema.Format != "" {
				formats, has = append(formats, p.Schema.Format), true
			}
		}
		if !has {
			return nil
		}
	}
	return formats
}

// IsReadOnly reports whether the value belongs in responses only.
func (s *Schema) IsReadOnly() bool { return s.all(func(p part) bool { return p.ReadOnly }) }

// IsWriteOnly reports whether the value belongs in requests only.
func (s *Schema) IsWriteOnly() bool { return s.all(func(p part) bool { return p.WriteOnly }) }

// all reports whether each alternative has a part with a property.
func (s *Schema) all(has func(part) bool) bool {
	if s == nil || len(s.alternatives) == 0 {
		return false
	}
	for _, a := range s.alternatives {
		if !slices.ContainsFunc(a, has) {
			return false
		}
	}
	return true
}
