package judgement

// behaviour compares what is asked and answered at and below words: what is called of values of one
// kind is alike, and what is called of names mostly is not.
func (l *level) behaviour() {
	all := l.all()
	b := newComparison(all)
	for _, k := range sortedSlots(b.slots) {
		if len(b.slots[k]) > 1 {
			b.compare(k)
		}
	}
	for i, m := range l.members {
		if b.n[i] == 0 {
			continue
		}
		m.like, m.compared = b.plain[i]/b.n[i], true
		w := behaviourWeight * b.sum[i] / b.n[i]
		if w < 0 {
			w *= min(1, behaviourSupport*float64(len(b.friends[i])*b.step(len(all))+1)/float64(len(all)))
			w *= l.ofLeaf(m, b.twins[i])
		}
		l.opinions[i].add(RuleBehaviour, w)
	}
}

// ofLeaf is how much it counts that a word behaves as its siblings do, by what is below it and by
// how many siblings answer with one object that is alike: actions answer alike too.
func (l *level) ofLeaf(m *candidate, twins int) float64 {
	switch {
	case !m.isLeaf():
		return 1
	case twins < 2 || l.belowValues && l.strict:
		return behaviourOfLeaf
	}
	return behaviourOfItem
}

// comparison sums up how alike candidates are, in each slot that two of them share.
type comparison struct {
	all     []*candidate
	slots   map[slot][]int // the candidates that have it
	sum     []float64      // by candidate: how far it is from what names of an API share
	plain   []float64      // its likeness
	n       []float64      // the slots that were compared
	friends []map[int]bool // those like it
	twins   []int          // siblings whose own answer is an object that is alike
}

func newComparison(all []*candidate) *comparison {
	n := len(all)
	b := &comparison{
		all: all, slots: make(map[slot][]int), sum: make([]float64, n), plain: make([]float64, n),
		n: make([]float64, n), friends: make([]map[int]bool, n), twins: make([]int, n),
	}
	for i, m := range all {
		for k := range m.slots {
			b.slots[k] = append(b.slots[k], i)
		}
	}
	return b
}

// maxCompared limits with how many siblings the answers of a word are compared. Of more, each is
// compared with some of the others, so that the work grows with their number and not its square.
const maxCompared = 64

// step returns which of n candidates are compared with each other: those that are so far apart.
func (*comparison) step(n int) int { return (n + maxCompared - 1) / maxCompared }

// compare compares the candidates that have a slot.
func (b *comparison) compare(k slot) {
	in := b.slots[k]
	step := b.step(len(in))
	for _, i := range in {
		own := b.all[i].slots[k]
		var likes []float64
		twins := 0
		for at := i % step; at < len(in); at += step {
			x := in[at]
			if x == i {
				continue
			}
			like, ok := likenessOf(k.method, own, b.all[x].slots[k])
			if !ok {
				continue
			}
			likes = append(likes, like)
			if like >= likeFriend {
				if b.friends[i] == nil {
					b.friends[i] = make(map[int]bool)
				}
				b.friends[i][x] = true
			}
			if like >= likeTwin && k.isOwn() && (k.method == "PUT" || k.method == "GET" && !own.answer.isList()) {
				twins++
			}
		}
		if len(likes) > 0 {
			b.add(i, meanOfBest(likes), k, own)
			b.twins[i] = max(b.twins[i], twins)
		}
	}
}

// add adds how alike a candidate is to those most like it in a slot. Lists of the same things are
// views as often as values.
func (b *comparison) add(i int, like float64, k slot, own *Operation) {
	weight := 1.0
	if like > likeNames && !k.isNamed() && own.answer != nil && own.answer.isList() {
		weight = behaviourOfList
	}
	b.sum[i] += weight * (likeNames - like)
	b.plain[i] += like
	b.n[i]++
}

const (
	likeNames  = 0.55 // the likeness that names and values have as often
	likeFriend = 0.7  // the likeness from which on a sibling supports another
	likeTwin   = 0.75 // the likeness from which on two objects are of one kind
)
