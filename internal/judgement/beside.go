package judgement

import "akita/internal/names"

// idsBeside adds what the ids beside a word say of it.
func (l *level) idsBeside() {
	if l.beside == nil {
		return
	}
	var calls uint64
	for _, m := range l.members {
		calls += m.calls
	}
	for i, m := range l.members {
		w := m.besides
		if w > besideOpen && w <= 0 && l.beside.kind&strictIDs == 0 && l.beside.calls*8 >= calls &&
			len(m.pairs) > 0 && len(l.beside.pairs) > 0 {
			w = besideTokens // ids that are made of words stand where words do
		}
		l.opinions[i].add(RuleBeside, w)
	}
}

// besideIDs compares a word with the ids beside it: what is called of a value is called of ids.
func (c *candidate) besideIDs(ids *candidate, above string) float64 {
	like, compared, deep := c.sharedWith(ids)
	strict := ids.kind == strictIDs
	switch {
	case !compared && deep == 0 && strict && len(c.pairs) == 0 && !c.answers() && c.leadsToIDs(ids) &&
		names.IsPlural(above):
		return besideAlikeStrict
	case c.calls >= 5 && c.calls*4 > ids.calls && deep == 0:
		return 0 // no value has so large a share of the calls
	case compared && like >= likeAnswer, !compared && deep > 0:
		if strict {
			return besideAlikeStrict
		}
		return besideAlike
	case compared && like < unlikeAnswer && deep == 0:
		return besideUnlike
	case strict:
		return besideStrict
	case c.isLeaf() && !compared && c.ownGood() == 0 && c.sharesSlot(ids):
		return besideSilent
	}
	return 0
}

// unlikeAnswer is the likeness below which answers are not alike.
const unlikeAnswer = 0.4

// sharedWith returns how alike a word and ids are where the same was called of both, and how many
// of these places have words below.
func (c *candidate) sharedWith(ids *candidate) (like float64, compared bool, deep int) {
	var sum, n float64
	for _, k := range sortedSlots(c.slots) {
		other := ids.slots[k]
		if other == nil {
			continue
		}
		if l, ok := likenessOf(k.method, c.slots[k], other); ok {
			sum += l
			n++
		}
		if k.named {
			deep++
		}
	}
	if n == 0 {
		return 0, false, deep
	}
	return sum / n, true, deep
}

// sharesSlot reports whether the same is called of both.
func (c *candidate) sharesSlot(o *candidate) bool {
	for k := range c.slots {
		if o.slots[k] != nil {
			return true
		}
	}
	return false
}

// leadsToIDs reports whether ids follow both right below, and are called alike.
func (c *candidate) leadsToIDs(o *candidate) bool {
	for k := range c.slots {
		if k.ids && o.slots[k] != nil {
			return true
		}
	}
	return false
}
