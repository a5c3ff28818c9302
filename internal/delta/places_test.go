package delta

import (
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
