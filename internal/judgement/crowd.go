package judgement

import (
	"cmp"
	"slices"
)

// maxCompared limits with how many siblings a word is compared, so that the work grows with their
// number and not with its square. Siblings that are the same in what is compared count as one.
const maxCompared = 64

// crowd is the siblings of a level by what is compared of them: traits, such as the words below.
// Those with the same key are one class.
type crowd struct {
	classes []class
	index   map[uint64][]int // classes by trait
	byKey   map[uint64]int
}

// class is siblings that are the same in what is compared.
type class struct {
	key     uint64
	traits  []uint64
	members []int
}

func newCrowd() *crowd {
	return &crowd{index: make(map[uint64][]int), byKey: make(map[uint64]int)}
}

// add adds a sibling. Traits are only read.
func (c *crowd) add(member int, key uint64, traits []uint64) {
	at, known := c.byKey[key]
	if !known {
		at = len(c.classes)
		c.byKey[key] = at
		c.classes = append(c.classes, class{key: key, traits: traits})
		for _, t := range traits {
			c.index[t] = append(c.index[t], at)
		}
	}
	c.classes[at].members = append(c.classes[at].members, member)
}

// isLarge reports whether a class is not compared with all others.
func (c *crowd) isLarge() bool { return len(c.classes) > maxCompared }

// every returns all classes.
func (c *crowd) every() []int {
	all := make([]int, len(c.classes))
	for i := range all {
		all[i] = i
	}
	return all
}

// near returns the classes that share the rarest traits of a class: those most like it, without
// itself and without some others. There are limit at most.
func (c *crowd) near(i, limit int, without []int) []int {
	traits := slices.Clone(c.classes[i].traits)
	slices.SortFunc(traits, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(len(c.index[a]), len(c.index[b])), cmp.Compare(a, b))
	})
	var found []int
	for _, t := range traits {
		in := c.index[t]
		step := (len(in) + limit - 1) / limit
		for at := i % step; at < len(in); at += step {
			if len(found) == limit {
				return found
			}
			if x := in[at]; x != i && !slices.Contains(found, x) && !slices.Contains(without, x) {
				found = append(found, x)
			}
		}
	}
	return found
}

// spread returns limit classes at most that stand for all of them. They are chosen by their keys,
// which do not depend on the words that the members are.
func (c *crowd) spread(limit int) []int {
	order := c.every()
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(c.classes[a].key, c.classes[b].key) })
	step := (len(order) + limit - 1) / limit
	var found []int
	for at := 0; at < len(order); at += step {
		found = append(found, order[at])
	}
	return found
}

// best keeps the highest of likenesses, as many as count.
type best struct {
	likes []float64 // falling
}

// maxBest is how many siblings a word is judged by at most: a level may hold values and names, so
// that a word is compared with those that are most like it.
const maxBest = 4

// add adds a likeness that several siblings have.
func (b *best) add(like float64, times int) {
	for range min(times, maxBest) {
		at := len(b.likes)
		for at > 0 && b.likes[at-1] < like {
			at--
		}
		if at == maxBest {
			return
		}
		b.likes = slices.Insert(b.likes, at, like)[:min(len(b.likes)+1, maxBest)]
	}
}

// mean is the mean of the highest third of n likenesses. Those that were not added are 0.
func (b *best) mean(n int) float64 {
	count := min(maxBest, (n+2)/3)
	var sum float64
	for _, like := range b.likes[:min(count, len(b.likes))] {
		sum += like
	}
	return sum / float64(count)
}
