package endpoints

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
)

// areValues judges words that behave alike.
func (p *place) areValues(g *group, above string) bool {
	words, how := g.words, g.verdict()
	specials := 0
	for _, text := range words {
		if lower := strings.ToLower(text); special[lower] || reserved[lower] {
			specials++
		}
	}
	if actions(words)*100 >= len(words)*actionPercent || specials*2 >= len(words) && len(words) > 1 {
		return false
	}
	if p.areVersionsOfThings(words) {
		return true
	}
	param := p.paramFor(g)
	if slices.ContainsFunc(words, func(text string) bool { return len(p.literals[text].params) > 0 }) {
		if above == "" || areCollections(words) {
			return false
		}
		return how == similar && len(words) >= minWords || specials == 0 && g.leadsAsIDsDo(param, above)
	}
	word := p.literals[words[0]]
	if param == nil || !param.succeeds() { // what only scanners ask for says nothing of its siblings
		switch {
		case how == similar && len(words) >= minWords:
			return true
		case how == similar && len(words) >= minItems, how == weak && len(words) >= minWords:
			return names.IsPlural(above)
		}
		return false
	}
	rare := word.calls()*rareShare <= param.calls()
	veryRare := word.calls()*veryRareShare <= param.calls()
	switch compare(param, g.sum) {
	case different:
		return len(words) >= minWords && how == similar
	case similar:
		return len(words) >= minItems || veryRare || specials == 0 && (rare || word.signature() == param.signature())
	case weak:
		if above == "" {
			return false // at the root nearly everything is code
		}
		return len(words) >= minItems || veryRare || specials == 0 && rare
	default:
		return len(words) >= minWords && how == similar || len(words) >= minItems && how >= weak && names.IsPlural(above) || above != "" && veryRare && specials == 0 && param.covers(word)
	}
}

// paramFor is the parameter that words may be values of: for those that end as they do, else
// the one without an ending.
func (p *place) paramFor(g *group) *place {
	param := p.params[suffixOf(g.words)]
	if param == nil || !param.covers(g.sum) {
		param = cmp.Or(p.params[""], param)
	}
	return param
}

// leadsAsIDsDo tells words that lead to ids, right below them, as the values of a parameter do,
// and alike: /hooks/THQVX/17 beside /hooks/T07AB/23. Where answers say little, these must be
// items of what stands above.
func (g *group) leadsAsIDsDo(p *place, above string) bool {
	if p == nil || !p.succeeds() || len(p.params) == 0 || g.sum.hasItems() || !p.covers(g.sum) {
		return false
	}
	how := compare(p, g.sum)
	return how == similar || how == weak && names.IsPlural(above)
}

// areCollections tells words that are plurals, most of them: what stands below each is its items.
func areCollections(words []string) bool {
	plurals := 0
	for _, text := range words {
		if names.IsPlural(text) {
			plurals++
		}
	}
	return plurals*2 > len(words)
}

// areVersionsOfThings tells versions that nothing follows: those of files and of devices, not
// of the API.
func (p *place) areVersionsOfThings(words []string) bool {
	for _, text := range words {
		if child := p.literals[text]; !format.IsVersion(text) || len(child.literals)+len(child.params) > 0 {
			return false
		}
	}
	return len(words) >= minItems
}
