package apimodel

import (
	"reflect"
	"testing"

	"akita/internal/shape"
	"akita/internal/witness"
)

func TestAddBody(t *testing.T) {
	t.Parallel()
	object := func() *shape.Shape { return &shape.Shape{Objs: 1} }
	for name, c := range map[string]struct {
		seen []*witness.Body
		none uint64
		want Body // of JSON
	}{
		"no body": {[]*witness.Body{nil, nil}, 2, Body{}},
		"two bodies": {
			[]*witness.Body{
				{MediaType: "application/json", Size: shape.Bucket(5), Shape: object()},
				{MediaType: "application/json", Size: shape.Bucket(300), Shape: object()},
			}, 0,
			Body{Count: 2, Sizes: Sizes{3: 1, 9: 1}, Shape: &shape.Shape{Objs: 2}},
		},
		"a cut body proves nothing by its shape": {
			[]*witness.Body{{MediaType: "application/json", Shape: object(), Cut: true}, nil}, 1,
			Body{Count: 1, Cut: 1},
		},
		"an opaque body": {
			[]*witness.Body{{MediaType: "application/json", Size: shape.Bucket(0)}}, 0,
			Body{Count: 1, Sizes: Sizes{0: 1}},
		},
		"files of forms": {
			[]*witness.Body{
				{MediaType: "application/json", Shape: object(), Files: []string{"a", "b"}},
				{MediaType: "application/json", Shape: object(), Files: []string{"a"}},
			}, 0,
			Body{Count: 2, Shape: &shape.Shape{Objs: 2}, Files: map[string]uint64{"a": 2, "b": 1}},
		},
		"files of a cut form": {
			[]*witness.Body{{MediaType: "application/json", Files: []string{"a"}, Cut: true}}, 0,
			Body{Count: 1, Cut: 1},
		},
	} {
		var bodies map[string]*Body
		var none uint64
		for _, b := range c.seen {
			addBody(&bodies, &none, b)
		}
		got := bodies["application/json"]
		if got == nil {
			got = newBody()
		}
		if none != c.none || !reflect.DeepEqual(*got, c.want) {
			t.Errorf("%s: %d without a body and %+v, want %d and %+v", name, none, *got, c.none, c.want)
		}
	}
}

// Bodies of too many media types lose their shapes, but not their number and sizes, and a media type
// that comes later is counted with them.
func TestBodiesOfTooManyMediaTypes(t *testing.T) {
	t.Parallel()
	var bodies map[string]*Body
	var none uint64
	for i := range maxMediaTypes + 2 {
		addBody(&bodies, &none, &witness.Body{
			MediaType: "text/" + string(rune('A'+i)), Size: shape.Bucket(1), Shape: &shape.Shape{Strs: 1},
		})
	}
	want := Body{Count: maxMediaTypes + 2, Sizes: Sizes{1: maxMediaTypes + 2}}
	if len(bodies) != 1 || !reflect.DeepEqual(*bodies[Many], want) {
		t.Errorf("%d media types are kept, with %+v, want %+v", len(bodies), bodies[Many], want)
	}
}

func TestMergeBodiesSharesNothing(t *testing.T) {
	t.Parallel()
	seen := map[string]*Body{"a/b": {Count: 1, Shape: &shape.Shape{Objs: 1}, Files: map[string]uint64{"f": 1}}}
	var into map[string]*Body
	mergeBodies(&into, seen)
	mergeBodies(&into, seen)
	want := Body{Count: 2, Shape: &shape.Shape{Objs: 2}, Files: map[string]uint64{"f": 2}}
	if !reflect.DeepEqual(*into["a/b"], want) {
		t.Errorf("merged twice: %+v, want %+v", *into["a/b"], want)
	}
	if own := seen["a/b"]; own.Count != 1 || own.Shape.Objs != 1 || own.Files["f"] != 1 {
		t.Errorf("merging changed what was merged: %+v", *own)
	}
}
