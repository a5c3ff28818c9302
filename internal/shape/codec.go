package shape

import (
	"cmp"

	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/jsonscan"
)

// MarshalJSONTo implements json.MarshalerTo by AppendJSON.
func (s *Shape) MarshalJSONTo(enc *jsontext.Encoder) error {
	return enc.WriteValue(s.AppendJSON(enc.AvailableBuffer()))
}

// UnmarshalJSONFrom implements json.UnmarshalerFrom by Read.
func (s *Shape) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	in := jsonscan.New(string(raw))
	read := Read(&in, nil)
	*s = *cmp.Or(read, new(Shape))
	return in.Err()
}
