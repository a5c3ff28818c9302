package apimodel

import (
	"fmt"
	"reflect"
	"testing"

	"akita/internal/shape"
	"akita/internal/witness"
)

const jsonType = "application/json"

// summed adds bodies of one operation and returns all of them.
func summed(seen ...*witness.Body) (bodies map[string]*Body, none uint64) {
	for _, b := range seen {
		addBody(&bodies, &none, b)
	}
	return bodies, none
}

func TestBodiesThatWereNotReadAreCountedByReason(t *testing.T) {
	t.Parallel()
	bodies, none := summed(
		&witness.Body{MediaType: jsonType, Shape: &shape.Shape{Objs: 1}, Quirks: []witness.Quirk{witness.QuirkNaN}},
		&witness.Body{MediaType: jsonType, Unread: witness.UnreadNotJSON},
		&witness.Body{MediaType: jsonType, Unread: witness.UnreadNotJSON},
		&witness.Body{MediaType: jsonType, Unread: witness.UnreadDamaged},
		&witness.Body{MediaType: jsonType, Cut: true, Unread: witness.UnreadDamaged, Quirks: []witness.Quirk{witness.QuirkNaN}},
		&witness.Body{MediaType: jsonType, Unread: "of the future"},
		nil,
	)
	b := bodies[jsonType]
	if b.Count != 6 || none != 1 || b.Shape.Objs != 1 {
		t.Errorf("%d bodies, %d calls without one, %d objects", b.Count, none, b.Shape.Objs)
	}
	want := map[string]uint64{"not-json": 2, "damaged": 1, "other": 1, "truncated": 1}
	if got := b.ByReason(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if want := (map[witness.Quirk]uint64{"nan": 1}); !reflect.DeepEqual(b.Quirks, want) {
		t.Errorf("quirks %v, want %v", b.Quirks, want)
	}
	if got := new(Body).ByReason(); got != nil {
		t.Errorf("of no bodies: %v", got)
	}
}

func TestReasonsOfTooManyMediaTypesAreKept(t *testing.T) {
	t.Parallel()
	var seen []*witness.Body
	for i := range maxMediaTypes + 10 {
		seen = append(seen, &witness.Body{MediaType: fmt.Sprintf("a/%d", i), Unread: witness.UnreadType})
	}
	bodies, _ := summed(seen...)
	if got := bodies[Many].ByReason()["unknown-type"]; len(bodies) != 1 || got != maxMediaTypes+10 {
		t.Errorf("%d media types, %d bodies", len(bodies), got)
	}
}

// Models that were stored before reasons were counted, or by a newer server, are read.
func TestReasonsOfOtherVersions(t *testing.T) {
	t.Parallel()
	const kept = `{"version":2,"count":1,"routes":[{"host":"a","method":"GET","template":"/a","operation":{"responses":` +
		`{"200":{"count":1,"bodies":{"a/b":{"count":4%s}}}}}}]}`
	for more, want := range map[string]map[string]uint64{
		``:                       nil,
		`,"cut":2`:               {"truncated": 2},
		`,"unread":{"binary":3}`: {"binary": 3},
		`,"unread":{"x":1,"y":2},"quirks":{"z":1}`: {"other": 3},
	} {
		m, err := Unmarshal(fmt.Appendf(nil, kept, more))
		if err != nil {
			t.Errorf("%s: %v", more, err)
			continue
		}
		for r := range m.Routes() {
			b := r.Operation.Responses[200].Bodies["a/b"]
			if got := b.ByReason(); b.Count != 4 || !reflect.DeepEqual(got, want) || len(b.Quirks) > 0 {
				t.Errorf("%s: %d bodies, %v, quirks %v; want %v", more, b.Count, got, b.Quirks, want)
			}
		}
	}
}
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
