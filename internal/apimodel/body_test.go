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
