package judgement

import (
	"strconv"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/segment"
)

// codes speaks against words that are codes by their form. The form only breaks ties: such words
// are values if most of them have nothing that speaks for them.
func (l *level) codes() {
	for name, set := range l.codeSets() {
		if len(set) < 2 && name != "locale" && !(name == "version" && areVersions(l.above)) {
			continue
		}
		open := 0
		for _, i := range set {
			w := l.opinions[i].sum(RulePrior, RuleNovelty, RuleVerbs)
			if w <= 0 || w < codesOpen && name != "pair" {
				open++
			}
		}
		if name != "version" && open*2 <= len(set) {
			continue
		}
		w := codesWeight
		if len(set) >= manyCodes {
			w = codesMany
		}
		for _, i := range set {
			l.opinions[i].add(RuleCodes, w)
		}
	}
}

const (
	codesOpen = 0.5 // less than this speaks for a word: the form decides
	manyCodes = 4   // codes of one kind that are more than a chance
)

// codeSets returns the members that have the form of codes, by kind.
func (l *level) codeSets() map[string][]int {
	sets := make(map[string][]int)
	for i, m := range l.members {
		stem, _ := segment.CutSuffix(m.text)
		switch {
		case format.IsVersion(m.text):
			if m.isLeaf() {
				sets["version"] = append(sets["version"], i)
			}
		case len(stem) > 3 && isPlainCode(stem):
			sets["locale"] = append(sets["locale"], i)
		case isPairCode(stem) && !names.IsReserved(stem):
			sets["pair"] = append(sets["pair"], i)
		case 2 <= len(stem) && len(stem) <= 5 && names.IsAcronym(stem):
			of := "upper" + strconv.Itoa(len(stem))
			sets[of] = append(sets[of], i)
		}
	}
	if len(sets["locale"]) > 0 {
		sets["locale"] = append(sets["locale"], sets["pair"]...)
		delete(sets, "pair")
	}
	return sets
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
