package judgement

import "math/bits"

// friends are the siblings that a word is like in any slot.
type friends struct {
	near, spread bitset
	scale        float64 // how many siblings each of spread stands for
}

func (f *friends) add(members []int, isNear bool) {
	to := &f.spread
	if isNear {
		to = &f.near
	}
	for _, i := range members {
		to.set(i)
	}
}

// merge adds what o holds but for one sibling, the word itself.
func (f *friends) merge(o *friends, self int) {
	f.near.merge(o.near)
	f.spread.merge(o.spread)
	f.near.unset(self)
	f.spread.unset(self)
	f.scale = max(f.scale, o.scale)
}

// count estimates how many there are.
func (f *friends) count() float64 {
	spread := float64(f.spread.count())
	return max(spread+float64(f.near.count()), spread*f.scale)
}

// bitset is a set of small numbers.
type bitset []uint64

func (b *bitset) set(i int) {
	for len(*b) <= i/64 {
		*b = append(*b, 0)
	}
	(*b)[i/64] |= 1 << (i % 64)
}

func (b bitset) unset(i int) {
	if i/64 < len(b) {
		b[i/64] &^= 1 << (i % 64)
	}
}

func (b *bitset) merge(o bitset) {
	for len(*b) < len(o) {
		*b = append(*b, 0)
	}
	for i, word := range o {
		(*b)[i] |= word
	}
}

func (b bitset) count() (n int) {
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}
