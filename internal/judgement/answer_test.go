package judgement

import (
	"testing"

	"akita/internal/shape"
)

func TestNewAnswer(t *testing.T) {
	t.Parallel()
	page := objectOf("next")
	page.Object.Fields = append(page.Object.Fields, shape.Field{Name: "items", Shape: &shape.Shape{Arrs: 1}})
	page.Object.Fields[0].Shape = &shape.Shape{Nulls: 1}
	byName := &shape.Shape{Objs: 1, Object: &shape.Object{Fields: shape.Fields{
		{Name: "ann", Shape: objectOf("id", "role")}, {Name: "bob", Shape: objectOf("id", "role")},
	}}}
	for name, test := range map[string]struct {
		answer  *shape.Shape
		members []string // nil for no evidence
	}{
		"an object":             {objectOf("id", "name"), []string{"id", "name"}},
		"a list":                {listOf("id", "name"), []string{"id", "name"}},
		"a single member":       {objectOf("id"), nil},
		"a page without items":  {page, nil},
		"an empty list":         {&shape.Shape{Arrs: 1}, nil},
		"no body":               {new(shape.Shape), nil},
		"members that are data": {byName, []string{anyMember}},
	} {
		got := newAnswer(test.answer)
		if test.members == nil {
			if got != nil {
				t.Errorf("%s is evidence: %+v", name, got)
			}
			continue
		}
		if got == nil || len(got.members) != len(test.members) {
			t.Errorf("%s is %+v, want members %q", name, got, test.members)
			continue
		}
		for _, member := range test.members {
			if !got.has(member) {
				t.Errorf("%s lacks %s", name, member)
			}
		}
	}
}
