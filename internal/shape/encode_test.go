package shape_test

import (
	"reflect"
	"testing"

	"akita/internal/format"
	"akita/internal/jsonscan"
	"akita/internal/shape"
)

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

// full returns a shape in which no field is zero, down to a number of levels.
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

func TestAppendJSONLeavesOutZeros(t *testing.T) {
	t.Parallel()
	var none *shape.Shape
	for want, s := range map[string]*shape.Shape{
		`null`:                            none,
		`{}`:                              {},
		`{"str":2,"empty":1,"lengths":3}`: {Strs: 2, Empties: 1, Lengths: shape.Bucket(0) | shape.Bucket(1)},
	} {
		if got := string(s.AppendJSON(nil)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := string((&shape.Shape{Nulls: 1}).AppendJSON([]byte("[1,"))); got != `[1,{"null":1}` {
		t.Errorf("appended: %s", got)
	}
}
