package jsonschema

import (
	"slices"
	"strings"

	"akita/internal/shape"
)

// maxAlternatives bounds the number of alternative fields.
const maxAlternatives = 6

// surprise is the expected number of objects with two of the alternatives or with none, if each field
// came independently of the others. From this number on, seeing none of them rules out chance.
const surprise = 8

// alternatives looks for fields such as "result" and "error": every object has exactly one of them.
// It returns a kind of objects for each field, or nil if there are no such fields.
func alternatives(sets []shape.KeySet) []*objectKind {
	if len(sets) < 2 {
		return nil
	}
	s := newSelection(sets)
	if !s.cover(nil) || !s.convinces() {
		return nil
	}
	kinds := make([]*objectKind, len(s.chosen))
	for i, name := range s.chosen {
		kinds[i] = &objectKind{fields: make(map[string]uint64)}
		for _, set := range s.sets {
			if !slices.Contains(set.names, name) {
				continue
			}
			kinds[i].count += set.count
			for _, other := range set.names {
				kinds[i].fields[other] += set.count
			}
		}
	}
	return kinds
}

// selection searches for fields such that every combination has exactly one of them.
type selection struct {
	sets   []combination
	counts map[string]uint64 // objects by field
	total  uint64
	chosen []string
}

type combination struct {
	names []string
	count uint64
}

func newSelection(sets []shape.KeySet) *selection {
	s := &selection{counts: make(map[string]uint64)}
	for _, set := range sets {
		c := combination{strings.Split(set.Names, "\n"), set.Count}
		s.sets = append(s.sets, c)
		s.total += c.count
		for _, name := range c.names {
			s.counts[name] += c.count
		}
	}
	return s
}

// cover chooses fields until every combination has one, and reports whether that is possible. barred
// are the fields that came together with a chosen one.
func (s *selection) cover(barred map[string]bool) bool {
	open := slices.IndexFunc(s.sets, func(c combination) bool {
		return !slices.ContainsFunc(c.names, func(name string) bool { return slices.Contains(s.chosen, name) })
	})
	if open < 0 {
		return len(s.chosen) > 1
	}
	if len(s.chosen) == maxAlternatives {
		return false
	}
	for _, name := range s.sets[open].names {
		if name == "" || barred[name] || s.counts[name] == s.total {
			continue
		}
		s.chosen = append(s.chosen, name)
		if s.cover(s.barredBy(name, barred)) {
			return true
		}
		s.chosen = s.chosen[:len(s.chosen)-1]
	}
	return false
}

// barredBy returns the barred fields with those that came together with a name.
func (s *selection) barredBy(name string, barred map[string]bool) map[string]bool {
	out := make(map[string]bool, len(barred))
	for other := range barred {
		out[other] = true
	}
	for _, set := range s.sets {
		if slices.Contains(set.names, name) {
			for _, other := range set.names {
				out[other] = true
			}
		}
	}
	return out
}

// convinces reports whether chance would have made enough combinations that were not seen.
func (s *selection) convinces() bool {
	n, pairs, none := float64(s.total), 0., 1.
	for i, a := range s.chosen {
		share := float64(s.counts[a]) / n
		none *= 1 - share
		for _, b := range s.chosen[i+1:] {
			pairs += share * float64(s.counts[b]) / n
		}
	}
	return n*(pairs+none) >= surprise
}
