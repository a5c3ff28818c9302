package apimodel_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/har"
	"akita/internal/har/hartest"
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

func modelOf(witnesses []witness.Witness) *apimodel.Model {
	m := apimodel.New()
	for i := range witnesses {
		m.Add(&witnesses[i])
	}
	return m
}

// render returns the encoding of a model, which is all that it holds.
func render(t interface{ Fatal(...any) }, m *apimodel.Model) string {
	kept, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return string(kept)
}

func TestModelIsACommutativeMonoid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		witnesses := drawWitnesses(t)
		want := render(t, modelOf(witnesses))
		shuffled := rapid.Permutation(witnesses).Draw(t, "order")
		cut := rapid.IntRange(0, len(shuffled)).Draw(t, "cut")
		left, right := modelOf(shuffled[:cut]), modelOf(shuffled[cut:])
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

// Words beyond the cap become values of a parameter, and order does not matter.
func TestModelOverItsCapsIgnoresOrder(t *testing.T) {
	t.Parallel()
	var witnesses []witness.Witness
	for i := range 1200 {
		word := fmt.Sprintf("%c%c-%c%c", 'a'+i%26, 'e'+i/26%20, 'a'+i/52%26, 'o')
		e := har.Entry{
			Latency: -1, Request: har.Request{Method: "GET", URL: "http://a.test/x/" + word + "/y?" + word + "=1"},
			Response: har.Response{Status: 200, Size: -1},
		}
		e.Response.Body = &har.Body{MediaType: "application/x." + word, Text: "{}"}
		witnesses = append(witnesses, witness.FromEntry(&e, witness.Options{}))
	}
	forward := modelOf(witnesses)
	halves := modelOf(witnesses[600:])
	halves.Merge(modelOf(witnesses[:600]))
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
