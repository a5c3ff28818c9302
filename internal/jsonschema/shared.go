package jsonschema

import (
	"maps"
	"slices"

	"akita/internal/names"
)

// Shared are the components of one pass over a document in which records that are exactly the same
// in several places become references.
type Shared struct {
	*Components

	names   map[digest]string // the components that this pass made
	own     map[string]bool   // their names
	digests *digests          // of the part that is being written
}

// Part returns a part of the document with references. Its path template names the records in it.
func (s *Shared) Part(path string, part Object) any {
	s.digests = digestsOf(part)
	return s.walk(part, names.Resource(path))
}

// Schemas returns all components by name, sorted, after all parts.
func (s *Shared) Schemas() Object {
	for _, name := range slices.Sorted(maps.Keys(s.schemas)) {
		if !s.own[name] {
			s.digests = digestsOf(s.schemas[name])
			s.schemas[name] = s.inside(s.schemas[name], name)
		}
	}
	var all Object
	for _, name := range slices.Sorted(maps.Keys(s.schemas)) {
		all.Set(name, s.schemas[name])
	}
	return all
}

// of returns the digest of a record of the part that is being written.
func (s *Shared) of(record Object) digest {
	if len(record) == 0 {
		return digest{}
	}
	if known, ok := s.digests.of[&record[0]]; ok {
		return known
	}
	return s.digests.object(record)
}

// walk returns v with references; name is the name for a record there.
func (s *Shared) walk(v any, name string) any {
	switch v := v.(type) {
	case Object:
		if isRecord(v) {
			if key := s.of(v); s.counts[key] > 1 {
				return s.ref(v, key, name)
			}
		}
		return s.inside(v, name)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = s.walk(v[i], name)
		}
		return out
	}
	return v
}

// inside returns an object with references in its members.
func (s *Shared) inside(v Object, name string) Object {
	out := make(Object, 0, len(v))
	for _, m := range v {
		switch properties, ok := m.Value.(Object); {
		case m.Key == "properties" && ok:
			inner := make(Object, 0, len(properties))
			for _, p := range properties {
				inner.Set(p.Key, s.walk(p.Value, recordName(p.Key, name)))
			}
			out.Set(m.Key, inner)
		case m.Key == "oneOf":
			refs, discriminator := s.oneOf(m.Value, name)
			out.Set(m.Key, refs)
			if discriminator != nil {
				out.Set("discriminator", discriminator)
			}
		case isEvidence(m.Key):
			out = append(out, m)
		case len(m.Key) == 3 && (m.Key[0] == '4' || m.Key[0] == '5') && ok:
			out.Set(m.Key, s.walk(m.Value, "Error"))
		default:
			out.Set(m.Key, s.walk(m.Value, name))
		}
	}
	return out
}

// ref returns a reference to the component for a record, which it creates or, if the same record is
// one already, adds its evidence to. How often the record was seen here stays beside the reference.
func (s *Shared) ref(v Object, key digest, name string) Object {
	known, there := s.names[key]
	if !there {
		known = s.reserveFor(v, name)
		s.names[key], s.own[known] = known, true
	}
	place, record := splitPresence(v)
	record = s.inside(record, known)
	if there {
		record = summed(s.schemas[known], record)
	}
	s.schemas[known] = record
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
