package jsonschema

import (
	"strings"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// An enum is a few words that came again and again. If the field's name says that its values are a
// choice, fewer observations are enough. If not, every word must have come more than once, and many
// times on average: a word that came once shows that others will come.
const (
	maxEnumMembers  = 12
	minChoiceSeen   = 4 // strings in all, if the name says choice
	minChoiceEach   = 2 // strings per member on average, if the name says choice
	minEnumSeen     = 8
	minEnumEach     = 4
	maxTitledInEnum = 3 // capitalized words; more of them are names of people and places
	maxPathChoices  = 4 // words that were values in paths; more of them are names of things
)

// enum returns the members of the strings of s, nil if they are not an enum.
func (w Writer) enum(name string, s *shape.Shape) []any {
	if w.subject.Secret || names.IsPrivate(name) || s.Enum == nil || s.Enum.Many {
		return nil
	}
	n := uint64(len(s.Enum.Members))
	switch {
	case n == 0 || n > maxEnumMembers:
		return nil
	case names.IsChoice(name):
		if s.Strs < max(minChoiceSeen, n*minChoiceEach) {
			return nil
		}
	case n == 1 || s.Strs < max(minEnumSeen, n*minEnumEach):
		return nil
	case names.IsUserChosen(name) || isCode(s) || isOpen(s.Enum.Members) || w.identify(s.Enum.Members):
		return nil
	}
	var members []any
	for _, m := range s.Enum.Members {
		members = append(members, m.Text)
	}
	return members
}

// identify reports whether most members were values in paths, so that they name things; a few may as
// well be choices that an API has a path for.
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

// isOpen reports whether the set is likely incomplete: a member came once only, or there are more
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

// isTitled reports whether text is a single word with one capital, its first letter.
func isTitled(text string) bool {
	if len(text) < 2 || text[0] < 'A' || text[0] > 'Z' {
		return false
	}
	return strings.Trim(text[1:], "abcdefghijklmnopqrstuvwxyz") == ""
}

// isCode reports whether all strings are codes of a published list, which is longer than what was
// seen.
func isCode(s *shape.Shape) bool {
	for _, f := range []format.Format{format.Country, format.Currency, format.Language} {
		if n := s.Formats.Of(f); n > 0 && n == s.Strs-s.Empties {
			return true
		}
	}
	return false
}
