package facts

import (
	"cmp"
	"math"
	"slices"
)

// point is what was counted of a fact and its parent in one span.
type point struct {
	start      int64
	had, calls uint64
}

// timeline is the history of a fact beside that of its parent: a point for each span in which the
// parent was seen.
type timeline []point

// timelineOf returns the timeline of a fact.
func timelineOf(f, parent *Fact) timeline {
	line := make(timeline, len(parent.spans))
	for i, s := range parent.spans {
		line[i] = point{start: s.start, calls: s.count}
	}
	for _, s := range f.spans {
		if i, ok := line.find(s.start); ok {
			line[i].had = min(s.count, line[i].calls)
		}
	}
	return line
}

func (l timeline) find(start int64) (int, bool) {
	return slices.BinarySearchFunc(l, start, func(p point, start int64) int { return cmp.Compare(p.start, start) })
}

// without returns the timeline of the calls of the parent that do not have the fact.
func (l timeline) without() timeline {
	out := slices.Clone(l)
	for i := range out {
		out[i].had = out[i].calls - out[i].had
	}
	return out
}

// bounds returns the first and the last point that has the fact, -1 for none.
func (l timeline) bounds() (first, last int) {
	has := func(p point) bool { return p.had > 0 }
	first = slices.IndexFunc(l, has)
	for last = len(l) - 1; last >= 0 && !has(l[last]); last-- {
	}
	return first, last
}

func (l timeline) sum() (had, calls float64) {
	for _, p := range l {
		had += float64(p.had)
		calls += float64(p.calls)
	}
	return had, calls
}

// longestGap returns how many calls came without the fact, at most, between two points that have it.
func (l timeline) longestGap() (longest float64) {
	gap := 0.0
	for _, p := range l {
		if p.had > 0 {
			longest, gap = max(longest, gap), 0
		} else {
			gap += float64(p.calls)
		}
	}
	return longest
}

// appeared returns the chance that a fact which always was there shows itself as late as it did: all of
// x calls that have it are among the last y of n + y.
func (l timeline) appeared(weight float64) (chance float64) {
	first, last := l.bounds()
	if first < 0 || first == last { // seen in one hour only: one client may have tried something
		return 1
	}
	_, n := l[:first].sum()
	x, y := l[first:].sum()
	if x*weight < minEvidence {
		return 1
	}
	return math.Pow(y/(n+y), x*weight)
}

// gone returns the chance that a fact which is still there was not seen since its last hour: it was in x
// of y calls, and in none of z since. Of a fact that is new, only the calls since it appeared count.
func (l timeline) gone(weight float64, isNew bool) (chance float64) {
	first, last := l.bounds()
	if first < 0 || len(l)-1-last < minSilence {
		return 1
	}
	from := 0
	if isNew {
		from = first
	}
	x, y := l[from : last+1].sum()
	_, z := l[last+1:].sum()
	if x*weight < minEvidence || z*weight < minEvidence || z <= gapFactor*l[first:last+1].longestGap() {
		return 1
	}
	// The rate is only known from x calls: the greater one of two chances counts.
	return max(math.Pow(1-x/(y+1), z*weight), math.Pow(y/(y+z), x*weight))
}

const (
	// minEvidence is how many calls have to show a change.
	minEvidence = 5
	// minSilence is in how many hours the parent has to be seen without the fact.
	minSilence = 2
	// gapFactor is how much longer than ever before a fact has to be missing: calls come in bursts.
	gapFactor = 2
)
