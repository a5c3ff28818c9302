package judgement

import "slices"

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
	return sum
}

// of returns what a rule said, 0 for nothing.
func (o *opinion) of(rule Rule) float64 {
	for _, t := range o.terms {
		if t.rule == rule {
			return t.weight
		}
	}
	return 0
}
