package endpoints

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// drawAnswer draws an answer with a few of a few fields, alone or in a list.
func drawAnswer(t *rapid.T) *witness.Body {
	names := rapid.SliceOfNDistinct(rapid.SampledFrom(strings.Fields("a b c d e f g")), 0, 7, rapid.ID).Draw(t, "fields")
	slices.Sort(names)
	var fields shape.Fields
	for _, name := range names {
		fields = append(fields, shape.Field{Name: name, Shape: &shape.Shape{Strs: 1}})
	}
	answer := &shape.Shape{Objs: 1, Object: &shape.Object{Fields: fields}}
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0:
		return nil
	case 1, 2:
		answer = &shape.Shape{Arrs: 1, Items: answer}
	case 3:
		answer.Object.Keys, answer.Object.Values = &shape.Shape{Strs: 1}, &shape.Shape{Ints: 1}
	}
	return &witness.Body{MediaType: "application/json", Shape: answer}
}

func TestSiblingsLeaveNothingOutThatIsAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := apimodel.New()
		for _, text := range strings.Fields("p q r s t") {
			for range rapid.IntRange(1, 5).Draw(t, "calls") {
				w := witness.Witness{
					Path:   []witness.Segment{{Literal: text}},
					Method: rapid.SampledFrom([]string{"GET", "POST"}).Draw(t, "method"), Status: 200,
					Response: drawAnswer(t),
				}
				if rapid.IntRange(0, 2).Draw(t, "below") == 0 {
					w.Path = append(w.Path, witness.Segment{Literal: rapid.SampledFrom([]string{"x", "y", ""}).Draw(t, "segment")})
				}
				m.Add(&w)
			}
		}
		root := newPlace()
		for _, tree := range m.Paths() {
			root.addNode(tree)
		}
		words := root.literals
		s := newSiblings(words)
		names := sortedKeys(words)
		for i, text := range names {
			s.add(i, words[text])
		}
		for _, text := range names {
			like := s.like(words[text])
			for i, other := range names {
				if v := compare(words[text], words[other]); (v == weak || v == similar) && !slices.Contains(like, i) {
					t.Fatalf("%s and %s compare as %d, but are not looked at", text, other, v)
				}
			}
		}
	})
}
