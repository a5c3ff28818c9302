package apimodel

import "strings"

// Many is the key that stands for a set of counts that exceeded its cap.
const Many = "\x00many"

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
