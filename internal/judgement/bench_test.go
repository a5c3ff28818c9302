package judgement

import (
	"fmt"
	"testing"

	"akita/internal/shape"
)

// word is a word of letters, another for each number.
func word(n int) string {
	text := []byte("word")
	for n++; n > 0; n /= 26 {
		text = append(text, byte('a'+n%26))
	}
	return string(text)
}

// BenchmarkJudge judges many words beside one another, in the forms that cost most.
func BenchmarkJudge(b *testing.B) {
	forms := map[string]func(i int) *Sketch{
		"values":       func(i int) *Sketch { return called(word(i), "GET", objectOf("id", "name", "since")) },
		"names":        func(i int) *Sketch { return called(word(i), "POST", objectOf("ok", word(i)+"_a", word(i)+"_b")) },
		"other fields": func(i int) *Sketch { return called(word(i), "GET", objectOf("id", "name", word(i%300))) },
		"the same below": func(i int) *Sketch {
			return leading(word(i), called("orders", "GET", objectOf("id", "sum")), called("carts", "GET", objectOf("id", "items")))
		},
		"others below": func(i int) *Sketch {
			return leading(word(i), called(word(i+1), "GET", objectOf("id", "sum")), called(word(i/2), "GET", objectOf("id", "items")))
		},
		"put": func(i int) *Sketch {
			s := New(word(i), nil)
			s.AddOperation("PUT", NewOperation(Calls{Count: 1, Answer: new(shape.Shape), Asked: []string{word(i), word(i % 7)}}))
			return s
		},
	}
	for _, form := range sortedKeys(forms) {
		for _, n := range []int{1000, 4000} {
			b.Run(fmt.Sprintf("%s/%d", form, n), func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					level := New("things", nil)
					for i := range n {
						level.AddWord(forms[form](i))
					}
					root := New("", nil)
					root.AddWord(level)
					b.StartTimer()
					Judge(root)
				}
			})
		}
	}
}

// called is a word that was called once by a method and answered with a shape.
func called(text, method string, answer *shape.Shape) *Sketch {
	s := New(text, nil)
	s.AddOperation(method, NewOperation(Calls{Count: 1, Good: 1, Accepted: true, Answer: answer}))
	return s
}

// leading is a word that leads to others.
func leading(text string, words ...*Sketch) *Sketch {
	s := New(text, nil)
	for _, w := range words {
		s.AddWord(w)
	}
	return s
}

// objectOf is the shape of an object with texts.
func objectOf(fields ...string) *shape.Shape {
	o := new(shape.Object)
	for _, name := range fields {
		o.Fields = append(o.Fields, shape.Field{Name: name, Shape: &shape.Shape{Strs: 1}})
	}
	return &shape.Shape{Objs: 1, Object: o}
}
