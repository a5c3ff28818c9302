// Package facts dates what a model shows: each fact of an operation (a status, a parameter, a field, its
// type, …) with its first and last hour, and how many calls had it in each hour. Changes are what
// appeared, what changed and what is not seen any more, as far as chance does not explain it
// (docs/adr/0028-dated-facts.md). This package does no I/O and does not read the clock.
package facts

import (
	"cmp"
	"strings"
)

// Kind is what a fact says.
type Kind string

// The kinds of facts.
const (
	Operation Kind = "operation" // it was called
	Status    Kind = "status"    // Value was the status of an answer
	MediaType Kind = "media_type"
	Parameter Kind = "parameter" // In is its place, Path its name
	Field     Kind = "field"     // of the objects in bodies, at Path
	Type      Kind = "type"      // Value is the JSON type of a field, a parameter or a body
	Format    Kind = "format"    // Value is the format of its strings
	Auth      Kind = "auth"      // Value is the type of the credentials, "none" without any
	Streaming Kind = "streaming" // the answers of a status were streams

	// These are facts of a single operation (OfOperation), and are not dated.
	Header   Kind = "header"    // a response header: In is the status, Path its name
	Member   Kind = "enum"      // Value is a string that may be a member of an enum
	Unlisted Kind = "unlisted"  // strings of which at least one may be no member, so that none is listed
	Empty    Kind = "empty"     // strings that are empty
	Fields   Kind = "fields"    // Value is a combination of fields that objects had, joined by newlines
	Wide     Kind = "wide"      // objects with so many fields that these are not kept apart
	Entries  Kind = "entries"   // values of objects under keys that are data, at Path
	File     Kind = "form_file" // forms with a file in the field at Path
	NoBody   Kind = "no_body"   // requests, or answers of a status, without a body

	// These are counted for the sake of the others.
	Accepted Kind = "accepted" // calls that were not refused: only these tell how to call the operation
	Items    Kind = "items"    // the elements of arrays at Path
	Absent   Kind = "absent"   // objects without a field, or calls without a parameter
	Hours    Kind = "hours"    // hours in which the operation was called
)

// Request is the place of request bodies. That of response bodies is their status.
const Request = "request"

// Key names a fact of an operation.
type Key struct {
	Kind Kind
	// In is the place: Request, a status, or query, header or cookie.
	In string
	// MediaType is that of the body.
	MediaType string
	// Path of a field is its names, joined by ".", with "[]" for the elements of an array. It is empty
	// for a body as a whole.
	Path  string
	Value string
}

// With returns a fact about the same place.
func (k Key) With(kind Kind, value string) Key {
	k.Kind, k.Value = kind, value
	return k
}

// Parent returns the fact without which k cannot be: of its calls (or values), some have k. The parent
// of an operation is all traffic, and has the zero key.
func (k Key) Parent() Key {
	switch k.Kind {
	case Operation, Hours:
		return Key{}
	case Status, Accepted:
		return Key{Kind: Operation}
	case Absent:
		if k.MediaType == "" {
			return k.With(Parameter, "").Parent()
		}
		return k.With(Field, "").Parent()
	case Parameter, Auth:
		return Key{Kind: Accepted}
	case Streaming, Header:
		return Key{Kind: Status, Value: k.In}
	case MediaType, NoBody:
		if k.In == Request {
			return Key{Kind: Accepted}
		}
		return Key{Kind: Status, Value: k.In}
	case Items:
		k.Path = strings.TrimSuffix(k.Path, itemsMark)
		return k.With(Type, "array")
	case Entries:
		k.Path = above(k.Path)
		return k.With(Type, "object")
	case Format, Member, Unlisted, Empty:
		return k.With(Type, "string")
	case Fields, Wide:
		return k.With(Type, "object")
	case File:
		return Key{Kind: MediaType, In: k.In, Value: k.MediaType}
	case Field:
		k.Path = above(k.Path)
		return k.With(Type, "object")
	case Type:
		return k.At()
	}
	return Key{}
}

// The ends of the paths of elements of arrays, and of values under keys that are data.
const (
	itemsMark   = "[]"
	entriesMark = string(fieldMark) + "*"
)

// At returns the fact that there is a value at the place of k.
func (k Key) At() Key {
	switch {
	case k.MediaType == "":
		return k.With(Parameter, "")
	case k.Path == "":
		return Key{Kind: MediaType, In: k.In, Value: k.MediaType}
	case strings.HasSuffix(k.Path, itemsMark):
		return k.With(Items, "")
	case strings.HasSuffix(k.Path, entriesMark):
		return k.With(Entries, "")
	}
	return k.With(Field, "")
}

// above returns the path of the object that has a field.
func above(path string) string {
	at := strings.LastIndexByte(path, fieldMark)
	if at < 0 {
		return ""
	}
	return path[:at]
}

// fieldMark separates the names of a path inside of this package, because names may have dots.
const fieldMark = '\n'

// Last returns the name of the field that k.Path ends at.
func (k Key) Last() string { return k.Path[strings.LastIndexByte(k.Path, fieldMark)+1:] }

// Name returns the path for a reader: "items[].price".
func (k Key) Name() string {
	return strings.TrimPrefix(strings.ReplaceAll(k.Path, string(fieldMark), "."), ".")
}

// IsAuxiliary reports whether a fact is counted for the sake of others only.
func (k Key) IsAuxiliary() bool {
	return k.Kind == Accepted || k.Kind == Items || k.Kind == Absent || k.Kind == Hours
}

// group returns what all alternatives of k have in common: types, formats, media types and credentials
// take the place of one another. ok is false for other kinds.
func (k Key) group() (group Key, ok bool) {
	switch {
	case k.Kind == Type && k.Value == null, k.Kind == Auth && k.Value == "":
		return Key{}, false
	case k.Kind == Type, k.Kind == Format, k.Kind == MediaType, k.Kind == Auth:
		return k.With(k.Kind, ""), true
	}
	return Key{}, false
}

// null is the type of a field that may be null.
const null = "null"

// Compare orders keys: what is nearer to the operation is first.
func (k Key) Compare(o Key) int {
	return cmp.Or(
		cmp.Compare(k.In, o.In), cmp.Compare(k.MediaType, o.MediaType), cmp.Compare(k.Path, o.Path),
		cmp.Compare(k.Kind, o.Kind), cmp.Compare(k.Value, o.Value),
	)
}

// repeats reports whether one call can have k several times, because it is about elements of arrays or values
// of maps.
func (k Key) repeats() bool {
	return strings.Contains(k.Path, itemsMark) || strings.Contains(k.Path, entriesMark)
}

// Below returns the fact that objects at the place of k have a field.
func (k Key) Below(name string) Key {
	k.Kind, k.Value = Field, ""
	if k.Path != "" {
		k.Path += string(fieldMark)
	}
	k.Path += name
	return k
}

// Elements returns the fact that arrays at the place of k have elements.
func (k Key) Elements() Key {
	k.Kind, k.Value, k.Path = Items, "", k.Path+itemsMark
	return k
}
