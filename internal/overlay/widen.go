package overlay

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"akita/internal/compare"
)

// addType notes that a schema has to accept a further type. A slot gets all of them at once.
func (p *patch) addType(f compare.Finding) bool {
	c := f.Change
	if c.Schema == nil || c.Schema.Slot == "" {
		return false
	}
	w := p.types[c.Schema.Slot]
	if w == nil {
		w = &widening{schema: c.Schema, shown: make(map[string]object), about: p.about}
		p.types[c.Schema.Slot] = w
		p.order = append(p.order, c.Schema.Slot)
	}
	if !slices.Contains(w.types, c.Value) {
		w.types = append(w.types, c.Value)
	}
	if c.Value == "object" || c.Value == "array" {
		w.shown[c.Value] = joined(w.shown[c.Value], variant(below(p.body(f), c.Key), c.Value))
	}
	return true
}

// body returns the schema of the body that a finding is about, as calls show it.
func (p *patch) body(f compare.Finding) object {
	of := p.inferred(f.Change.Endpoints, f.Path)
	body := of.Object("requestBody")
	if f.Status != 0 {
		body = of.Object("responses").Object(strconv.Itoa(f.Status))
	}
	return body.Object("content").Object(f.Change.Key.MediaType).Object("schema")
}

// variant returns what a schema says of values of a type. Of one that does not, it accepts all.
func variant(schema object, of string) object {
	var out object
	if plain, _ := withoutNull(schema); plain.Get("type") == of {
		out = plain
	}
	for _, keyword := range []string{"oneOf", "anyOf"} {
		for _, value := range schema.List(keyword) {
			v, _ := value.(object)
			if plain, _ := withoutNull(v); plain.Get("type") == of {
				out = joined(out, plain)
			}
		}
	}
	if out == nil {
		return one("type", of)
	}
	return out
}

// widen makes a schema accept further types.
func (p *patch) widen(w *widening) {
	p.about = w.about
	isOld := strings.HasPrefix(p.document.Version, "3.0")
	own := w.schema.OwnTypes()
	isNull := len(w.types) == 1 && w.types[0] == "null"
	switch {
	case own != nil && isOld && isNull:
		p.update(w.schema.Slot, one("nullable", true))
	case own != nil && !isOld && len(w.shown) == 0:
		p.remove([]string{w.schema.Slot}, name("type"))
		types := make([]any, 0, len(own)+len(w.types))
		for _, t := range slices.Concat(own, w.types) {
			types = append(types, t)
		}
		p.update(w.schema.Slot, one("type", types))
	default:
		p.wrap(w, isOld)
		return
	}
	if members := w.schema.EnumAt(); slices.Contains(w.types, "null") && slices.Contains(members, w.schema.Slot) {
		p.update(w.schema.Slot, one("enum", []any{nil}))
	}
}

// wrap puts what a slot holds beside the further types.
func (p *patch) wrap(w *widening, isOld bool) {
	text, err := w.schema.Written()
	if err != nil {
		return // what was read can be written
	}
	var written map[string]any
	if json.Unmarshal(text, &written) != nil {
		return
	}
	keys := make([]string, 0, len(written))
	for key := range written {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		p.remove([]string{w.schema.Slot}, name(key))
	}
	variants := []any{ordered(written)}
	var out object
	for _, t := range w.types {
		if t == "null" && isOld {
			out.Set("nullable", true)
			continue
		}
		if shown := w.shown[t]; shown != nil {
			variants = append(variants, shown)
			continue
		}
		variants = append(variants, one("type", t))
	}
	if len(variants) == 1 {
		out.Set("allOf", variants)
	} else {
		out.Set("anyOf", variants)
	}
	p.update(w.schema.Slot, out)
}

// ordered returns a JSON value with its objects in order.
func ordered(value any) any {
	switch v := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		var out object
		for _, key := range keys {
			out.Set(key, ordered(v[key]))
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = ordered(v[i])
		}
		return out
	}
	return value
}
