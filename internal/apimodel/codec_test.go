package apimodel_test

import (
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/witness"
)

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := modelOf(drawWitnesses(t))
		kept, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		back, err := apimodel.Unmarshal(kept)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := render(t, back), render(t, m); got != want {
			t.Fatalf("read back\n%s\nwant\n%s", got, want)
		}
		if back.Preflights() != m.Preflights() || back.Unmatched() != m.Unmatched() || back.Witnesses() != m.Witnesses() {
			t.Fatal("a number of calls differs")
		}
		if got, want := document(t, back), document(t, m); got != want {
			t.Fatalf("read back, the document is\n%s\nwant\n%s", got, want)
		}
		if got, want := render(t, m.Clone()), render(t, m); got != want {
			t.Fatalf("a clone says\n%s\nwant\n%s", got, want)
		}
	})
}

func document(t interface{ Fatal(...any) }, m *apimodel.Model) string {
	text, err := openapi.New(endpoints.Infer(m), openapi.Options{}).JSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestUnmarshalRefuses(t *testing.T) {
	t.Parallel()
	for _, kept := range []string{
		"", "x", "{}",
		`{"version":4,"count":0}`,
		"\x06", "\x04", "\x03", "\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07",
		`{"version":1,"roots":7}`,
		`{"version":2,"trees":[{"step":99}]}`,
		`{"version":2,"trees":[{"step":-1}]}`,
		`{"version":3,"trees":[{},{},{},{},{},{}]}`,
	} {
		if _, err := apimodel.Unmarshal([]byte(kept)); err == nil {
			t.Errorf("%q was accepted", kept)
		}
	}
}

// Version 4 is version 5 without consumers.
func TestUnmarshalOfVersion4(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		witnesses := drawWitnesses(t)
		for i := range witnesses {
			witnesses[i].Consumer = witness.Consumer{}
		}
		kept := []byte(render(t, modelOf(witnesses)))
		if last := kept[len(kept)-1]; kept[0] != 5 || last != 0 {
			t.Fatalf("a model without consumers is of version %d and ends with %d", kept[0], last)
		}
		kept[0] = 4
		back, err := apimodel.Unmarshal(kept[:len(kept)-1])
		if err != nil || render(t, back) != render(t, modelOf(witnesses)) {
			t.Fatalf("version 4 is another model: %v", err)
		}
	})
}

func FuzzUnmarshal(f *testing.F) {
	e := har.Entry{
		Request:  har.Request{Method: "GET", URL: "/users/1?page=2"},
		Response: har.Response{Status: 200, Body: &har.Body{MediaType: "application/json", Text: `{"a":[1]}`}},
	}
	w := witness.FromEntry(&e, witness.Options{})
	kept, err := modelOf([]witness.Witness{w}).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept)
	w.Consumer = witness.Consumer{Name: "mobile-app", Version: "3.2"}
	if kept, err = modelOf([]witness.Witness{w}).MarshalBinary(); err != nil {
		f.Fatal(err)
	}
	f.Add(kept)
	f.Fuzz(func(t *testing.T, kept []byte) {
		m, err := apimodel.Unmarshal(kept)
		if err != nil {
			return
		}
		again, err := apimodel.Unmarshal([]byte(render(t, m)))
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if render(t, again) != render(t, m) {
			t.Error("what was read is another model when it is read again")
		}
		a := endpoints.Infer(m)
		for _, e := range a.Overview(endpoints.Filter{}).Endpoints {
			if _, ok := a.Detail(e.ID); !ok {
				t.Errorf("no detail for %s", e.ID)
			}
		}
		if _, err := openapi.New(a, openapi.Options{}).JSON(); err != nil {
			t.Error(err)
		}
	})
}
