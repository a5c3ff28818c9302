package apimodel

import (
	"testing"

	"akita/internal/shape"
	"akita/internal/witness"
)

func TestProof(t *testing.T) {
	t.Parallel()
	words := []witness.Segment{{Literal: "users"}}
	value := []witness.Segment{{Literal: "users"}, {Kind: &shape.Shape{Ints: 1}}}
	page := &witness.Body{MediaType: "text/html"}
	data := &witness.Body{MediaType: "application/json"}
	labelled := &witness.Body{MediaType: "text/html", Shape: &shape.Shape{Objs: 1}}
	tests := map[string]struct {
		call witness.Witness
		want proof
	}{
		"answered":                {witness.Witness{Status: 200, Path: words, Response: data}, served},
		"answered without a body": {witness.Witness{Status: 204, Path: words}, served},
		"answered with a page":    {witness.Witness{Status: 200, Path: words, Response: page}, barred},
		"answered with data that are labelled as a page": {
			witness.Witness{Status: 200, Path: words, Response: labelled}, served,
		},
		"redirected":              {witness.Witness{Status: 302, Path: words}, barred},
		"not authenticated":       {witness.Witness{Status: 401, Path: words}, barred},
		"forbidden":               {witness.Witness{Status: 403, Path: value}, barred},
		"refused after a look":    {witness.Witness{Status: 422, Path: words}, handled},
		"failed":                  {witness.Witness{Status: 500, Path: words}, handled},
		"not answered":            {witness.Witness{Path: words}, handled},
		"an object is not found":  {witness.Witness{Status: 404, Path: value}, barred},
		"a path is not found":     {witness.Witness{Status: 404, Path: words}, missing},
		"a method is not allowed": {witness.Witness{Status: 405, Path: words}, missing},
		"a method is not known":   {witness.Witness{Status: 501, Path: words}, missing},
	}
	for name, test := range tests {
		if got := proofOf(&test.call); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
	}
}
