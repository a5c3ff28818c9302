package jsonschema

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"akita/internal/shape"
)

// Action is what bodies of one action hold. An action is what a call asks for by name where many
// share one URL: an operation of GraphQL, or a method of JSON-RPC.
type Action struct {
	Key   string // identifies the action
	Title string // names it for a reader: "query GetUser", "user.get"
	Name  string // what Tag holds in requests of this action; "" if that is not known
	Tag   string // the member of requests that names the action: "operationName", "method"
	Count uint64
	Shape *shape.Shape
}

// actions writes the schema of bodies of actions: one schema for each action, or for each set of
// them whose bodies are alike, and a list of these for batches.
func (w Writer) actions(b Bodies) Object {
	variants := w.variants(b)
	var all []Object
	if b.Batches < b.Acted {
		all = append(all, variants...)
	}
	if b.Batches > 0 {
		all = append(all, w.batch(variants, b))
	}
	if others := b.Shape.Count() - min(b.Acted, b.Shape.Count()); others > 0 {
		all = append(all, w.apart().Value("", b.Shape))
		return w.withEvidence(either(all, false), b.Shape)
	}
	if len(all) == 1 {
		return all[0]
	}
	return w.withEvidence(either(all, true), b.Shape)
}

// batch writes the schema of lists of bodies of actions.
func (w Writer) batch(variants []Object, b Bodies) Object {
	list := Object{{"type", "array"}, {"items", either(variants, true)}}
	if !w.config.Plain {
		list.Set("x-akita-seen", b.Batches)
	}
	return list
}

// either returns the schema of values that fit one of the variants: oneOf if no value fits two of
// them, else anyOf. mayExclude is false if they are known to overlap.
func either(variants []Object, mayExclude bool) Object {
	list := make([]any, len(variants))
	for i, v := range variants {
		list[i] = v
		for _, other := range variants[:i] {
			mayExclude = mayExclude && exclude(v, other)
		}
	}
	switch {
	case len(variants) == 1:
		return variants[0]
	case mayExclude:
		return Object{{"oneOf", list}}
	}
	return Object{{"anyOf", list}}
}

// exclude reports whether no value fits two schemas: their types differ, exclusive holds for their
// objects, or they exclude each other at a property that one of them requires.
func exclude(a, b Object) bool {
	x, y := typesOf(a), typesOf(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if !slices.ContainsFunc(x, func(t string) bool { return slices.Contains(y, t) }) {
		return true
	}
	if len(x) != 1 || len(y) != 1 || x[0] != "object" {
		return false
	}
	if exclusive([]Object{a, b}) {
		return true
	}
	for _, required := range [][]any{a.List("required"), b.List("required")} {
		for _, name := range required {
			name, _ := name.(string)
			if exclude(a.Object("properties").Object(name), b.Object("properties").Object(name)) {
				return true
			}
		}
	}
	return false
}

// typesOf returns the types that a schema names, none if it does not say which it has. A number may
// be an integer.
func typesOf(o Object) []string {
	var types []string
	switch t := o.Get("type").(type) {
	case string:
		types = []string{t}
	case []any:
		for _, one := range t {
			if text, ok := one.(string); ok {
				types = append(types, text)
			}
		}
	}
	for i, t := range types {
		if t == "integer" {
			types[i] = "number"
		}
	}
	return types
}

// variants writes one schema for all actions whose bodies are alike, in the order of the first ones.
func (w Writer) variants(b Bodies) []Object {
	actions := b.Actions
	w.all = new(shape.Shape)
	if b.Shape != nil { // it also sums up bodies that name no action
		w.all.Merge(b.Shape)
		w.all.Merge(b.Shape.Items)
	}
	var order []string
	groups := make(map[string][]Action)
	for _, a := range actions {
		alike := outline(a.Shape)
		if _, known := groups[alike]; !known {
			order = append(order, alike)
		}
		groups[alike] = append(groups[alike], a)
	}
	out := make([]Object, len(order))
	for i, alike := range order {
		out[i] = w.variant(groups[alike])
	}
	excludeTags(out, actions)
	return out
}

// excludeTags says of the requests that do not name their action that they do not, if others do: a
// request that names it is not one of them.
func excludeTags(variants []Object, actions []Action) {
	for _, a := range actions {
		if a.Tag == "" || !slices.ContainsFunc(variants, func(v Object) bool { return requiresTag(v, a.Tag) }) {
			continue
		}
		for i, v := range variants {
			properties := v.Object("properties")
			if len(properties) == 0 || properties.Get(a.Tag) != nil {
				continue
			}
			v = slices.Clone(v)
			at := slices.IndexFunc(v, func(m Member) bool { return m.Key == "properties" })
			v[at].Value = slices.Insert(slices.Clone(properties), 0, Member{a.Tag, Object{{"type", "null"}}})
			variants[i] = v
		}
		return
	}
}

func requiresTag(v Object, tag string) bool {
	return v.Object("properties").Object(tag).Get("enum") != nil && slices.Contains(v.List("required"), any(tag))
}

// variant writes the schema of bodies that are alike, with the names of their actions.
func (w Writer) variant(actions []Action) Object {
	sum, refused := new(shape.Shape), new(shape.Shape)
	for _, a := range actions {
		sum.Merge(a.Shape)
		if w.subject.Sent != nil {
			refused.Merge(w.subject.Sent.RefusedActions[a.Key])
		}
	}
	if w.refused = nil; refused.Count() > 0 {
		w.refused = refused
	}
	out := w.named(w.Value("", sum), actions, sum)
	if len(out) == 0 {
		return out // any value
	}
	out = slices.Insert(slices.Clone(out), 0, Member{"title", titles(actions)})
	if !w.config.Plain {
		var counts Object
		for _, a := range actions {
			counts.Count(a.Title, a.Count)
		}
		out.Set("x-akita-actions", counts)
	}
	return out
}

// named returns the schema of requests with the names of their actions as the values of the member
// that holds them, if all requests have it.
func (w Writer) named(schema Object, actions []Action, sum *shape.Shape) Object {
	tag := actions[0].Tag
	if tag == "" || schema.Get("type") != "object" || sum.Object == nil {
		return schema
	}
	var members []any
	for _, a := range actions {
		if a.Name == "" || a.Tag != tag {
			return schema
		}
		members = append(members, a.Name)
	}
	field := sum.Object.Fields.Get(tag)
	if field == nil || field.Strs != sum.Objs || field.Count() != sum.Objs {
		return schema
	}
	return withMember(schema, tag, slices.Compact(members))
}

// withMember returns a schema of objects in which a property is required and has one of some values.
func withMember(schema Object, name string, values []any) Object {
	out := slices.Clone(schema)
	var properties Object
	for _, p := range schema.Object("properties") {
		if value, ok := p.Value.(Object); ok && p.Key == name {
			property := Object{{"type", "string"}, {"enum", values}}
			for _, m := range value {
				if isEvidence(m.Key) && m.Key != "x-akita-enum" && m.Key != "x-akita-format" {
					property = append(property, m)
				}
			}
			p.Value = property
		}
		properties = append(properties, p)
	}
	required := slices.Clone(schema.List("required"))
	if !slices.Contains(required, any(name)) {
		required = append(required, name)
		slices.SortFunc(required, func(a, b any) int {
			x, _ := a.(string)
			y, _ := b.(string)
			return cmp.Compare(x, y)
		})
	}
	hasRequired := false
	for i := range out {
		switch out[i].Key {
		case "properties":
			out[i].Value = properties
		case "required":
			out[i].Value, hasRequired = required, true
		}
	}
	if !hasRequired {
		at := 1 + slices.IndexFunc(out, func(m Member) bool { return m.Key == "properties" })
		out = slices.Insert(out, at, Member{"required", required})
	}
	return out
}

// maxTitles is how many actions a title names.
const maxTitles = 3

// titles names actions for a reader.
func titles(actions []Action) string {
	var names []string
	for _, a := range actions[:min(len(actions), maxTitles)] {
		names = append(names, a.Title)
	}
	text := strings.Join(names, ", ")
	if more := len(actions) - maxTitles; more > 0 {
		text += " and " + strconv.Itoa(more) + " more"
	}
	return text
}

// outline writes the types and names in a shape: bodies with the same outline are alike.
func outline(s *shape.Shape) string {
	var b strings.Builder
	writeOutline(&b, s)
	return b.String()
}

func writeOutline(b *strings.Builder, s *shape.Shape) {
	if s == nil {
		return
	}
	for _, one := range []struct {
		n    uint64
		name byte
	}{{s.Bools, 'b'}, {s.Ints + s.Nums, 'n'}, {s.Strs, 's'}, {s.Opaques, '?'}} {
		if one.n > 0 {
			b.WriteByte(one.name)
		}
	}
	if s.Arrs > 0 {
		b.WriteByte('[')
		writeOutline(b, s.Items)
		b.WriteByte(']')
	}
	if s.Object == nil {
		return
	}
	b.WriteByte('{')
	for _, f := range s.Object.Fields {
		b.WriteString(strconv.Quote(f.Name))
		writeOutline(b, f.Shape)
	}
	if s.Object.Values != nil {
		b.WriteByte('*')
		writeOutline(b, s.Object.Values)
	}
	b.WriteByte('}')
}
