package jsonschema

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// An enum is a few words that occurred again and again. If the field's name says that its values are
// a choice, fewer observations are enough. If not, every word must have occurred more than once, and
// many times on average: a word that occurred once suggests that others will follow.
const (
	maxEnumMembers  = 12
	minChoiceSeen   = 4 // strings in all, if the name says choice
	minChoiceEach   = 2 // strings per member on average, if the name says choice
	maxChoiceNew    = 5 // at most one string in so many may be a word that occurred once, if the name says choice
	minEnumSeen     = 8
	minEnumEach     = 4
	maxTitledInEnum = 3 // capitalized words; more of them are names of people and places
	maxPathChoices  = 4 // words that were values in paths; more of them are names of things
)

// enum returns the members of the strings of s, nil if they are not an enum. The strings in the same
// place of bodies of other actions count too: an enum is the same in all of them.
func (w Writer) enum(name string, s *shape.Shape) []any {
	if members := w.enumOf(name, s); members != nil || w.all == nil || s.Enum == nil {
		return members
	}
	return w.enumOf(name, w.all)
}

// Members returns the members of the strings of s, a value of a field or parameter, nil if they are not an
// enum.
func (w Writer) Members(name string, s *shape.Shape) []shape.Member {
	if w.enumOf(name, s) == nil {
		return nil
	}
	return s.Enum.Members
}

func (w Writer) enumOf(name string, s *shape.Shape) []any {
	if w.subject.Secret || w.whole || s.Enum == nil || s.Enum.Many || len(s.Enum.Members) > maxEnumMembers {
		return nil
	}
	if names.IsPrivate(name) {
		return nil
	}
	n := uint64(len(s.Enum.Members))
	isChoice := names.IsChoice(name)
	switch {
	case n == 0:
		return nil
	case n == 1 && !(isChoice && isCurrency(s)):
		return nil // a choice has two members at least, and a single word may be data
	case isChoice:
		if s.Strs < max(minChoiceSeen, n*minChoiceEach) || newWords(s.Enum.Members)*maxChoiceNew > s.Strs {
			return nil
		}
	case s.Strs < max(minEnumSeen, n*minEnumEach):
		return nil
	case names.IsUserChosen(name) || areNames(name, s.Enum.Members) || isCode(s) || isOpen(s.Enum.Members) ||
		w.identify(s.Enum.Members):
		return nil
	}
	var members []any
	for _, m := range s.Enum.Members {
		members = append(members, m.Text)
	}
	return members
}

// isCurrency reports whether all strings are codes of currencies. They are from a public list, and
// which of them an API uses is a property of the API, not of a person.
func isCurrency(s *shape.Shape) bool {
	return s.Formats.Of(format.Currency) == s.Strs-s.Empties && s.Empties < s.Strs
}

// newWords counts the members that occurred once. Their share of all strings estimates the share of
// future strings that will be new (Good, "The population frequencies of species", Biometrika 40,
// 1953).
func newWords(members []shape.Member) (n uint64) {
	for _, m := range members {
		if m.Count == 1 {
			n++
		}
	}
	return n
}

// areWhole reports whether every array held all members. Such a list is one value that occurred
// often; its members were not chosen one by one.
func areWhole(arrays *shape.Shape) bool {
	items := arrays.Items
	if items.Enum == nil || items.Count() != items.Strs {
		return false
	}
	for _, m := range items.Enum.Members {
		if m.Count != arrays.Arrs {
			return false
		}
	}
	return true
}

// identify reports whether most members were values in paths, so that they name things. A few such
// members may also be choices that have a path each.
func (w Writer) identify(members []shape.Member) bool {
	if w.config.IsSlug == nil || len(members) <= maxPathChoices {
		return false
	}
	n := 0
	for _, m := range members {
		if w.config.IsSlug(m.Text) {
			n++
		}
	}
	return n*2 > len(members)
}

// isOpen reports whether the set is likely incomplete: a member occurred only once, or there are more
// than a few and all are capitalized.
func isOpen(members []shape.Member) bool {
	allTitled := len(members) > maxTitledInEnum
	for _, m := range members {
		if m.Count == 1 {
			return true
		}
		allTitled = allTitled && isTitled(m.Text)
	}
	return allTitled
}

// maxInitials is the length of the initials of a person.
const maxInitials = 3

// areNames reports whether a field of this name holds things or people, and a member is written like
// the name of a thing or like initials.
func areNames(name string, members []shape.Member) bool {
	return names.IsNamed(name) && slices.ContainsFunc(members, func(m shape.Member) bool {
		return isTitled(m.Text) || len(m.Text) <= maxInitials && names.IsAcronym(m.Text)
	})
}

// isTitled reports whether text is a single word with one capital, its first letter.
func isTitled(text string) bool {
	if len(text) < 2 || text[0] < 'A' || text[0] > 'Z' {
		return false
	}
	return strings.Trim(text[1:], "abcdefghijklmnopqrstuvwxyz") == ""
}

// isCode reports whether all strings are codes of a published list, which has more members than were
// seen.
func isCode(s *shape.Shape) bool {
	for _, f := range []format.Format{format.Country, format.Currency, format.Language} {
		if n := s.Formats.Of(f); n > 0 && n == s.Strs-s.Empties {
			return true
		}
	}
	return false
}
