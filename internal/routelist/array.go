package routelist

import (
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// array is a JSON array of which at most MaxRoutes + 1 elements are read: one more than is allowed shows
// that there are too many, and the memory for millions of small ones is not needed.
type array[T any] []T

var errNoArray = errors.New("must be an array")

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (a *array[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() != jsontext.KindBeginArray {
		return errNoArray
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	*a = array[T]{}
	for d.PeekKind() != jsontext.KindEndArray {
		if len(*a) > MaxRoutes {
			if err := d.SkipValue(); err != nil {
				return err
			}
			continue
		}
		var one T
		if err := json.UnmarshalDecode(d, &one); err != nil {
			return err
		}
		*a = append(*a, one)
	}
	_, err := d.ReadToken()
	return err
}
