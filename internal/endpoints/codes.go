package endpoints

import (
	"slices"
	"strconv"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
)

// Some words are codes by their form: what stands in their place is a value, whatever it
// answers, as a person sees at a glance.

// resolveCodes turns codes among the children into values of a parameter.
func (p *place) resolveCodes(above string) {
	var codes []string
	sets := make(map[string][]string)
	for _, text := range sortedKeys(p.literals) {
		switch {
		case isPlainCode(text), format.IsVersion(text) && areVersions(above):
			codes = append(codes, text)
		case isPairCode(text) && !reserved[text]:
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

// nameOfCodes names what codes are of, where their form says it, or that nothing stands above
// them; else "".
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

// noneDiffer reports whether nothing speaks against words being values of one parameter.
func (p *place) noneDiffer(words []string) bool {
	for _, text := range words[1:] {
		if compare(p.literals[words[0]], p.literals[text]) == different {
			return false
		}
	}
	return true
}

// isPlainCode tells codes that no word looks like: currencies and countries in upper case, and
// locales with a region.
func isPlainCode(text string) bool {
	formats := format.Detect(text)
	return text == strings.ToUpper(text) && (formats.Has(format.Currency) || formats.Has(format.Country)) || len(text) > 3 && formats.Has(format.Language)
}

// isPairCode tells codes of countries and languages of two letters, some of which are words too.
func isPairCode(text string) bool {
	formats := format.Detect(text)
	return len(text) == 2 && (formats.Has(format.Country) || formats.Has(format.Language))
}

// areVersions tells the word before a place where versions of a thing stand, and not of the API.
func areVersions(above string) bool {
	switch names.Singular(names.Camel(above)) {
	case "version", "release", "tag":
		return true
	}
	return false
}
