package apimodel

import "strings"

// Many is the key that stands for a set of counts with too many keys.
const Many = "\x00many"

// count adds n to a key's count. With more than limit keys all counts become one, under Many.
func count(counts map[string]uint64, key string, n uint64, limit int) {
	if _, over := counts[Many]; over {
		counts[Many] += n
		return
	}
	if _, ok := counts[key]; !ok {
		key = strings.Clone(key)
	}
	counts[key] += n
	if len(counts) <= limit {
		return
	}
	var sum uint64
	for _, c := range counts {
		sum += c
	}
	clear(counts)
	counts[Many] = sum
}

// mergeCounts adds the counts of o, within the limit of count.
func mergeCounts(counts, o map[string]uint64, limit int) {
	for _, key := range sortedKeys(o) {
		if key == Many {
			for k, c := range counts {
				if k != Many {
					counts[Many] += c
					delete(counts, k)
				}
			}
			counts[Many] += o[Many]
			continue
		}
		count(counts, key, o[key], limit)
	}
}
