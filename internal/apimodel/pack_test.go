package apimodel

import (
	"reflect"
	"testing"
	"time"

	"akita/internal/packed"
	"akita/internal/shape"
)

// A field that is added to an operation must be packed, too.
func TestPackForgetsNoField(t *testing.T) {
	t.Parallel()
	want := new(Operation)
	fill(reflect.ValueOf(want).Elem())
	var w packed.Writer
	want.pack(&w)
	r := packed.NewReader(w.Bytes())
	got := unpackOperation(r)
	if r.Err() != nil || r.Rest() > 0 {
		t.Fatal(r.Err(), r.Rest())
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("reads back as %+v, want %+v", got, want)
	}
}

// fill sets every field to a value that is not zero.
func fill(v reflect.Value) {
	switch v.Interface().(type) {
	case *shape.Shape:
		v.Set(reflect.ValueOf(&shape.Shape{Ints: 7}))
		return
	case *Latencies:
		v.Set(reflect.ValueOf(&Latencies{bins: []bin{{-3, 1}, {200, 5}}, max: 9}))
		return
	case Consumers: // they are packed together with those of other operations
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.UnixMilli(1e12).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.Uint64:
		v.SetUint(1<<53 + 1)
	case reflect.Int:
		v.SetInt(-5)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString("a")
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	default:
		panic("a kind of field that no test fills: " + v.Kind().String())
	}
}
