package facts

import (
	"testing"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

func TestFactsOfAModel(t *testing.T) {
	t.Parallel()
	of := func(text string) *shape.Shape {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	call := witness.Witness{
		Method: "POST", Host: "a.test", Template: "/a/", Status: 200, Streamed: true,
		Query:   []witness.Param{{Name: "page", Shape: shape.OfText("7", shape.Options{})}},
		Auth:    []witness.Auth{{Type: witness.AuthBearer}},
		Request: &witness.Body{MediaType: "application/json", Shape: of(`{"due": "2026-01-05"}`)},
		Response: &witness.Body{
			MediaType: "application/json", Shape: of(`{"items": [{"id": 1, "note": null}, {"id": 2}]}`),
		},
	}
	refused := call
	refused.Status, refused.Auth, refused.Response, refused.Streamed = 401, nil, nil, false
	anonymous := call
	anonymous.Auth, anonymous.Query = nil, nil
	m := apimodel.New()
	for _, w := range []witness.Witness{call, refused, anonymous, {Method: "GET", NoRoute: true, Status: 404}} {
		m.Add(&w)
	}
	const json = "application/json"
	got := Of(m)[apimodel.OperationKey{Method: "POST", Host: "a.test", Path: "/a/", IsRoute: true}]
	for k, want := range map[Key]uint64{
		{Kind: Operation}:                                                               3,
		{Kind: Accepted}:                                                                2,
		{Kind: Status, Value: "200"}:                                                    2,
		{Kind: Status, Value: "401"}:                                                    1,
		{Kind: Streaming, In: "200"}:                                                    2,
		{Kind: Auth, Value: "bearer"}:                                                   1,
		{Kind: Auth, Value: "none"}:                                                     1,
		{Kind: Parameter, In: "query", Path: "page"}:                                    1,
		{Kind: MediaType, In: Request, Value: json}:                                     2,
		{Kind: MediaType, In: "200", Value: json}:                                       2,
		{Kind: Field, In: Request, MediaType: json, Path: "due"}:                        2,
		{Kind: Format, In: Request, MediaType: json, Path: "due", Value: "date"}:        2,
		{Kind: Type, In: "200", MediaType: json, Value: "object"}:                       2,
		{Kind: Items, In: "200", MediaType: json, Path: "items[]"}:                      4,
		{Kind: Field, In: "200", MediaType: json, Path: "items[]\nid"}:                  4,
		{Kind: Field, In: "200", MediaType: json, Path: "items[]\nnote"}:                2,
		{Kind: Type, In: "200", MediaType: json, Path: "items[]\nnote", Value: null}:    2,
		{Kind: Type, In: "200", MediaType: json, Path: "items[]\nid", Value: "integer"}: 4,
	} {
		if got[k] != want {
			t.Errorf("%+v has %d, want %d", k, got[k], want)
		}
	}
	for k, n := range got {
		if n == 0 || k.Kind == Absent || k.Kind == Hours {
			t.Errorf("%+v has %d", k, n)
		}
		if parent := k.Parent(); parent != (Key{}) && k.Kind != Items && got[parent] < n {
			t.Errorf("%+v has %d, its parent %+v only %d", k, n, parent, got[parent])
		}
	}
}

func TestFactsOfAnOperation(t *testing.T) {
	t.Parallel()
	of := func(text string) *shape.Shape {
		s, err := shape.OfJSON(text, shape.Options{Enums: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	m := apimodel.New()
	for _, body := range []string{`{"kind": "cat", "by": {"2026-01-05": 1}}`, `{"kind": "cat"}`, `{"kind": ""}`} {
		m.Add(&witness.Witness{
			Method: "GET", Host: "a.test", Template: "/a/{id}", Status: 200,
			PathArgs:        []witness.Param{{Name: "id", Shape: shape.OfText("7", shape.Options{})}},
			ResponseHeaders: []witness.Param{{Name: "x-next", Shape: shape.OfText("7", shape.Options{})}},
			Response:        &witness.Body{MediaType: "application/json", Shape: of(body)},
		})
	}
	var got map[Key]uint64
	for _, op := range m.Operations() {
		got = OfOperation(op)
	}
	body := func(kind Kind, path, value string) Key {
		return Key{Kind: kind, In: "200", MediaType: "application/json", Path: path, Value: value}
	}
	for k, want := range map[Key]uint64{
		{Kind: NoBody, In: Request}:                            3,
		{Kind: Header, In: "200", Path: "x-next"}:              3,
		{Kind: Type, In: "path", Path: "id", Value: "integer"}: 3,
		body(Fields, "", "by\nkind"):                           1,
		body(Fields, "", "kind"):                               2,
		body(Unlisted, "kind", ""):                             3,
		body(Empty, "kind", ""):                                1,
		body(Entries, "by\n*", ""):                             1,
		body(Type, "by\n*", "integer"):                         1,
	} {
		if got[k] != want {
			t.Errorf("%+v was counted %d times, want %d", k, got[k], want)
		}
		if parent := k.Parent(); parent.Kind != Parameter && got[parent] < want {
			t.Errorf("%+v has the parent %+v, which was counted %d times", k, parent, got[parent])
		}
	}
}
