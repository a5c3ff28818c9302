package delta

import (
	"slices"
	"testing"

	"akita/internal/witness"
)

func TestPlacesReadBack(t *testing.T) {
	t.Parallel()
	calls := []witness.Witness{
		{Method: "GET", Template: "/a"},
		{Method: "GET", Path: []witness.Segment{{Literal: "b"}}, Status: 200},
		{Method: "OPTIONS", NoRoute: true},
	}
	var places Places
	for i := range calls {
		places.Append(&calls[i])
	}
	for i := range calls {
		if key, err := places.next(); err != nil || key != placeOf(&calls[i]) {
			t.Errorf("place %d is %+v, %v; want %+v", i, key, err, placeOf(&calls[i]))
		}
	}
	if _, err := places.next(); err == nil {
		t.Error("there is a place after the last one")
	}
}

func TestPlacesAreCut(t *testing.T) {
	t.Parallel()
	calls := []witness.Witness{{Method: "GET", Template: "/a"}, {Method: "POST", Template: "/b"}}
	var one, both Places
	one.Append(&calls[0])
	for i := range calls {
		both.Append(&calls[i])
	}
	first, rest := both.Cut()
	if !slices.Equal(first, one) || !slices.Equal(append(first[:len(first):len(first)], rest...), both) {
		t.Errorf("%v is cut into %v and %v", both, first, rest)
	}
}
