package apimodel

import (
	"strings"
	"unicode"

	"akita/internal/format"
	"akita/internal/shape"
)

// paramName names a path parameter as a person would, from the word before it and what
// was given for it: /users/17 is {userId}, /reports/2026-01-05 is {date},
// /articles/how-to-bake is {article}.
func paramName(before string, s segment, given *shape.Shape) string {
	name := singular(camel(before))
	if name == "" {
		name = "id"
	}
	all := func(f format.Format) bool {
		return given.Count() > 0 && given.Formats.Of(f) == given.Count()
	}
	switch {
	case s.code != "":
		return s.code
	case all(format.Date):
		return "date"
	case all(format.DateTime), all(format.LocalDateTime), all(format.Time):
		return "time"
	case all(format.Email):
		return "email"
	case s.words || name == "id":
		return name
	}
	return name + "Id"
}

// camel joins the words of a segment: "order_items" is "orderItems".
func camel(text string) string {
	var b strings.Builder
	up := false
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			up = b.Len() > 0
		case b.Len() == 0 && unicode.IsDigit(r): // a name does not start with a digit
		case up:
			b.WriteRune(unicode.ToUpper(r))
			up = false
		case b.Len() == 0:
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isPlural tells nouns of many things: below such a word its items stand.
func isPlural(word string) bool {
	switch name := camel(word); name {
	case "series", "species", "news":
		return true
	default:
		return singular(name) != name
	}
}

// singular of an English noun, by the rules that cover nearly all names of collections.
func singular(name string) string {
	switch name {
	case "people":
		return "person"
	case "children":
		return "child"
	case "statuses":
		return "status"
	case "series", "news", "species", "data", "media", "status":
		return name
	}
	for _, rule := range []struct{ end, to string }{
		{"ies", "y"}, {"sses", "ss"}, {"shes", "sh"}, {"ches", "ch"}, {"xes", "x"}, {"zes", "z"},
		{"ss", "ss"}, {"us", "us"}, {"is", "is"}, {"s", ""},
	} {
		if stem, ok := strings.CutSuffix(name, rule.end); ok && len(stem) > 1 {
			return stem + rule.to
		}
	}
	return name
}
