package apimodel_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/openapi"
	"akita/internal/witness"
)

func drawWitnesses(t *rapid.T) []witness.Witness {
	out := make([]witness.Witness, rapid.IntRange(0, 30).Draw(t, "witnesses"))
	for i := range out {
		e := hartest.Draw(t)
		out[i] = witness.FromEntry(&e, witness.Options{Enums: true})
	}
	return out
}

func fold(witnesses []witness.Witness) *apimodel.Model {
	m := apimodel.New()
	for i := range witnesses {
		m.Add(&witnesses[i])
	}
	return m
}

// render returns the encoding of a model, which has all that it holds.
func render(t *rapid.T, m *apimodel.Model) string {
	stored, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return string(stored)
}

func TestModelIsACommutativeMonoid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		witnesses := drawWitnesses(t)
		want := render(t, fold(witnesses))
		shuffled := rapid.Permutation(witnesses).Draw(t, "order")
		cut := rapid.IntRange(0, len(shuffled)).Draw(t, "cut")
		left, right := fold(shuffled[:cut]), fold(shuffled[cut:])
		before := render(t, right)
		sum := apimodel.New()
		sum.Merge(left)
		sum.Merge(right)
		sum.Merge(apimodel.New())
		if got := render(t, sum); got != want {
			t.Fatalf("another order and grouping give\n%s\nwant\n%s", got, want)
		}
		if render(t, right) != before {
			t.Fatal("merging changed what was merged in")
		}
		if got := sum.Witnesses(); got != uint64(len(witnesses)) {
			t.Fatalf("%d witnesses of %d", got, len(witnesses))
		}
	})
}

func TestModelReadsBackWhatItWrote(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := fold(drawWitnesses(t))
		stored, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		back, err := apimodel.Unmarshal(stored)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := render(t, back), render(t, m); got != want {
			t.Fatalf("read back\n%s\nwant\n%s", got, want)
		}
		if got, want := render(t, m.Clone()), render(t, m); got != want {
			t.Fatalf("a clone says\n%s\nwant\n%s", got, want)
		}
	})
}

// Words over the limit become values of a parameter, in any order of calls.
func TestModelOverItsLimitsIgnoresOrder(t *testing.T) {
	t.Parallel()
	var witnesses []witness.Witness
	for i := range 1200 {
		word := fmt.Sprintf("%c%c-%c%c", 'a'+i%26, 'e'+i/26%20, 'a'+i/52%26, 'o')
		e := har.Entry{Latency: -1, Request: har.Request{Method: "GET", URL: "http://a.test/x/" + word + "/y?" + word + "=1"}, Response: har.Response{Status: 200, Size: -1}}
		e.Response.Body = &har.Body{MediaType: "application/x." + word, Text: "{}"}
		witnesses = append(witnesses, witness.FromEntry(&e, witness.Options{}))
	}
	forward := fold(witnesses)
	halves := fold(witnesses[600:])
	halves.Merge(fold(witnesses[:600]))
	backward := apimodel.New()
	for i := range witnesses {
		backward.Add(&witnesses[len(witnesses)-1-i])
	}
	want, err := forward.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]*apimodel.Model{"halves": halves, "backward": backward} {
		got, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s: another model of %d bytes, want %d", name, len(got), len(want))
		}
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	t.Parallel()
	for _, stored := range []string{
		"",
		"x",
		"{}",
		`{"version":3,"count":0}`,
		`{"version":1,"roots":7}`,
		`{"version":2,"trees":[{"step":99}]}`,
		`{"version":2,"trees":[{"step":-1}]}`,
		`{"version":2,"trees":[{},{},{},{},{}]}`,
	} {
		if _, err := apimodel.Unmarshal([]byte(stored)); err == nil {
			t.Errorf("%q was accepted", stored)
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	e := har.Entry{Request: har.Request{Method: "GET", URL: "/users/1?page=2"}, Response: har.Response{Status: 200, Body: &har.Body{MediaType: "application/json", Text: `{"a":[1]}`}}}
	w := witness.FromEntry(&e, witness.Options{})
	stored, err := fold([]witness.Witness{w}).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(stored)
	f.Fuzz(func(t *testing.T, stored []byte) {
		m, err := apimodel.Unmarshal(stored)
		if err != nil {
			return
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
