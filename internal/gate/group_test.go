package gate

import (
	"testing"

	"akita/internal/shape"
	"akita/internal/witness"
)

func TestLooksLikeMap(t *testing.T) {
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
		g := group{object: s.Object, objects: s.Objs}
		if got := g.looksLikeMap(); got != want {
			t.Errorf("looksLikeMap(%s) = %v, want %v", json, got, want)
		}
	}
}

// paramsOf returns a group of parameters with values, by name.
func paramsOf(pairs ...string) *group {
	g := new(group)
	for i := 0; i < len(pairs); i += 2 {
		g.params = append(g.params, witness.Param{Name: pairs[i], Shape: shape.OfText(pairs[i+1], shape.Options{})})
	}
	return g
}

func TestGroupOfParameters(t *testing.T) {
	t.Parallel()
	alike := []string{"a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7"}
	for _, test := range []struct {
		what                  string
		group                 *group
		isBare, varies, isMap bool
	}{
		{"a bare name", paramsOf("sofia", ""), true, false, false},
		{"two bare names", paramsOf("sofia", "", "wsdl", ""), false, false, false},
		{"a name with a value", paramsOf("page", "2"), false, false, false},
		{"values of two shapes", paramsOf("page", "2", "on", "2026-01-31"), false, true, false},
		{"seven alike", paramsOf(alike...), false, false, false},
		{"eight alike", paramsOf(append(alike, "h", "8")...), false, false, true},
		{"no value is known", &group{params: []witness.Param{{Name: "key"}}}, false, false, false},
	} {
		if got := test.group.isBare(); got != test.isBare {
			t.Errorf("%s: isBare = %v", test.what, got)
		}
		if test.group.params[0].Shape == nil {
			continue
		}
		if got := test.group.varies(); got != test.varies {
			t.Errorf("%s: varies = %v", test.what, got)
		}
		if got := test.group.looksLikeMap(); got != test.isMap {
			t.Errorf("%s: looksLikeMap = %v", test.what, got)
		}
	}
}
