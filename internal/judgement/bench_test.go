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
		"values":       func(i int) *Sketch { return call(word(i), "GET", objectOf("id", "name", "since")) },
		"names":        func(i int) *Sketch { return call(word(i), "POST", objectOf("ok", word(i)+"_a", word(i)+"_b")) },
		"other fields": func(i int) *Sketch { return call(word(i), "GET", objectOf("id", "name", word(i%300))) },
		"the same below": func(i int) *Sketch {
			return leading(word(i), call("orders", "GET", objectOf("id", "sum")), call("carts", "GET", objectOf("id", "items")))
		},
		"others below": func(i int) *Sketch {
			return leading(word(i), call(word(i+1), "GET", objectOf("id", "sum")), call(word(i/2), "GET", objectOf("id", "items")))
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
