package apimodel

import (
	"math"
	"math/bits"

	"akita/internal/shape"
)

// sizes counts bodies by their length in bits of its number: 0 is an empty body, n one of
// 2^(n-1) to 2^n-1 bytes. Lengths leave the machine as such buckets only.
type sizes map[int]uint64

// add counts a body of an unknown size, the empty set, not at all.
func (s *sizes) add(bucket shape.Buckets) {
	if bucket == 0 {
		return
	}
	if *s == nil {
		*s = make(sizes)
	}
	(*s)[bits.Len64(uint64(bucket))-1]++
}

func (s *sizes) merge(o sizes) {
	if *s == nil && len(o) > 0 {
		*s = make(sizes, len(o))
	}
	for bucket, n := range o {
		(*s)[bucket] += n
	}
}

// percentiles are by the nearest rank, each the largest size of its bucket; false where no
// size is known.
func (s sizes) percentiles() (Sizes, bool) {
	var n uint64
	for _, count := range s {
		n += count
	}
	if n == 0 {
		return Sizes{}, false
	}
	at := func(q float64) uint64 {
		rank, below := uint64(math.Ceil(q*float64(n))), uint64(0)
		largest := 0
		for _, bucket := range sortedKeys(s) {
			if below < rank {
				largest = bucket
			}
			below += s[bucket]
		}
		return 1<<min(largest, 63) - 1
	}
	return Sizes{P50: at(.5), P95: at(.95), Max: at(1)}, true
}
