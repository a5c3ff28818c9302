package facts

import "math"

// Chance is the chance that a comparison calls something a change that is none.
const Chance = 0.001

// Sample is how many of some calls (or values) have a fact.
type Sample struct{ Had, Of float64 }

// ChanceOfNone returns the chance that none of n further calls has a fact, if they are like the calls of
// the sample: that all of the calls with the fact, of both together, are in the sample.
func (s Sample) ChanceOfNone(n float64) float64 {
	if s.Had <= 0 || n <= 0 {
		return 1
	}
	had := min(s.Had, s.Of)
	// C(of, had) / C(of+n, had), for numbers of elements that count less than one each.
	return math.Exp(logGamma(s.Of+1) + logGamma(s.Of+n-had+1) - logGamma(s.Of-had+1) - logGamma(s.Of+n+1))
}

func logGamma(x float64) float64 {
	value, _ := math.Lgamma(x)
	return value
}
