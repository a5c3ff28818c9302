package apimodel

import (
	"strings"

	"akita/internal/witness"
)

// maxParts bounds what is known of the fields of a form beside their values.
const maxParts = 4 * maxParams

// A key of Body.Parts is the name of a field, a newline, and one of these: that its values were
// JSON, that its name had an index, or that its values stated a media type, which follows.
const (
	partJSON    = "json"
	partIndexed = "indexed"
	partType    = "type "
)

// Field describes a field of a form, except for its values.
type Field struct {
	Files   uint64   // bodies in which it was a file
	JSON    uint64   // bodies in which its values were JSON texts
	Indexed uint64   // bodies that had an index in its name
	Types   []string // the media types that its values stated, sorted
}

// addForm counts what a witness says of the fields of a form.
func (b *Body) addForm(seen *witness.Body) {
	for _, name := range seen.Files {
		b.Files = merged(b.Files, map[string]uint64{name: 1}, maxParams)
	}
	for _, p := range seen.Parts {
		facts := make(map[string]uint64)
		if p.JSON {
			facts[p.Name+"\n"+partJSON] = 1
		}
		if p.Indexed {
			facts[p.Name+"\n"+partIndexed] = 1
		}
		for _, mediaType := range p.Types {
			facts[p.Name+"\n"+partType+mediaType] = 1
		}
		b.Parts = merged(b.Parts, facts, maxParts)
	}
}

// Form describes the fields of a form by name, except for their values. It leaves out fields that were
// plain text only.
func (b *Body) Form() map[string]Field {
	form := make(map[string]Field)
	for name, n := range b.Files {
		form[name] = Field{Files: n}
	}
	for _, key := range sortedKeys(b.Parts) {
		name, fact, _ := strings.Cut(key, "\n")
		field, n := form[name], b.Parts[key]
		switch mediaType, isType := strings.CutPrefix(fact, partType); {
		case isType:
			field.Types = append(field.Types, mediaType)
		case fact == partJSON:
			field.JSON = n
		case fact == partIndexed:
			field.Indexed = n
		}
		form[name] = field
	}
	return form
}
