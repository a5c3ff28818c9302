package shape

import (
	"slices"
	"strings"

	"akita/internal/format"
)

// Enum counts the literal members of strings that may be an enum. It exists in offline use only: no
// literal is sent to a server.
type Enum struct {
	Members []Member // sorted; nil if there are too many
	Many    bool     // there are more than MaxEnum members, or one that is not a word
}

// Member is one literal.
type Member struct {
	Text  string
	Count uint64
}

// mergeEnum adds o's members. Strings without an Enum on either side make it Many.
func (s *Shape) mergeEnum(o *Shape) {
	if o.Strs == 0 || o.Enum == nil && s.Enum == nil || s.Enum != nil && s.Enum.Many {
		return
	}
	if o.Enum == nil || o.Enum.Many || s.Enum == nil && s.Strs > o.Strs {
		s.Enum = &Enum{Many: true}
		return
	}
	if s.Enum == nil {
		s.Enum = new(Enum)
	}
	for _, m := range o.Enum.Members {
		s.Enum.add(m.Text, m.Count)
	}
	s.Enum.cap()
}

// addMember adds one string, which s.Strs counts already. A string that is not a word makes the Enum
// Many.
func (s *Shape) addMember(text string, word bool, a *Arena) {
	switch {
	case s.Enum == nil && (s.Strs > 1 || !word):
		s.Enum = a.enum()
		s.Enum.Many = true
	case s.Enum == nil:
		s.Enum = a.enum()
		s.Enum.Members = a.members(Member{text, 1})
	case s.Enum.Many:
	case !word:
		*s.Enum = Enum{Many: true}
	default:
		s.Enum.add(text, 1)
		s.Enum.cap()
	}
}

func (e *Enum) add(text string, n uint64) {
	i, ok := slices.BinarySearchFunc(e.Members, text, func(m Member, text string) int {
		return strings.Compare(m.Text, text)
	})
	if ok {
		e.Members[i].Count += n
	} else {
		e.Members = slices.Insert(e.Members, i, Member{Text: strings.Clone(text), Count: n})
	}
}

func (e *Enum) cap() {
	if len(e.Members) > MaxEnum {
		*e = Enum{Many: true}
	}
}

// MayBeMember reports whether a text is kept as a member of an Enum. Of other texts, it only says that
// there are some.
func MayBeMember(text string) bool { return !format.Detect(text).Strong() && enumWord(text) }
