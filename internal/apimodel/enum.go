package apimodel

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/shape"
	"akita/internal/witness"
)

// An enum is a few words that came again and again. Where the field's name says that its
// values are a choice, fewer observations do; elsewhere each word has to have come again,
// and many times on average, as a word that came once says that others are to come.
const (
	maxEnumMembers  = 12
	minChoiceSeen   = 4 // strings in all, where the name says choice
	minChoiceEach   = 2 // strings per member on average, where the name says choice
	minEnumSeen     = 8
	minEnumEach     = 4
	maxTitledInEnum = 3 // capitalized words: more of them are names of people and places
	maxPathChoices  = 4 // words that stand for a parameter: more of them are names of things
)

// enum returns the members of the strings of s, nil where they are no enum.
func (w schemaWriter) enum(name string, s *shape.Shape) []any {
	if w.secret || s.Enum == nil || s.Enum.Many || len(s.Enum.Members) == 0 || len(s.Enum.Members) > maxEnumMembers || witness.IsSecretName(name) {
		return nil
	}
	n := uint64(len(s.Enum.Members))
	if isKindName(name) {
		if s.Strs < max(minChoiceSeen, n*minChoiceEach) {
			return nil
		}
	} else if n == 1 || s.Strs < max(minEnumSeen, n*minEnumEach) || isDataName(name) || isCode(s) || isOpen(s.Enum.Members) || w.identify(s.Enum.Members) {
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
func (w schemaWriter) identify(members []shape.Member) bool {
	if len(members) <= maxPathChoices {
		return false
	}
	n := 0
	for _, m := range members {
		if w.slugs.has(m.Text) {
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

// isKindName tells names of fields whose few values are a choice, even where only one of
// them was seen.
func isKindName(name string) bool {
	for _, word := range shape.NameWords(name) {
		switch word {
		case "type", "kind", "status", "state", "role", "currency", "mode", "level", "object", "event", "action", "unit", "priority", "severity", "visibility", "scope", "phase", "stage", "tier", "plan", "gender", "typename", "algorithm", "alg", "method", "direction", "order", "sort", "op", "operation", "cmd", "command":
			return true
		}
	}
	return false
}

// isDataName tells names of fields whose values somebody chose, however few they are: words
// for things that have names, and for what people write.
func isDataName(name string) bool {
	words := shape.NameWords(name)
	if len(words) == 0 {
		return false
	}
	switch singular(words[len(words)-1]) {
	case "tag", "label", "keyword", "topic", "hashtag", "nick", "alias", "handle", "slug", "author", "owner", "creator", "assignee", "reporter", "player", "member", "person", "customer", "tenant",
		"organization", "organisation", "org", "company", "employer", "vendor", "supplier", "merchant", "manufacturer", "team", "project", "bucket", "repo", "repository", "branch", "town", "village", "county", "province",
		"place", "venue", "family", "given", "first", "last", "headline", "summary", "body", "content", "caption", "bio", "query", "q", "search", "term", "word", "skill", "interest", "hobby", "ingredient", "artist", "album", "song",
		"subject", "id", "uid", "guid", "ref", "reference", "link", "host", "domain", "file", "path", "department", "location":
		return true
	}
	return false
}
