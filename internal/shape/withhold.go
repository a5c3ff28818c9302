package shape

import (
	"slices"
	"strings"
)

// Withhold turns the fields whose index is in withheld into entries of a map: it keeps the shapes of
// their values and drops their names. The object may share memory with its former self.
func (p *Object) Withhold(withheld []int) {
	if len(withheld) == 0 {
		return
	}
	names := make(map[string]bool, len(withheld))
	for _, i := range withheld {
		f := p.Fields[i]
		names[f.Name] = true
		p.spill(Fields{f}, maxTagLevels)
	}
	p.Fields = slices.DeleteFunc(slices.Clone(p.Fields), func(f Field) bool { return names[f.Name] })
	p.Sets = withoutNames(p.Sets, names)
	p.Tags, p.Untagged = nil, p.Untagged || len(p.Tags) > 0
}

// withoutNames returns the combinations of fields that remain without some of them.
func withoutNames(sets []KeySet, names map[string]bool) []KeySet {
	var out []KeySet
	for _, set := range sets {
		var kept []string
		for name := range strings.SplitSeq(set.Names, "\n") {
			if !names[name] {
				kept = append(kept, name)
			}
		}
		joined := strings.Join(kept, "\n")
		i, found := slices.BinarySearchFunc(out, joined, func(s KeySet, names string) int {
			return strings.Compare(s.Names, names)
		})
		if !found {
			out = slices.Insert(out, i, KeySet{Names: joined})
		}
		out[i].Count += set.Count
	}
	if len(out) == 1 {
		return nil // all objects have all the fields that are left
	}
	return out
}
