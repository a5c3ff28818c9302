package shape_test

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"akita/internal/shape"
)

func TestValidateTakesWhatIsObserved(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		strings.Repeat("[", 200) + strings.Repeat("]", 200),
		strings.Repeat(`{"a":`, 200) + "1" + strings.Repeat("}", 200),
		strings.Repeat(`{"17":[`, 100) + strings.Repeat("]}", 100),
	} {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(); err != nil {
			t.Errorf("%.20s: %v", text, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s, err := shape.OfJSON(text(t, 4), shape.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := merge(s, draw2(t)).Validate(); err != nil {
			t.Fatal(err)
		}
	})
}

func draw2(t *rapid.T) *shape.Shape {
	s, err := shape.OfJSON(text(t, 3), shape.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestValidateRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"arrays too deep": strings.Repeat(`{"arr":1,"items":`, 60) + `{"int":1}` + strings.Repeat("}", 60),
		"maps too deep": strings.Repeat(
			`{"obj":1,"object":{"keys":{"str":1},"values":`, 60,
		) + `{"int":1}` + strings.Repeat("}}", 60),
		"literals":          `{"str":1,"enum":{"members":[{"text":"secret","count":1}]}}`,
		"kinds":             `{"obj":1,"object":{"fields":{"a":{"str":1}},"tags":[{"field":"a","value":"secret","count":1,"fields":[]}]}}`,
		"formats":           `{"str":2,"formats":[{"format":"uuid","count":1},{"format":"date","count":1}]}`,
		"key sets":          `{"obj":2,"object":{"sets":[{"names":"b","count":1},{"names":"a","count":1}]}}`,
		"keys, no values":   `{"obj":1,"object":{"keys":{"str":1}}}`,
		"a name too long":   `{"obj":1,"object":{"fields":{"` + strings.Repeat("a", 200) + `":{"int":1}}}}`,
		"deep inside":       `{"arr":1,"items":{"obj":1,"object":{"fields":{"a":{"str":1,"enum":{"many":true}}}}}}`,
		"keys with a shape": `{"obj":1,"object":{"keys":{"arr":1,"items":{"int":1}},"values":{"int":1}}}`,
	} {
		var s shape.Shape
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if s.Validate() == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
