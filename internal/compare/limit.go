package compare

import (
	"math"
	"slices"

	"akita/internal/facts"
)

// limitOf returns the chance below which a difference of two sides is proved. What some calls have may be in
// those of one side only by chance, and there are thousands of facts. So the chances below the limit, of all
// that would look like a breaking change, add up to at most facts.Chance. What many calls have adds nothing,
// because it is not on one side by chance (R. E. Tarone, A modified Bonferroni method for discrete data,
// Biometrics 46, 1990).
func limitOf(base, revision *Traffic) float64 {
	var all chances
	calls := counted{float64(base.calls), float64(revision.calls)}
	for key := range union(base.operations, revision.operations) {
		x, y := base.operations[key], revision.operations[key]
		all.add(onBase, counted{x.calls(), y.calls()}, calls)
		if x == nil || y == nil {
			continue
		}
		for k := range union(x.counts, y.counts) {
			all.addFact(k, x, y)
		}
	}
	slices.Sort(all)
	sum := 0.
	for _, chance := range all {
		if sum += chance; sum > facts.Chance {
			return chance
		}
	}
	return facts.Chance
}

// The sides of a diff.
const (
	onBase = iota
	onRevision
)

// counted is a number of each side.
type counted [2]float64

func (c counted) minus(o counted) counted { return counted{c[0] - o[0], c[1] - o[1]} }

// chances are those that what both sides have is on one side only, as far as they matter.
type chances []float64

// add adds that some calls of each side have a fact, of those that may have it.
func (c *chances) add(side int, had, of counted) {
	sample := facts.Sample{Had: had[0] + had[1], Of: of[side]}
	if sample.Had > sample.Of {
		return // they are too many for one side
	}
	if chance := sample.ChanceOfNone(of[1-side]); chance < facts.Chance {
		*c = append(*c, chance)
	}
}

// addWhole is like add for what matters if all calls of the side have it.
func (c *chances) addWhole(side int, had, of counted) {
	if math.Round(had[0]+had[1]) == math.Round(of[side]) {
		c.add(side, had, of)
	}
}

// addFact adds how a fact would look like a breaking change: of what clients send, that something is not
// accepted any more, or is required; of answers, that there is something else than before.
func (c *chances) addFact(k facts.Key, x, y *observed) {
	s, r := x.sample(k), y.sample(k)
	had, of := counted{s.Had, r.Had}, counted{s.Of, r.Of}
	lost, got := onBase, onRevision
	if isSent(k) {
		lost, got = got, lost
	}
	switch k.Kind {
	case facts.Status, facts.MediaType, facts.Auth:
		c.add(onBase, had, of)
	case facts.Type, facts.Member:
		c.add(got, had, of)
	case facts.Format:
		c.add(onRevision, of.minus(had), of)
	case facts.Header:
		c.addWhole(onBase, had, of)
	case facts.Field, facts.Parameter:
		c.add(got, of.minus(had), of)
		c.addWhole(lost, had, of)
	}
}

// isSent reports whether clients send the values at the place of k.
func isSent(k facts.Key) bool {
	return k.In == facts.Request || k.MediaType == "" && k.Kind != facts.Header
}

// calls returns how many calls an operation has, 0 if o is nil.
func (o *observed) calls() float64 {
	if o == nil {
		return 0
	}
	return float64(o.count(facts.Key{Kind: facts.Operation}))
}
