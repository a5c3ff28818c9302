package endpoints

import (
	"slices"

	"akita/internal/format"
	"akita/internal/names"
	grammar "akita/internal/segment"
)

// nameOfCodes returns what codes stand for, such as "currency". It returns "" if neither their form
// nor their place shows it.
func nameOfCodes(codes []string, above string) string {
	all := func(f format.Format) bool {
		return !slices.ContainsFunc(codes, func(text string) bool {
			stem, _ := grammar.CutSuffix(text)
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
