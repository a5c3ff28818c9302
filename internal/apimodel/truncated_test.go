package apimodel_test

import (
	"testing"

	"akita/internal/apimodel"
	"akita/internal/witness"
)

func TestTruncated(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		call func(i int) witness.Witness
		want apimodel.Truncated
	}{
		"within the limits": {func(i int) witness.Witness {
			return witness.Witness{Method: "GET", Host: "a.test", Status: 200, Path: []witness.Segment{{Literal: word(i % 2)}}}
		}, apimodel.Truncated{}},
		"words": {func(i int) witness.Witness {
			return witness.Witness{Method: "GET", Host: "a.test", Status: 200, Path: []witness.Segment{{Literal: word(i)}}}
		}, apimodel.Truncated{Paths: 10}},
		"hosts": {func(i int) witness.Witness {
			return witness.Witness{Method: "GET", Host: word(i), Status: 200, Path: []witness.Segment{{Literal: "a"}}}
		}, apimodel.Truncated{Hosts: 10}},
		"routes": {func(i int) witness.Witness {
			return witness.Witness{Method: "GET", Host: "a.test", Status: 200, Template: "/" + word(i)}
		}, apimodel.Truncated{Routes: 8}},
		"hosts of routes": {func(i int) witness.Witness {
			return witness.Witness{Method: "GET", Host: word(i), Status: 200, Template: "/a"}
		}, apimodel.Truncated{Hosts: 10}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := apimodel.NewSmall()
			for i := range 10 {
				w := test.call(i)
				m.Add(&w)
			}
			if got := m.Truncated(); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}
