package shape

import (
	"slices"
	"strings"
)

// Enum counts the literal members of strings that may be an enum. It is kept in
// offline use only: on the way to a server no literal leaves.
type Enum struct {
	Members []Member `json:"members,omitzero"` // sorted; nil where there are too many
	Many    bool     `json:"many,omitzero"`    // more than MaxEnum, or one that is no word
}

// Member is one literal.
type Member struct {
	Text  string `json:"text"`
	Count uint64 `json:"count"`
}

// mergeEnum adds o's members; strings without an Enum on either side make it Many.
func (s *Shape) mergeEnum(o *Shape) {
	if o.Strs == 0 {
		return
	}
	if o.Enum == nil && s.Enum == nil {
		return
	}
	if o.Enum == nil || o.Enum.Many || s.Enum == nil && s.Strs > o.Strs || s.Enum != nil && s.Enum.Many {
		s.Enum = &Enum{Many: true}
		return
	}
	if s.Enum == nil {
		s.Enum = new(Enum)
	}
	for _, m := range o.Enum.Members {
		i, ok := slices.BinarySearchFunc(s.Enum.Members, m.Text, func(m Member, text string) int { return strings.Compare(m.Text, text) })
		if ok {
			s.Enum.Members[i].Count += m.Count
		} else {
			s.Enum.Members = slices.Insert(s.Enum.Members, i, Member{Text: strings.Clone(m.Text), Count: m.Count})
		}
	}
	if len(s.Enum.Members) > MaxEnum {
		s.Enum = &Enum{Many: true}
	}
}
