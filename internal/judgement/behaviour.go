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
			w *= min(1, behaviourSupport*(b.friends[i].count()+1)/float64(len(all)))
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
	friends []friends      // those like it
	twins   []int          // siblings whose own answer is an object that is alike
}

func newComparison(all []*candidate) *comparison {
	n := len(all)
	b := &comparison{
		all: all, slots: make(map[slot][]int), sum: make([]float64, n), plain: make([]float64, n),
		n: make([]float64, n), friends: make([]friends, n), twins: make([]int, n),
	}
	for i, m := range all {
		for k := range m.slots {
			b.slots[k] = append(b.slots[k], i)
		}
	}
	return b
}

// compare compares the candidates that have a slot.
func (b *comparison) compare(k slot) {
	c := newCrowd()
	for _, i := range b.slots[k] {
		op := b.all[i].slots[k]
		c.add(i, op.hash, op.traits())
	}
	if !c.isLarge() {
		for at := range c.classes {
			b.compareClass(k, c, at, nil, c.every())
		}
		return
	}
	spread := c.spread(maxCompared - maxNear)
	for at := range c.classes {
		b.compareClass(k, c, at, c.near(at, maxNear, spread), spread)
	}
}

// compareClass compares the candidates of a class with those of others: those near to it, and those
// that stand for all.
func (b *comparison) compareClass(k slot, c *crowd, at int, near, spread []int) {
	own := c.classes[at].members
	op := b.all[own[0]].slots[k]
	var likes best
	var like friends
	compared, twins, stand := 0, 0, 0
	add := func(other int, isNear bool) {
		members := c.classes[other].members
		times := len(members)
		if other == at {
			times--
		}
		if !isNear {
			stand += times
		}
		l, ok := likenessOf(k.method, op, b.all[members[0]].slots[k])
		if !ok || times == 0 {
			return
		}
		compared += times
		likes.add(l, times)
		if l >= likeFriend {
			like.add(members, isNear)
		}
		if l >= likeTwin && k.isOwn() && (k.method == "PUT" || k.method == "GET" && !op.answer.isList()) {
			twins += times
		}
	}
	for _, other := range near {
		add(other, true)
	}
	for _, other := range spread {
		add(other, false)
	}
	if compared == 0 {
		return
	}
	like.scale = float64(len(b.slots[k])-1) / float64(max(1, stand))
	for _, i := range own {
		b.add(i, likes.mean(compared), k, op)
		b.friends[i].merge(&like, i)
		b.twins[i] = max(b.twins[i], twins)
	}
}

// maxNear is how many of the siblings that a word is compared with are those most like it, if there
// are more than maxCompared. The others stand for all.
const maxNear = 16

// add adds how alike a candidate is to those most like it in a slot. Lists of the same things are
// views as often as values.
func (b *comparison) add(i int, like float64, k slot, own *Operation) {
	weight := 1.0
	if like > likeNames && !k.named && own.answer != nil && own.answer.isList() {
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
