package jsonschema

import (
	"maps"
	"strconv"
	"strings"

	"akita/internal/names"
)

// Components are the named schemas of a document: records that contain themselves, kinds of
// polymorphic objects, and records that are exactly the same in several places. The schemas of the
// document are written twice: first to count their records, for which they need no evidence, then
// with references to components. So no more than a part of a document is in memory at a time.
type Components struct {
	schemas  map[string]Object
	reserved []string       // the names of the records that contain themselves, in order
	counts   map[digest]int // how often a record stands in the document
	replayed int            // how many of reserved were used again; -1 during the first pass
}

// NewComponents returns an empty set of components for the first pass.
func NewComponents() *Components {
	return &Components{schemas: make(map[string]Object), counts: make(map[digest]int), replayed: -1}
}

// Count counts the records of a part of the document, in the first pass.
func (c *Components) Count(part Object) {
	d := digests{found: func(sum digest) { c.counts[sum]++ }}
	d.append(nil, part)
}

// Shared returns the components for the second pass, which writes the same schemas in the same
// order. There may be several such passes.
func (c *Components) Shared() *Shared {
	again := &Components{schemas: maps.Clone(c.schemas), reserved: c.reserved, counts: c.counts}
	return &Shared{Components: again, names: make(map[digest]string), own: make(map[string]bool)}
}

// recursive returns the name of a component for a record that contains itself; write returns its
// schema, given its name.
func (c *Components) recursive(name string, write func(component string) Object) {
	if c.replayed >= 0 {
		component := c.reserved[c.replayed]
		c.replayed++
		c.schemas[component] = write(component)
		return
	}
	component := c.reserve(name)
	c.reserved = append(c.reserved, component)
	c.schemas[component] = write(component)
	c.Count(c.schemas[component])
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
		// A second component with the name Order nearly always describes its items.
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

// componentName removes the characters that OpenAPI does not allow in the name of a component.
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

// isRecord reports whether a schema is of a record with enough properties to become a component.
func isRecord(o Object) bool {
	return len(o.Object("properties")) >= minShared && o.Get("type") == "object"
}
