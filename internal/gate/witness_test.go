package gate

import (
	"slices"
	"strings"
	"testing"

	"akita/internal/shape"
	"akita/internal/witness"
)

// callWith returns a witness with one name in each place that has names.
func callWith(name string) *witness.Witness {
	param := []witness.Param{{Name: name, Shape: &shape.Shape{Ints: 1}}}
	body := func() *witness.Body {
		object := func(field *shape.Shape) *shape.Shape {
			return &shape.Shape{Objs: 1, Object: &shape.Object{Fields: shape.Fields{{Name: name, Shape: field}}}}
		}
		list := &shape.Shape{Arrs: 1, Items: object(&shape.Shape{Ints: 1})}
		return &witness.Body{MediaType: "application/json", Shape: object(list), Files: []string{name}}
	}
	return &witness.Witness{
		Method: "POST", Template: "/users", Status: 200,
		Query: param, Headers: param, Cookies: param, ResponseHeaders: param,
		Auth:    []witness.Auth{{Type: "apiKey", In: "header", Name: name}},
		Request: body(), Response: body(),
	}
}

// namesIn returns the names in a witness, by place.
func namesIn(w *witness.Witness) map[string]string {
	first := func(params []witness.Param) string {
		if len(params) == 0 {
			return ""
		}
		return params[0].Name
	}
	found := map[string]string{
		"query": first(w.Query), "header": first(w.Headers), "cookie": first(w.Cookies),
		"header of the answer": first(w.ResponseHeaders), "credential": w.Auth[0].Name,
	}
	for of, body := range map[string]*witness.Body{"request": w.Request, "response": w.Response} {
		outer, inner := "", ""
		if fields := body.Shape.Object.Fields; len(fields) > 0 {
			outer = fields[0].Name
			if items := fields[0].Shape.Items.Object.Fields; len(items) > 0 {
				inner = items[0].Name
			}
		} else if values := body.Shape.Object.Values; len(values.Items.Object.Fields) > 0 {
			inner = values.Items.Object.Fields[0].Name
		}
		found["field of the "+of], found["field of an item of the "+of] = outer, inner
		if slices.Contains(body.Files, outer) != (outer != "") {
			found["files of the "+of] = "not those of the fields"
		}
	}
	return found
}

func TestEveryPlaceOfAWitness(t *testing.T) {
	t.Parallel()
	const (
		name    = "novel"
		first   = callsOfName       // the call in which it leaves
		inItems = callsOfName*2 - 1 // the same in lists; the name leaves in the first list
	)
	g := New(Config{StrictNames: true})
	for call := range uint64(inItems + 1) {
		w := callWith(name)
		g.Filter(w, call)
		for where, got := range namesIn(w) {
			want, from := "", uint64(first)
			if strings.Contains(where, "item") {
				from = inItems
			}
			if call+1 >= from {
				want = name
			} else if where == "credential" {
				want = withheldName
			}
			if got != want {
				t.Errorf("call %d: the %s is %q, want %q", call+1, where, got, want)
			}
		}
	}
	if g.Withheld() == 0 {
		t.Error("no name was counted as withheld")
	}
}

func TestMediaTypesOfParts(t *testing.T) {
	t.Parallel()
	g := New(Config{})
	for call, want := range [][]string{
		{"application/*", "text/csv"}, {"application/*", "text/csv"},
		{"application/vnd.anna", "application/vnd.berta", "text/csv"},
	} {
		field := shape.Field{Name: "scan", Shape: &shape.Shape{Strs: 1}}
		w := &witness.Witness{Method: "POST", Template: "/users", Request: &witness.Body{
			MediaType: "multipart/form-data",
			Shape:     &shape.Shape{Objs: 1, Object: &shape.Object{Fields: shape.Fields{field}}},
			Parts: []witness.Part{
				{Name: "scan", Types: []string{"application/vnd.anna", "application/vnd.berta", "text/csv"}},
				{Name: "withheld", Types: []string{"text/plain"}},
			},
		}}
		g.Filter(w, uint64(call))
		if got := w.Request.Parts; len(got) != 1 || !slices.Equal(got[0].Types, want) {
			t.Errorf("call %d: the parts are %v, want one with %v", call+1, got, want)
		}
	}
}

func TestHasField(t *testing.T) {
	t.Parallel()
	s, err := shape.OfJSON(`[{"a": {"b": 1}, "4111111111111111": {"c": [{"d": 1}]}}]`, shape.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"a": true, "b": true, "c": true, "d": true, "e": false, "4111111111111111": false} {
		if got := hasField(s, name); got != want {
			t.Errorf("hasField(%s) = %v, want %v", name, got, want)
		}
	}
}

func TestWithholdEchoes(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"login": "login", "other": witness.UnnamedEcho, "": ""} {
		w := &witness.Witness{
			Path: []witness.Segment{{Literal: "ann", Echo: name}},
			Response: &witness.Body{Shape: &shape.Shape{Objs: 1, Object: &shape.Object{
				Fields: shape.Fields{{Name: "login", Shape: &shape.Shape{Strs: 1}}},
			}}},
		}
		withholdEchoes(w)
		if got := w.Path[0].Echo; got != want {
			t.Errorf("the echo %q leaves as %q, want %q", name, got, want)
		}
	}
}
