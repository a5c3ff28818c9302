package endpoints

import (
	"slices"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/har"
	"akita/internal/witness"
)

func TestAskedOf(t *testing.T) {
	t.Parallel()
	e := har.Entry{
		Latency: -1,
		Request: har.Request{
			Method: "POST", URL: "http://a.test/orders?page=2&page=3&sort=name",
			Body: &har.Body{MediaType: "application/json", Text: `{"note":"x","items":[{"sku":1}]}`},
		},
		Response: har.Response{Status: 201, Size: -1},
	}
	w := witness.FromEntry(&e, witness.Options{})
	m := apimodel.New()
	m.Add(&w)
	got := askedOf(rootOf(m).literals["orders"].ops["POST"].sum())
	slices.Sort(got)
	if want := []string{"?page", "?sort", "items", "note"}; !slices.Equal(got, want) {
		t.Errorf("a call asks with %q, want %q", got, want)
	}
}

func TestIsFile(t *testing.T) {
	t.Parallel()
	for mediaType, want := range map[string]bool{
		"image/png": true, "text/csv": true, "application/pdf": true,
		"": false, "text/html": false, "application/xhtml+xml": false,
		"application/json": false, "application/problem+json": false,
	} {
		if got := isFile(mediaType); got != want {
			t.Errorf("isFile(%q) = %t", mediaType, got)
		}
	}
}

func TestSketchOfIDs(t *testing.T) {
	t.Parallel()
	root := placeOf(t, "/users/7 user, /users/8 user, /users/anna user", map[string]string{"user": `{"id":1}`})
	sketch := sketchOf("", root).Word("users")
	if sketch == nil || sketch.Word("anna") == nil || sketch.Values("") == nil {
		t.Fatalf("the sketch of /users has no word or no ids: %+v", sketch)
	}
	if ids := root.literals["users"].params[""].arg; ids.Count() != 2 || ids.Ints != 2 {
		t.Errorf("the ids are %d values, %d of them integers, want two integers", ids.Count(), ids.Ints)
	}
}
