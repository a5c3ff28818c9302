package apimodel

import (
	"math"
	"math/bits"

	"akita/internal/shape"
)

// Sizes counts bodies by the number of bits of their size: 0 is an empty body, n one of 2^(n-1) to
// 2^n-1 bytes. The daemon sends sizes only at that precision.
type Sizes map[int]uint64

// add counts a body, unless its size is unknown (the empty set).
func (s *Sizes) add(bucket shape.Buckets) {
	if bucket == 0 {
		return
	}
	if *s == nil {
		*s = make(Sizes)
	}
	(*s)[bits.Len64(uint64(bucket))-1]++
}

func (s *Sizes) merge(o Sizes) {
	if *s == nil && len(o) > 0 {
		*s = make(Sizes, len(o))
	}
	for bucket, n := range o {
		(*s)[bucket] += n
	}
}

// Percentiles returns percentiles by the nearest rank, each the largest size of its bucket; ok is
// false if no size is known.
func (s Sizes) Percentiles() (percentiles SizePercentiles, ok bool) {
	var n uint64
	for _, count := range s {
		n += count
	}
	if n == 0 {
		return SizePercentiles{}, false
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
	return SizePercentiles{P50: at(.5), P95: at(.95), Max: at(1)}, true
}

// SizePercentiles holds percentiles of sizes in bytes. Each is an upper bound, because sizes are
// only known as powers of two.
type SizePercentiles struct {
	P50 uint64 `json:"p50"`
	P95 uint64 `json:"p95"`
	Max uint64 `json:"max"`
}
