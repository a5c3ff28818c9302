package shape_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"akita/internal/format"
	"akita/internal/jsonscan"
	"akita/internal/shape"
)

func TestCodecRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := encode(t, merge(draw(t), draw(t), draw(t)))
		var s shape.Shape
		if err := json.Unmarshal([]byte(want), &s); err != nil {
			t.Fatal(err)
		}
		if got := encode(t, &s); got != want {
			t.Fatalf("read back %s, want %s", got, want)
		}
	})
}

// A field that is added to a shape must be written and read, too.
func TestCodecForgetsNoField(t *testing.T) {
	t.Parallel()
	want := full(3)
	text := string(want.AppendJSON(nil))
	in := jsonscan.New(text)
	got := shape.Read(&in, nil)
	if in.End(); in.Err() != nil {
		t.Fatalf("%s: %v", text, in.Err())
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s reads back as %s", text, got.AppendJSON(nil))
	}
}

// full is a shape in which no field is zero, down to so many levels.
func full(levels int) *shape.Shape {
	s := new(shape.Shape)
	fill(reflect.ValueOf(s).Elem(), levels)
	return s
}

func fill(v reflect.Value, levels int) {
	switch v.Kind() {
	case reflect.Uint64:
		v.SetUint(1<<53 + 1) // more than a float holds
	case reflect.Uint8:
		v.SetUint(uint64(format.UUID))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString("a\n\"ü")
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), levels)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), levels)
		}
	case reflect.Pointer:
		if levels > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), levels-1)
		} else if v.Type() == reflect.TypeFor[*shape.Shape]() {
			v.Set(reflect.ValueOf(&shape.Shape{Nulls: 1}))
		}
	default:
		panic("a kind of field that no test fills: " + v.Kind().String())
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		``, `[]`, `7`, `{"str":-1}`, `{"str":1.5}`, `{"str":"1"}`, `{"str":18446744073709551616}`, `{"formats":{}}`,
		`{"formats":[{"format":"none such","count":1}]}`, `{"object":{"fields":[]}}`, `{"object":{"fields":{"a":null}}}`,
		`{"object":{"fields":{"b":{},"a":{},"b":{}}}}`, `{"object":{"many":1}}`, `{"items":[]}`,
		`{"object":{"fields":{` + strings.Repeat(`"a":{},`, shape.MaxFields) + `"a":{}}}}`,
		strings.Repeat(`{"items":`, 600) + "{}" + strings.Repeat("}", 600),
	} {
		in := jsonscan.New(text)
		if shape.Read(&in, nil); in.Err() == nil {
			t.Errorf("%.80s is taken", text)
		}
	}
}

func TestReadTakes(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{`null`, `null`},
		{` { "str" : null , "new":[{}] } `, `{}`},
		{`{"items":null,"object":null}`, `{}`},
		{`{"formats":null,"obj":2}`, `{"obj":2}`},
		{`{"object":{"fields":{"b":{},"a":{"null":1}}}}`, `{"object":{"fields":{"a":{"null":1},"b":{}}}}`},
	} {
		text, want := c[0], c[1]
		in := jsonscan.New(text)
		s := shape.Read(&in, nil)
		if in.End(); in.Err() != nil || string(s.AppendJSON(nil)) != want {
			t.Errorf("%s reads as %s, %v; want %s", text, s.AppendJSON(nil), in.Err(), want)
		}
	}
}
