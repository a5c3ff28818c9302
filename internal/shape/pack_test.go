package shape_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/packed"
	"akita/internal/shape"
)

// A field that is added to a shape must be packed, too.
func TestPackForgetsNoField(t *testing.T) {
	t.Parallel()
	want := full(3)
	if got := repack(t, want); !reflect.DeepEqual(got, want) {
		t.Errorf("%s reads back as %s", want.AppendJSON(nil), got.AppendJSON(nil))
	}
}

func TestPackRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := merge(draw(t), draw(t), draw(t), draw(t))
		if got := repack(t, want); encode(t, got) != encode(t, want) {
			t.Fatalf("%s reads back as %s", encode(t, want), encode(t, got))
		}
	})
}

func TestPackedCombinationsOfFields(t *testing.T) {
	t.Parallel()
	for _, texts := range [][]string{
		{`{}`, `{"a":1}`},
		{`{"a":1,"ab":1}`, `{"a":1}`, `{"ab":1}`},
		{`{"a":1,"b":1,"c":1}`, `{"c":1}`, `{}`, `{"b":1,"c":1}`},
		{wide(40), `{"f07":1,"f39":1}`, `{"f31":1,"f32":1}`},
	} {
		want := of(t, texts...)
		if got := repack(t, want); encode(t, got) != encode(t, want) {
			t.Errorf("%q: %s reads back as %s", texts, encode(t, want), encode(t, got))
		}
	}
}

// wide returns an object with n fields, f00 and so on.
func wide(n int) string {
	text := []byte("{")
	for i := range n {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '"', 'f', byte('0'+i/10), byte('0'+i%10), '"', ':', '1')
	}
	return string(append(text, '}'))
}

func FuzzUnpack(f *testing.F) {
	var w packed.Writer
	of(f, `{"a":1,"b":["2020-01-01"]}`, `{"a":null}`).Pack(&w)
	f.Add(w.Bytes())
	f.Fuzz(func(_ *testing.T, record []byte) {
		r := packed.NewReader(record)
		s := shape.Unpack(r)
		if r.Err() == nil {
			sum := new(shape.Shape)
			if s.Validate() == nil {
				sum.Merge(s)
			}
		}
	})
}

func repack(t interface{ Fatal(...any) }, s *shape.Shape) *shape.Shape {
	var w packed.Writer
	s.Pack(&w)
	r := packed.NewReader(w.Bytes())
	got := shape.Unpack(r)
	if r.Err() != nil || r.Rest() > 0 {
		t.Fatal(r.Err(), r.Rest())
	}
	return got
}
