package endpoints_test

import (
	"fmt"
	"slices"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/shape"
	"akita/internal/witness"
)

// withheldCall is a call of /topics/WORD with a word that was withheld.
func withheldCall(status int, echo string, fields ...string) witness.Witness {
	o := new(shape.Object)
	for _, name := range fields {
		o.Fields = append(o.Fields, shape.Field{Name: name, Shape: &shape.Shape{Strs: 1}})
	}
	return witness.Witness{
		Method: "GET", Host: "a.test", Status: status,
		Path:     []witness.Segment{{Literal: "topics"}, {Kind: &shape.Shape{Opaques: 1}, Echo: echo}},
		Response: &witness.Body{MediaType: "application/json", Shape: &shape.Shape{Objs: 1, Object: o}},
	}
}

// Each row is what was called below /topics with words that were withheld.
func TestWithheldWords(t *testing.T) {
	t.Parallel()
	topic := withheldCall(200, "", "id", "title")
	known := withheldCall(200, "", "id", "title")
	known.Path = []witness.Segment{{Literal: "topics"}, {Kind: &shape.Shape{Ints: 1}}}
	refused := withheldCall(403, "", "error")
	refused.Path = []witness.Segment{{Literal: "topics"}, {Literal: "audit"}}
	var others []witness.Witness
	for i := range 8 {
		others = append(others, withheldCall(200, "", fmt.Sprint("a", i/2), fmt.Sprint("b", i/2)))
	}
	for name, test := range map[string]struct {
		calls               []witness.Witness
		want                []string
		withheld, unmatched uint64
	}{
		"two calls may be of a name":        {calls: slices.Repeat([]witness.Witness{topic}, 2), withheld: 2},
		"many that answer alike are values": {calls: slices.Repeat([]witness.Witness{topic}, 8), want: []string{"GET /topics/{topic}"}},
		"many that answer as names do":      {calls: others, withheld: 8},
		"a value that the answer repeats": {
			calls: []witness.Witness{withheldCall(200, "id", "id", "title")}, want: []string{"GET /topics/{topic}"},
		},
		"beside an id it is one of its values": {calls: []witness.Witness{topic, known, known}, want: []string{"GET /topics/{topicId}"}},
		"not found":                            {calls: []witness.Witness{withheldCall(404, "", "error")}, unmatched: 1},
		"a word beside it that was refused": {
			calls: []witness.Witness{topic, refused}, want: []string{"GET /topics/audit"}, withheld: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := apimodel.New()
			for i := range test.calls {
				m.Add(&test.calls[i])
			}
			set := endpoints.Infer(m)
			var got []string
			for _, e := range set.Overview(endpoints.Filter{}).Endpoints {
				got = append(got, e.Method+" "+e.Path)
			}
			if !slices.Equal(got, test.want) || set.Withheld() != test.withheld || set.Unmatched() != test.unmatched {
				t.Errorf("got %q, %d withheld, %d unmatched, want %q, %d, %d",
					got, set.Withheld(), set.Unmatched(), test.want, test.withheld, test.unmatched)
			}
		})
	}
}
