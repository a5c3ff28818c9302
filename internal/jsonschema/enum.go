package jsonschema

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// An enum is a few words that came again and again. Where the field's name says that its
// values are a choice, fewer observations do; elsewhere each word has to have come again,
// and many times on average, as a word that came once says that others are to come.
const (
	maxEnumMembers  = 12
	minChoiceSeen   = 4 // strings in all, where the name says choice
	minChoiceEach   = 2 // strings per Member on average, where the name says choice
	minEnumSeen     = 8
	minEnumEach     = 4
	maxTitledInEnum = 3 // capitalized words: more of them are names of people and places
	maxPathChoices  = 4 // words that stand for a parameter: more of them are names of things
)

// enum returns the members of the strings of s, nil where they are no enum.
func (w Writer) enum(name string, s *shape.Shape) []any {
	if w.subject.Secret || s.Enum == nil || s.Enum.Many || len(s.Enum.Members) == 0 || len(s.Enum.Members) > maxEnumMembers || names.IsPrivate(name) {
		return nil
	}
	n := uint64(len(s.Enum.Members))
	if names.IsChoice(name) {
		if s.Strs < max(minChoiceSeen, n*minChoiceEach) {
			return nil
		}
	} else if n == 1 || s.Strs < max(minEnumSeen, n*minEnumEach) || names.IsUserChosen(name) || isCode(s) || isOpen(s.Enum.Members) || w.identify(s.Enum.Members) {
		return nil
	}
	var members []any
	for _, m := range s.Enum.Members {
		members = append(members, m.Text)
	}
	return members
}

// identify reports whether most words stand in paths in the place of a parameter: then they
// name things, unless they are so few that an API may well have a path for each choice.
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

// isOpen tells words of which more are to come: one came once only, or they are capitalized.
func isOpen(members []shape.Member) bool {
	titled := !slices.ContainsFunc(members, func(m shape.Member) bool { return !isTitled(m.Text) })
	return titled && len(members) > maxTitledInEnum || slices.ContainsFunc(members, func(m shape.Member) bool { return m.Count == 1 })
}

// isTitled tells a single word with one capital, which is its first letter.
func isTitled(text string) bool {
	return len(text) > 1 && 'A' <= text[0] && text[0] <= 'Z' && strings.Trim(text[1:], "abcdefghijklmnopqrstuvwxyz") == ""
}

// isCode reports whether all strings are codes of a list that is longer than what was seen.
func isCode(s *shape.Shape) bool {
	for _, f := range []format.Format{format.Country, format.Currency, format.Language} {
		if n := s.Formats.Of(f); n > 0 && n == s.Strs-s.Empties {
			return true
		}
	}
	return false
}
