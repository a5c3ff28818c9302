package endpoints

import (
	"strings"

	"akita/internal/format"
)

// Which words of a path are data is decided here, from the whole tree and not as calls
// come in, so that order and grouping cannot matter. Words are data where siblings
// behave alike (alike.go); what behaves differently (me, search, set_password) stays literal,
// and so do words that say what to do.
const (
	minWords      = 3  // words that behave alike, where nothing else says that there are values
	minItems      = 2  // in a collection, or beside an id that behaves alike
	openEnded     = 8  // words of which most are new: there will always be more
	rareShare     = 4  // calls of a parameter for each call of a word that is one of its values
	veryRareShare = 20 // and of one that may be, though nothing shows it
	maxPerWord    = 4  // calls for each of the words of an open-ended set
	actionPercent = 40
)

// resolve decides, at p and below, which words are data. above is the word before p.
func (p *place) resolve(above string) {
	p.resolveVersions()
	p.resolveCodes(above)
	p.resolveWords(above)
	p.resolveWords(above) // what is left may be alike to what is now a parameter
	p.resolveEndings()
	p.resolveNoise()
	for text, child := range p.literals {
		child.resolve(text)
	}
	for _, param := range p.params {
		param.resolve("{}")
	}
}

// resolveVersions takes optional versions out: where "/api/1.2/users" answers as "/api/users"
// does, and so does all that was called below the version, they are the same operations.
func (p *place) resolveVersions() {
	for _, text := range sortedKeys(p.literals) {
		if format.IsVersion(text) && p.mirrors(p.literals[text]) {
			version := p.literals[text]
			delete(p.literals, text)
			p.merge(version)
		}
	}
}

// mirrors reports whether all that was called below version was called at p too.
func (p *place) mirrors(version *place) bool {
	if len(version.params) > 0 || len(version.literals) == 0 {
		return false
	}
	for text, child := range version.literals {
		own := p.literals[text]
		if text != "" && (own == nil || compare(own, child) == different) {
			return false
		}
	}
	return true
}

// resolveWords turns literal children that are data into values of a parameter.
func (p *place) resolveWords(above string) {
	var rest []string
	for _, group := range p.groups() {
		if !p.areValues(group, above) {
			rest = append(rest, group.words...)
			continue
		}
		p.absorbAll(group.words)
	}
	if p.isOpenEnded(rest) {
		p.absorbAll(rest)
	}
}

// isOpenEnded tells words of which there will always be more: many, called a few times
// each, as no API has operations. It decides where answers say nothing.
func (p *place) isOpenEnded(words []string) bool {
	if len(words) < openEnded || actions(words)*100 >= len(words)*actionPercent {
		return false
	}
	var calls uint64
	leaf, telling := 0, 0
	for _, text := range words {
		child := p.literals[text]
		calls += child.calls()
		if child.signature() != "" {
			telling++ // it answers like none of the others, else it were in a group with them
		}
		if len(child.params) == 0 && len(child.literals) <= 1 {
			leaf++
		}
	}
	return calls <= uint64(len(words)*maxPerWord) && leaf == len(words) && telling*2 <= len(words) && p.singletons(words)*2 >= len(words)
}

func (p *place) singletons(words []string) int {
	count := 0
	for _, text := range words {
		if p.literals[text].calls() == 1 {
			count++
		}
	}
	return count
}

// resolveEndings joins values with several endings: then the ending is part of the value.
func (p *place) resolveEndings() {
	var endings []string
	for _, suffix := range sortedKeys(p.params) {
		if strings.HasPrefix(suffix, ".") {
			endings = append(endings, suffix)
		}
	}
	if len(endings) == 0 || len(endings) == 1 && p.params[""] == nil {
		return
	}
	first := p.params[endings[0]]
	if plain := p.params[""]; plain != nil {
		first = plain
	}
	for _, suffix := range endings {
		if v := compare(first, p.params[suffix]); v == different || v == unknown {
			return
		}
	}
	for _, suffix := range endings {
		param := p.params[suffix]
		delete(p.params, suffix)
		p.param("").merge(param)
	}
}

// resolveNoise looks at words that were never answered well: beside a parameter they are
// values, which do not exist or may not be seen. Elsewhere they stay, and are dropped as
// noise where nothing but 404 answered.
func (p *place) resolveNoise() {
	if p.params[""] == nil {
		return
	}
	for _, text := range sortedKeys(p.literals) {
		if child := p.literals[text]; text != "" && (!child.exists() || !child.succeeds() && !reserved[text] && !special[text]) {
			p.absorb(text, "")
		}
	}
}
