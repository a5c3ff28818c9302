package apimodel

import (
	"encoding/json"
	"strconv"
	"strings"

	"akita/internal/names"
)

// components are the named schemas of a document: records that stand in themselves, kinds of
// polymorphic objects, and records that are exactly the same in several places.
type components struct {
	schemas map[string]object
	keys    map[string]string // canonical text → name
}

func newComponents() *components {
	return &components{schemas: make(map[string]object), keys: make(map[string]string)}
}

// reserve returns a name that no component has yet.
func (c *components) reserve(name string) string {
	if name = componentName(name); name == "" {
		name = "Object"
	}
	unique := name
	for n := 1; ; n++ {
		if _, taken := c.schemas[unique]; !taken {
			c.schemas[unique] = nil
			return unique
		}
		// An Order's items are nearly always what clashes with it.
		unique = name + "Item"
		if n > 1 {
			unique = name + strconv.Itoa(n)
		}
	}
}

// componentName keeps of a name what OpenAPI allows in one.
func componentName(name string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '-' || r == '.' {
			return r
		}
		return -1
	}, name)
}

func refTo(name string) object { return object{{"$ref", "#/components/schemas/" + name}} }

// minShared is how many properties a record has that is worth a name.
const minShared = 3

// share replaces records that are exactly the same in several places by references.
func (c *components) share(paths object) object {
	counts := make(map[string]int)
	count := func(key string) { counts[key]++ }
	for _, path := range paths {
		eachRecord(path.value, count)
	}
	for _, name := range sortedKeys(c.schemas) {
		eachRecord(c.schemas[name], count)
	}
	r := &replacer{components: c, counts: counts}
	var out object
	for _, path := range paths {
		out.set(path.key, r.walk(path.value, names.Capitalize(names.Singular(names.Camel(lastWord(path.key))))))
	}
	for _, name := range sortedKeys(c.schemas) {
		if _, shared := r.own[name]; !shared {
			c.schemas[name] = r.inside(c.schemas[name], name)
		}
	}
	return out
}

// eachRecord calls f with the canonical text of every record at and below v.
func eachRecord(v any, f func(key string)) {
	switch v := v.(type) {
	case object:
		for _, m := range v {
			eachRecord(m.value, f)
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

// isRecord tells schemas of records with enough properties to be worth a name.
func isRecord(o object) bool {
	properties, ok := o.get("properties").(object)
	return ok && len(properties) >= minShared && o.get("type") == "object"
}

// canonical is the text of a schema without what counts observations.
func canonical(o object) string {
	text, err := json.Marshal(bare(o))
	if err != nil { // it holds only what JSON has
		return ""
	}
	return string(text)
}

// bare is a value without x-akita-* members.
func bare(v any) any {
	switch v := v.(type) {
	case object:
		out := object{}
		for _, m := range v {
			if !strings.HasPrefix(m.key, "x-akita-") {
				out.set(m.key, bare(m.value))
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

// replacer puts references in the place of records.
type replacer struct {
	*components
	counts map[string]int
	own    map[string]bool // components that it made
}

// walk returns v with references; name is what a record there would be called.
func (r *replacer) walk(v any, name string) any {
	switch v := v.(type) {
	case object:
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

// inside returns an object whose members have references.
func (r *replacer) inside(v object, name string) object {
	out := make(object, 0, len(v))
	for _, m := range v {
		switch properties, ok := m.value.(object); {
		case m.key == "properties" && ok:
			inner := make(object, 0, len(properties))
			for _, p := range properties {
				inner.set(p.key, r.walk(p.value, recordName(p.key, name)))
			}
			out.set(m.key, inner)
		case m.key == "oneOf":
			refs, discriminator := r.oneOf(m.value, name)
			out.set(m.key, refs)
			if discriminator != nil {
				out.set("discriminator", discriminator)
			}
		case strings.HasPrefix(m.key, "x-akita-"):
			out = append(out, m)
		case len(m.key) == 3 && (m.key[0] == '4' || m.key[0] == '5') && ok:
			out.set(m.key, r.walk(m.value, "Error"))
		default:
			out.set(m.key, r.walk(m.value, name))
		}
	}
	return out
}

// ref puts a record among the components, or its evidence to that of the same record there,
// and refers to it. How often it stands in this place is said beside the reference.
func (r *replacer) ref(v object, key, name string) object {
	known, there := r.keys[key]
	if !there {
		known = r.reserve(name)
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

// recordName names the record under a property: by the property, unless that only says
// that something is in there.
func recordName(property, above string) string {
	switch strings.ToLower(property) {
	case "", "results", "result", "data", "items", "item", "payload", "attributes", "object", "objects", "content", "value", "values", "records", "rows", "entries", "list", "response", "body", "_embedded", "edges", "node", "nodes":
		return above
	}
	return names.Capitalize(names.Singular(names.Camel(property)))
}

// lastWord is the last segment of a path template that is no parameter.
func lastWord(path string) string {
	word := ""
	for segment := range strings.SplitSeq(path, "/") {
		if segment != "" && !strings.ContainsAny(segment, "{}") {
			word = segment
		}
	}
	return word
}
