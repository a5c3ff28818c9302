package judgement

import (
	"math"
	"strings"
	"testing"

	"akita/internal/shape"
)

// call is a word that was called once by a method and answered with a shape, nil for no body.
func call(text, method string, answer *shape.Shape) *Sketch { return calls(text, method, 1, answer) }

func calls(text, method string, n uint64, answer *shape.Shape) *Sketch {
	s := New(text, nil)
	c := Calls{Count: n, Served: true, Answer: answer}
	if answer != nil {
		c.Good = n
	}
	s.AddOperation(method, NewOperation(c))
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

// echoed is a word that a member of the answer to each of its calls repeats.
func echoed(text, member string, answer *shape.Shape) *Sketch {
	s := call(text, "GET", answer)
	s.echoes = map[string]uint64{member: 1}
	return s
}

// withIDs adds integers below a word.
func withIDs(s, ids *Sketch) *Sketch {
	s.AddIDs("", ids, &shape.Shape{Ints: ids.calls})
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

// listOf is the shape of a list of objects with texts.
func listOf(fields ...string) *shape.Shape {
	return &shape.Shape{Arrs: 1, Items: objectOf(fields...)}
}

// said returns what rules say of the words right below s in sum, the last of them by its name.
func heard(s *Sketch, at context, rule Rule, speak ...func(*level)) map[string]float64 {
	j := &judgement{keys: collectKeys(s), known: make(hearsay), next: make(hearsay)}
	l := j.level(s, at)
	for _, f := range speak {
		f(l)
	}
	weights := make(map[string]float64)
	for _, o := range l.opinions {
		for _, t := range o.terms {
			if t.rule == rule {
				weights[o.word.text] += t.weight
			}
		}
	}
	return weights
}

// row is a case of a rule: a level, and what the rule says of its words, 0 for nothing. A sign only
// ("+", "-") leaves the weight open.
type row struct {
	level *Sketch
	at    context
	want  string // "users + ann - me 0"
}

// checkRows checks what a rule says in each row, after others spoke.
func checkRows(t *testing.T, rows map[string]row, rule Rule, speak ...func(*level)) {
	t.Helper()
	for name, r := range rows {
		got := heard(r.level, r.at, rule, speak...)
		fields := strings.Fields(r.want)
		for i := 0; i < len(fields); i += 2 {
			word, want := fields[i], fields[i+1]
			if is := sign(got[word]); is != want {
				t.Errorf("%s: of %s the rule says %v (%s), want %s", name, word, got[word], is, want)
			}
		}
	}
}

func sign(weight float64) string {
	switch {
	case math.Abs(weight) < 1e-9:
		return "0"
	case weight > 0:
		return "+"
	}
	return "-"
}
