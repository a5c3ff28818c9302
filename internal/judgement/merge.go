package judgement

// mergeSketches returns the sum of sketches, at and below them. It depends on their set only, but
// for the text, which is that of the first.
func mergeSketches(list []*Sketch) *Sketch {
	if len(list) == 1 {
		return list[0]
	}
	sum := &Sketch{text: list[0].text}
	words, ids := make(map[string][]*Sketch), make(map[string][]*Sketch)
	ops := make(map[string][]*Operation)
	for _, s := range list {
		sum.addBelow(s)
		sum.kind |= s.kind
		sum.from = append(sum.from, s.from...)
		sum.value = sum.value || s.value
		sum.tail = sum.tail || s.tail
		sum.addTaken(s)
		for method, op := range s.ops {
			ops[method] = append(ops[method], op)
		}
		for member, n := range s.echoes {
			if sum.echoes == nil {
				sum.echoes = make(map[string]uint64)
			}
			sum.echoes[member] += n
		}
		for text, w := range s.words {
			words[text] = append(words[text], w)
		}
		for suffix, p := range s.ids {
			ids[suffix] = append(ids[suffix], p)
		}
	}
	sum.ops = mergeEach(ops, mergeOperations)
	sum.words = mergeEach(words, mergeSketches)
	sum.ids = mergeEach(ids, mergeSketches)
	return sum
}

func (s *Sketch) addTaken(o *Sketch) {
	for text := range o.taken {
		if s.taken == nil {
			s.taken = make(map[string]bool)
		}
		s.taken[text] = true
	}
}

// mergeEach merges the list of each key; nil for no keys.
func mergeEach[K comparable, V any](lists map[K][]V, merge func([]V) V) map[K]V {
	if len(lists) == 0 {
		return nil
	}
	merged := make(map[K]V, len(lists))
	for key, list := range lists {
		merged[key] = merge(list)
	}
	return merged
}

// mergePairwise merges a list two by two, so that what many small parts make together is copied
// as often as the list can be halved, and not once for each part.
func mergePairwise[V any](list []V, merge func(a, b V) V) V {
	switch len(list) {
	case 0:
		var none V
		return none
	case 1:
		return list[0]
	}
	half := len(list) / 2
	return merge(mergePairwise(list[:half], merge), mergePairwise(list[half:], merge))
}
