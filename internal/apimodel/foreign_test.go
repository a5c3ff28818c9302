package apimodel_test

import (
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/packed"
	"akita/internal/shape"
	"akita/internal/witness"
)

func TestModelsOfAnotherMachineAreChecked(t *testing.T) {
	t.Parallel()
	body := func(s *shape.Shape) *witness.Body { return &witness.Body{MediaType: "application/json", Shape: s} }
	deep := make([]witness.Segment, witness.MaxSegments+3)
	for i := range deep {
		deep[i].Literal = "a"
	}
	for name, c := range map[string]struct {
		call witness.Witness
		want string // "" if it is accepted
	}{
		"a route":    {witness.Witness{Method: "GET", Template: "/a", Status: 200}, ""},
		"no answer":  {witness.Witness{Method: "GET", Template: "/a"}, ""},
		"a path":     {witness.Witness{Method: "GET", Path: []witness.Segment{{Literal: "a"}}, Status: 200}, ""},
		"no route":   {witness.Witness{Method: "GET", NoRoute: true, Path: []witness.Segment{{Literal: "a"}}}, ""},
		"a method":   {witness.Witness{Method: "get", Template: "/a"}, "not an HTTP method"},
		"a template": {witness.Witness{Method: "GET", Template: "a"}, "does not start with a slash"},
		"a status":   {witness.Witness{Method: "GET", Template: "/a", Status: 7}, "not an HTTP status"},
		"a long path": {
			witness.Witness{Method: "GET", Path: deep, Status: 200}, "too many segments",
		},
		"literals in a response": {
			witness.Witness{Method: "GET", Template: "/a", Status: 200, Response: body(&shape.Shape{
				Strs: 1, Enum: &shape.Enum{Members: []shape.Member{{Text: "value", Count: 1}}},
			})}, "holds literals",
		},
		"literals in a request": {
			witness.Witness{Method: "POST", Template: "/a", Status: 200, Request: body(&shape.Shape{
				Strs: 1, Enum: &shape.Enum{Members: []shape.Member{{Text: "value", Count: 1}}},
			})}, "holds literals",
		},
		"literals in a parameter": {
			witness.Witness{Method: "GET", Template: "/a", Query: []witness.Param{{Name: "q", Shape: &shape.Shape{
				Strs: 1, Enum: &shape.Enum{Members: []shape.Member{{Text: "value", Count: 1}}},
			}}}}, "holds literals",
		},
	} {
		m := apimodel.New()
		m.Add(&c.call)
		for _, of := range []struct {
			part apimodel.Part
			want string
		}{
			{apimodel.PartOf(&c.call), c.want},
			{apimodel.PartOf(&c.call) + 1, "not of the part"},
		} {
			if name == "no route" && of.want == "not of the part" {
				continue // it has nothing that is of a part
			}
			var w packed.Writer
			m.Pack(&w)
			r := packed.NewReader(w.Bytes())
			read := apimodel.UnpackPart(r, of.part, apimodel.CodecVersion)
			err := r.Err()
			if of.want == "" && (err != nil || read.Witnesses() != 1) {
				t.Errorf("%s: %v", name, err)
			}
			if of.want != "" && (err == nil || !strings.Contains(err.Error(), of.want)) {
				t.Errorf("%s: %v, want %q", name, err, of.want)
			}
		}
	}
}
