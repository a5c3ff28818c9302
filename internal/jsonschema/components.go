package jsonschema

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"akita/internal/names"
)

// Components are the named schemas of a document: records that contain themselves, kinds of
// polymorphic objects, and records that are exactly the same in several places.
type Components struct {
	schemas map[string]Object
	keys    map[string]string // component by the canonical text of its schema
}

// NewComponents returns an empty set of components.
func NewComponents() *Components {
	return &Components{schemas: make(map[string]Object), keys: make(map[string]string)}
}

// reserve returns an unused name for a component, made of name.
func (c *Components) reserve(name string) string {
	if name = componentName(name); name == "" {
		name = "Object"
	}
	unique := name
	for n := 1; ; n++ {
		if _, taken := c.schemas[unique]; !taken {
			c.schemas[unique] = nil
			return unique
		}
		// What has the same name as an Order is nearly always its items.
		unique = name + "Item"
		if n > 1 {
			unique = name + strconv.Itoa(n)
		}
	}
}

// reserveFor returns an unused name for the component of a record. A record of an action is named
// after the first of its titles; the second one of that name is nearly always the response.
func (c *Components) reserveFor(record Object, name string) string {
	title, _, _ := strings.Cut(record.Text("title"), ",")
	if title == "" {
		return c.reserve(name)
	}
	name = names.Pascal(title) + name
	if _, taken := c.schemas[componentName(name)]; taken {
		name += "Response"
	}
	return c.reserve(name)
}

// componentName removes what OpenAPI does not allow in the name of a component.
func componentName(name string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '-' || r == '.' {
			return r
		}
		return -1
	}, name)
}

func refTo(name string) Object { return Object{{"$ref", "#/components/schemas/" + name}} }

// minShared is how many properties a record must have to become a component.
const minShared = 3

// Schemas returns all components by name, sorted.
func (c *Components) Schemas() Object {
	var all Object
	for _, name := range slices.Sorted(maps.Keys(c.schemas)) {
		all.Set(name, c.schemas[name])
	}
	return all
}

// Share replaces records that are exactly the same in several places by references. The keys of
// paths are path templates, which name the records below them.
func (c *Components) Share(paths Object) Object {
	counts := make(map[string]int)
	count := func(key string) { counts[key]++ }
	for _, path := range paths {
		eachRecord(path.Value, count)
	}
	for _, name := range slices.Sorted(maps.Keys(c.schemas)) {
		eachRecord(c.schemas[name], count)
	}
	r := &replacer{Components: c, counts: counts}
	var out Object
	for _, path := range paths {
		out.Set(path.Key, r.walk(path.Value, names.Resource(path.Key)))
	}
	for _, name := range slices.Sorted(maps.Keys(c.schemas)) {
		if _, shared := r.own[name]; !shared {
			c.schemas[name] = r.inside(c.schemas[name], name)
		}
	}
	return out
}

// eachRecord calls f with the canonical text of every record at and below v.
func eachRecord(v any, f func(key string)) {
	switch v := v.(type) {
	case Object:
		for _, m := range v {
			eachRecord(m.Value, f)
		}
		if isRecord(v) {
			f(canonical(v))
		}
	case []any:
		for _, one := range v {
			eachRecord(one, f)
		}
	}
}

// isRecord reports whether a schema is of a record with enough properties to become a component.
func isRecord(o Object) bool {
	return len(o.Object("properties")) >= minShared && o.Get("type") == "object"
}

// canonical returns the text of a schema without its evidence.
func canonical(o Object) string {
	text, err := json.Marshal(bare(o))
	if err != nil { // it holds only what JSON has
		return ""
	}
	return string(text)
}

// bare returns a value without x-akita-* members.
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

// replacer replaces records by references.
type replacer struct {
	*Components
	counts map[string]int
	own    map[string]bool // components that the replacer made
}

// walk returns v with references; name is the name for a record there.
func (r *replacer) walk(v any, name string) any {
	switch v := v.(type) {
	case Object:
		if isRecord(v) {
			if key := canonical(v); r.counts[key] > 1 {
				return r.ref(v, key, name)
			}
		}
		return r.inside(v, name)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = r.walk(v[i], name)
		}
		return out
	}
	return v
}

// inside returns an object with references in its members.
func (r *replacer) inside(v Object, name string) Object {
	out := make(Object, 0, len(v))
	for _, m := range v {
		switch properties, ok := m.Value.(Object); {
		case m.Key == "properties" && ok:
			inner := make(Object, 0, len(properties))
			for _, p := range properties {
				inner.Set(p.Key, r.walk(p.Value, recordName(p.Key, name)))
			}
			out.Set(m.Key, inner)
		case m.Key == "oneOf":
			refs, discriminator := r.oneOf(m.Value, name)
			out.Set(m.Key, refs)
			if discriminator != nil {
				out.Set("discriminator", discriminator)
			}
		case strings.HasPrefix(m.Key, "x-akita-"):
			out = append(out, m)
		case len(m.Key) == 3 && (m.Key[0] == '4' || m.Key[0] == '5') && ok:
			out.Set(m.Key, r.walk(m.Value, "Error"))
		default:
			out.Set(m.Key, r.walk(m.Value, name))
		}
	}
	return out
}

// ref returns a reference to the component for a record, which it creates or, if the same record is
// one already, adds its evidence to. How often the record was seen here stays beside the reference.
func (r *replacer) ref(v Object, key, name string) Object {
	known, there := r.keys[key]
	if !there {
		known = r.reserveFor(v, name)
		r.keys[key] = known
		if r.own == nil {
			r.own = make(map[string]bool)
		}
		r.own[known] = true
	}
	place, record := splitPresence(v)
	record = r.inside(record, known)
	if there {
		record = summed(r.schemas[known], record)
	}
	r.schemas[known] = record
	return append(refTo(known), place...)
}

// recordName names the record of a property: by the property or, if that says only that something is
// in it, by what is above.
func recordName(property, above string) string {
	if property == "" || names.IsWrapper(property) {
		return above
	}
	return names.Capitalize(names.Singular(names.Camel(property)))
}
