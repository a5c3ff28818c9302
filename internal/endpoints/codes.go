package endpoints

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/witness"
)

// nameOfCodes returns what codes stand for, such as "currency". It returns "" if neither their form
// nor their place shows it.
func nameOfCodes(codes []string, above string) string {
	all := func(f format.Format) bool {
		return !slices.ContainsFunc(codes, func(text string) bool {
			stem, _ := witness.CutSuffix(text)
			return !format.Detect(stem).Has(f)
		})
	}
	switch {
	case all(format.Language) && len(codes[0]) > 3:
		return "locale"
	case len(codes) < 2:
		return "" // a single code may stand for anything
	case all(format.Currency):
		return "currency"
	case all(format.Country) && names.IsAcronym(codes[0]):
		return "country"
	case all(format.Language) && above == "":
		return "language" // /de/topics, /fr/topics
	}
	return ""
}

// isPlainCode reports whether text is a code that cannot be a word: a currency or country in upper
// case, or a locale with a region.
func isPlainCode(text string) bool {
	formats := format.Detect(text)
	isUpper := text == strings.ToUpper(text)
	return isUpper && (formats.Has(format.Currency) || formats.Has(format.Country)) ||
		len(text) > 3 && formats.Has(format.Language)
}

// isPairCode reports whether text is a code of two letters for a country or a language. Some of them
// are words too.
func isPairCode(text string) bool {
	formats := format.Detect(text)
	return len(text) == 2 && (formats.Has(format.Country) || formats.Has(format.Language))
}

// areVersions reports whether versions after a word are versions of things, not of the API.
func areVersions(above string) bool {
	return names.IsVersioned(names.Singular(names.Camel(above)))
}
