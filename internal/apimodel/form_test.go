package apimodel_test

import (
	"fmt"
	"reflect"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// formModel sums up the bodies of POSTs, one form for each list of parts.
func formModel(forms ...[]witness.Part) *apimodel.Body {
	m := apimodel.New()
	for _, parts := range forms {
		w := witness.Witness{Method: "POST", Template: "/a", Status: 200, Request: &witness.Body{
			MediaType: "multipart/form-data", Shape: &shape.Shape{Objs: 1, Object: &shape.Object{}}, Files: []string{"photo"}, Parts: parts,
		}}
		m.Add(&w)
	}
	for route := range m.Routes() {
		return route.Operation.Accepted.Bodies["multipart/form-data"]
	}
	return nil
}

func TestFormOfABody(t *testing.T) {
	t.Parallel()
	got := formModel(
		[]witness.Part{{Name: "meta", JSON: true, Types: []string{"application/json"}}, {Name: "photo", Types: []string{"image/png"}}},
		[]witness.Part{{Name: "meta", JSON: true}, {Name: "photo", Types: []string{"image/gif", "image/png"}}, {Name: "ids[]", Indexed: true}},
	).Form()
	want := map[string]apimodel.Field{
		"photo": {Files: 2, Types: []string{"image/gif", "image/png"}},
		"meta":  {JSON: 2, Types: []string{"application/json"}},
		"ids[]": {Indexed: 1},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// What is known of too many fields is forgotten as a whole, and nothing is made up in its place.
func TestFormOverItsLimit(t *testing.T) {
	t.Parallel()
	var forms [][]witness.Part
	for i := range 1000 {
		forms = append(forms, []witness.Part{{Name: fmt.Sprint("x", i), JSON: true}})
	}
	form := formModel(forms...).Form()
	for name, field := range form {
		if field.JSON > 0 {
			t.Errorf("%q was JSON in %d bodies, want none: it was forgotten", name, field.JSON)
		}
	}
	if form["photo"].Files != 1000 {
		t.Errorf("got %+v", form)
	}
}
