package judgement

import (
	"math"
	"testing"

	"akita/internal/shape"
)

func envelope(name string, content *shape.Shape) *shape.Shape {
	s := objectOf("status")
	s.Object.Fields = append(s.Object.Fields, shape.Field{Name: name, Shape: content})
	return s
}

func TestLikenessOfAnswers(t *testing.T) {
	t.Parallel()
	user, order := objectOf("id", "name", "mail"), objectOf("sum", "due", "items")
	numbers := &shape.Shape{Objs: 1, Object: &shape.Object{Fields: shape.Fields{
		{Name: "id", Shape: objectOf("x", "y")}, {Name: "name", Shape: &shape.Shape{Strs: 1}}, {Name: "mail", Shape: &shape.Shape{Strs: 1}},
	}}}
	for name, test := range map[string]struct {
		a, b *shape.Shape
		want float64
	}{
		"the same members":            {user, user, 1},
		"no member in common":         {user, order, 0},
		"half of the members":         {user, objectOf("id", "name", "age"), 0.5},
		"a list and an object":        {user, listOf("id", "name", "mail"), 0},
		"an object and a text":        {user, numbers, 2.0 / 3},
		"envelopes by their contents": {envelope("data", user), envelope("data", order), 0},
	} {
		a, b := newAnswer(test.a), newAnswer(test.b)
		for _, got := range []float64{a.likeness(b), b.likeness(a)} {
			if math.Abs(got-test.want) > 1e-9 {
				t.Errorf("%s: the likeness is %v, want %v", name, got, test.want)
			}
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer *shape.Shape
		want   bool
	}{
		"a list":                    {listOf("id", "name"), true},
		"an object":                 {objectOf("id", "name"), false},
		"an envelope around a list": {envelope("data", listOf("id", "name")), true},
		"an object with a list":     {envelope("tags", envelope("a", listOf("id", "name"))), true},
	} {
		a := newAnswer(test.answer)
		if got := a.isList(); got != test.want {
			t.Errorf("%s is a list: %v, want %v", name, got, test.want)
		}
		if got := a.items() != nil; got != test.want {
			t.Errorf("%s has items: %v, want %v", name, got, test.want)
		}
	}
}
