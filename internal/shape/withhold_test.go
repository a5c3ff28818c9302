package shape_test

import (
	"testing"

	"akita/internal/shape"
)

func TestWithhold(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, json string
		withheld   []int
		like       string // a JSON text whose keys with digits are data by themselves
	}{
		{"nothing", `{"a": 1, "b": "x"}`, nil, `{"a": 1, "b": "x"}`},
		{"one field", `{"a": 1, "bc": "xy"}`, []int{1}, `{"a": 1, "17": "xy"}`},
		{"all fields", `{"ab": 1, "cd": true}`, []int{0, 1}, `{"17": 1, "18": true}`},
		{
			"of some objects", `[{"id": 1, "ab": 2}, {"id": 3, "cd": 4}]`, []int{0, 1},
			`[{"id": 1, "17": 2}, {"id": 3, "18": 4}]`,
		},
		{
			"combinations stay", `[{"id": 1, "ab": 2, "x": 1}, {"id": 3, "cd": 4}]`, []int{0, 1},
			`[{"id": 1, "17": 2, "x": 1}, {"id": 3, "18": 4}]`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := shape.OfJSON(test.json, shape.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want, err := shape.OfJSON(test.like, shape.Options{})
			if err != nil {
				t.Fatal(err)
			}
			object := got.Object
			if object == nil {
				object = got.Items.Object
			}
			object.Withhold(test.withheld)
			if err := got.Validate(); err != nil {
				t.Fatal(err)
			}
			if g, w := string(got.AppendJSON(nil)), string(want.AppendJSON(nil)); g != w {
				t.Errorf("got  %s\nwant %s", g, w)
			}
		})
	}
}
