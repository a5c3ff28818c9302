package shape

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// MarshalJSONTo writes fields as an object, name by name.
func (f Fields) MarshalJSONTo(enc *jsontext.Encoder) error {
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for _, field := range f {
		if err := enc.WriteToken(jsontext.String(field.Name)); err != nil {
			return err
		}
		if err := json.MarshalEncode(enc, field.Shape); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndObject)
}

// UnmarshalJSONFrom reads what MarshalJSONTo writes; it takes fields in any order,
// and no name twice.
func (f *Fields) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*f = nil
	if tok, err := dec.ReadToken(); err != nil {
		return err
	} else if tok.Kind() != '{' {
		return errors.New("fields must be an object")
	}
	if dec.StackDepth() > 6*MaxDepth {
		return errors.New("shapes are nested too deeply")
	}
	for dec.PeekKind() != '}' {
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		field := Field{Name: strings.Clone(name.String()), Shape: new(Shape)}
		if err := json.UnmarshalDecode(dec, field.Shape); err != nil {
			return err
		}
		if len(*f) >= MaxFields {
			return fmt.Errorf("an object has more than %d fields", MaxFields)
		}
		*f = append(*f, field)
	}
	slices.SortFunc(*f, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	_, err := dec.ReadToken()
	return err
}
