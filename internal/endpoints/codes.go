package endpoints

import (
	"slices"
	"strconv"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
)

// resolveCodes turns words that are codes by their form ("de-DE", "EUR", two of "ZRH" and "OPO")
// into values of a parameter, however they answer.
func (p *place) resolveCodes(above string) {
	var codes []string
	sets := make(map[string][]string)
	for _, text := range sortedKeys(p.literals) {
		switch {
		case isPlainCode(text), format.IsVersion(text) && areVersions(above):
			codes = append(codes, text)
		case isPairCode(text) && !names.IsReserved(text):
			sets["pair"] = append(sets["pair"], text)
		case names.IsAcronym(text):
			of := strconv.Itoa(len(text))
			sets[of] = append(sets[of], text)
		}
	}
	for _, of := range sortedKeys(sets) {
		if set := sets[of]; len(set) >= minItems && p.noneDiffer(set) {
			codes = append(codes, set...)
		}
	}
	if len(codes) > 0 {
		p.absorbAll(codes)
		p.params[suffixOf(codes)].codes = nameOfCodes(codes, above)
	}
}

// nameOfCodes names what codes stand for: "currency". It is "" if neither their form nor their place
// shows it.
func nameOfCodes(codes []string, above string) string {
	all := func(f format.Format) bool {
		return !slices.ContainsFunc(codes, func(text string) bool { return !format.Detect(text).Has(f) })
	}
	switch {
	case all(format.Currency):
		return "currency"
	case all(format.Language) && len(codes[0]) > 3:
		return "locale"
	case all(format.Country) && names.IsAcronym(codes[0]):
		return "country"
	case all(format.Language) && above == "":
		return "language" // /de/topics, /fr/topics
	}
	return ""
}

// noneDiffer reports whether no word answers differently from the first.
func (p *place) noneDiffer(words []string) bool {
	for _, text := range words[1:] {
		if compare(p.literals[words[0]], p.literals[text]) == different {
			return false
		}
	}
	return true
}

// isPlainCode reports whether text is a code that no word looks like: a currency or country in upper
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

// areVersions reports whether versions that follow a word are those of things, not of the API.
func areVersions(above string) bool {
	return names.IsVersioned(names.Singular(names.Camel(above)))
}
