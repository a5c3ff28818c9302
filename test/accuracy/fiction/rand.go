package fiction

import (
	"math/rand/v2"
	"time"
)

// Rand is the random source of one API.
type Rand struct {
	*rand.Rand
	Now time.Time // of the call that is being drawn

	pools map[*Type][]string
	depth int // how deep records are nested in records of their own type
}

// NewRand returns the source for a seed.
func NewRand(seed uint64) *Rand {
	return &Rand{
		Rand:  rand.New(rand.NewPCG(seed, 20260105)),
		Now:   time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC),
		pools: make(map[*Type][]string),
	}
}

// Chance returns true with probability p.
func (r *Rand) Chance(p float64) bool { return r.Float64() < p }

// Between returns an integer from lo to hi, both included.
func (r *Rand) Between(lo, hi int) int { return lo + r.IntN(hi-lo+1) }

// Skewed returns an index below n, small ones more often, as popular things are requested.
func (r *Rand) Skewed(n int) int {
	x := r.Float64()
	return int(x * (0.4 + 0.6*x) * float64(n))
}

// Pick returns one of several texts.
func (r *Rand) Pick(texts []string) string { return texts[r.IntN(len(texts))] }

// Of returns a text of n characters of an alphabet.
func (r *Rand) Of(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

// Past returns a time within the ten years before now.
func (r *Rand) Past() time.Time {
	return r.Now.Add(-time.Duration(r.Int64N(int64(3650 * 24 * time.Hour))))
}
