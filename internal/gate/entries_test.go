package gate

import (
	"testing"

	"akita/internal/shape"
)

func TestIsMap(t *testing.T) {
	t.Parallel()
	for json, want := range map[string]bool{
		`{"id": 1, "login": "x"}`:                                                false,
		`{"id": 1, "4111111111111111": 2}`:                                       true, // one of two is data
		`{"id": 1, "b": 2, "4111111111111111": 2}`:                               false,
		`{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}`:                            false, // seven are few
		`{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8}`:                      true,
		`{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"name":"x"}`:     true, // nine of ten
		`{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"name":"x","ok":true}`: false,
		`[{"a":1},{"b":2},{"c":3},{"d":4},{"e":5},{"f":6},{"g":7},{"h":8}]`:      true, // each object has one of its own
	} {
		s, err := shape.OfJSON(json, shape.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if s.Items != nil {
			s = s.Items
		}
		if got := isMap(s.Object, s.Objs); got != want {
			t.Errorf("isMap(%s) = %v, want %v", json, got, want)
		}
	}
}
