package judgement

// Names are compared by hash: a level compares many answers with many members. The hash depends on
// the name alone, so that all that goes by its order is the same in each run.
const (
	hashOffset uint64 = 14695981039346656037 // FNV-1a
	hashPrime  uint64 = 1099511628211
)

func hashOf(text string) uint64 {
	h := hashOffset
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * hashPrime
	}
	return h
}

// mixed returns a hash of h and more numbers.
func mixed(h uint64, numbers ...uint64) uint64 {
	for _, n := range numbers {
		h ^= n
		h *= 0x9e3779b97f4a7c15
		h ^= h >> 32
	}
	return h
}
