package judgement

import (
	"cmp"
	"math"
	"slices"
)

// opinion is what speaks for a word being a name (above 0) or a value, in log-odds.
type opinion struct {
	word  *Sketch
	terms []term
}

// term is what one rule says.
type term struct {
	rule   Rule
	weight float64
}

func (o *opinion) add(rule Rule, weight float64) {
	if weight != 0 {
		o.terms = append(o.terms, term{rule, weight})
	}
}

// sum adds up all that was said but for some rules.
func (o *opinion) sum(skip ...Rule) float64 {
	var sum float64
	for _, t := range o.terms {
		if !slices.Contains(skip, t.rule) {
			sum += t.weight
		}
	}
	return exact(sum)
}

// exact removes what the order of additions makes of a sum: words must not be judged by the order
// that their spelling gives them.
func exact(sum float64) float64 { return math.Round(sum*1e9) / 1e9 }

// of returns what a rule said, 0 for nothing.
func (o *opinion) of(rule Rule) float64 {
	for _, t := range o.terms {
		if t.rule == rule {
			return t.weight
		}
	}
	return 0
}

// Reason is a rule with what it said of the words that are values of a parameter, on average in
// log-odds: above 0 for values, below 0 for names.
type Reason struct {
	Rule   Rule
	Weight float64 // to one decimal
}

// maxReasons is how many rules are named: those that said most.
const maxReasons = 4

// reasonsOf returns what was said of words, most first.
func reasonsOf(words []*opinion) []Reason {
	sums := make(map[Rule]float64)
	for _, o := range words {
		for _, t := range o.terms {
			sums[t.rule] -= t.weight
		}
	}
	var reasons []Reason
	for rule, sum := range sums {
		if w := math.Round(10*sum/float64(len(words))) / 10; w != 0 {
			reasons = append(reasons, Reason{rule, w})
		}
	}
	slices.SortFunc(reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Rule, b.Rule))
	})
	return reasons[:min(len(reasons), maxReasons)]
}
