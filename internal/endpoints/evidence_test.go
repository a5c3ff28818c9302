package endpoints

import (
	"testing"

	"akita/internal/format"
	"akita/internal/shape"
	"akita/internal/witness"
)

func TestEvidenceOfParameters(t *testing.T) {
	t.Parallel()
	ints := func(ints, strs uint64) *shape.Shape { return &shape.Shape{Ints: ints, Strs: strs} }
	uuids := &shape.Shape{Strs: 3, Formats: shape.Formats{{Format: format.UUID, Count: 2}}}
	for name, c := range map[string]struct {
		parameter Parameter
		want      string
	}{
		"in all calls":  {Parameter{Seen: 3, Of: 3}, `{"x-akita-seen":3}`},
		"in some calls": {Parameter{Seen: 2, Of: 3}, `{"x-akita-seen":2,"x-akita-absent":1}`},
		"repeated": {
			Parameter{Seen: 3, Of: 3, repeated: 1}, `{"x-akita-seen":3,"x-akita-repeated":1}`,
		},
		"because of ids": {
			Parameter{Seen: 4, Of: 4, argument: &argument{shape: ints(3, 1), words: 1}},
			`{"x-akita-seen":4,"x-akita-parameter":{"because":"ids","for":3,"against":1}}`,
		},
		"because words answer alike": {
			Parameter{Seen: 4, Of: 4, argument: &argument{shape: ints(1, 3), words: 3, distinct: 2}},
			`{"x-akita-seen":4,"x-akita-parameter":{"because":"siblings","for":4,"against":0,"distinct_words":2}}`,
		},
		"because words are codes": {
			Parameter{Seen: 2, Of: 2, argument: &argument{shape: ints(0, 2), words: 2, codes: "currency"}},
			`{"x-akita-seen":2,"x-akita-parameter":{"because":"codes","for":2,"against":0}}`,
		},
		"because of a route": {
			Parameter{Seen: 2, Of: 2, argument: &argument{shape: ints(1, 1), route: 2, words: 2}},
			`{"x-akita-seen":2,"x-akita-parameter":{"because":"route","for":2,"against":0}}`,
		},
		"because of a route, against its converter": {
			Parameter{Seen: 3, Of: 3, argument: &argument{shape: uuids, route: 3, converter: witness.ConverterUUID}},
			`{"x-akita-seen":3,"x-akita-parameter":{"because":"route","converter":"uuid","for":2,"against":1}}`,
		},
	} {
		got, err := c.parameter.Evidence().MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}
