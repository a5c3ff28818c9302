package endpoints

import (
	"strings"

	"akita/internal/format"
	"akita/internal/names"
)

// resolve decides which words at and below p are values, from the whole tree and not as calls come
// in, so that neither order nor grouping matters. Words are values if siblings behave alike
// (rules.go); a word that behaves differently (me, search, set_password) stays literal, and so does
// one that says what to do. above is the word before p.
func (p *place) resolve(above string) {
	p.resolveVersions()
	p.resolveCodes(above)
	p.resolveWords(above)
	p.resolveWords(above) // words that are left may be alike to what is now a parameter
	p.resolveEndings()
	p.resolveFailed()
	for text, child := range p.literals {
		child.resolve(text)
	}
	for _, param := range p.params {
		param.resolve("{}")
	}
}

// resolveVersions removes optional versions: if "/api/1.2/users" answers as "/api/users" does, and
// so does everything else below the version, they are the same operations.
func (p *place) resolveVersions() {
	for _, text := range sortedKeys(p.literals) {
		if format.IsVersion(text) && p.mirrors(p.literals[text]) {
			version := p.literals[text]
			delete(p.literals, text)
			p.merge(version)
		}
	}
}

// mirrors reports whether everything that was called below version was called at p too.
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

// resolveWords turns words that are values into values of a parameter.
func (p *place) resolveWords(above string) {
	var rest []string
	for _, group := range p.groups() {
		if !p.decide(group, above).values {
			rest = append(rest, group.words...)
			continue
		}
		p.absorbAll(group.words)
	}
	if p.isOpenEnded(rest) {
		p.absorbAll(rest)
	}
}

// What makes a set of words open-ended.
const (
	openEnded  = 8 // words at least
	maxPerWord = 4 // calls for each of them at most, on average
)

// isOpenEnded reports whether there will always be more of such words: many that were called a few
// times each, as operations never are. It decides about words whose responses show nothing.
func (p *place) isOpenEnded(words []string) bool {
	if len(words) < openEnded || areActions(words) {
		return false
	}
	var calls uint64
	leaves, distinctive := 0, 0
	for _, text := range words {
		child := p.literals[text]
		calls += child.calls()
		if child.signature() != "" {
			distinctive++ // it answers like none of the others, or it would be in a group with them
		}
		if len(child.params) == 0 && len(child.literals) <= 1 {
			leaves++
		}
	}
	return calls <= uint64(len(words)*maxPerWord) && leaves == len(words) &&
		distinctive*2 <= len(words) && p.calledOnce(words)*2 >= len(words)
}

// calledOnce counts the words that were called once.
func (p *place) calledOnce(words []string) int {
	count := 0
	for _, text := range words {
		if p.literals[text].calls() == 1 {
			count++
		}
	}
	return count
}

// resolveEndings joins the parameters for values with several endings: the ending is then part of
// the value.
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

// resolveFailed turns words that never succeeded into values of the parameter beside them: what
// they name does not exist, or may not be seen. Without a parameter they stay, and are unmatched if
// every response was 404.
func (p *place) resolveFailed() {
	if p.params[""] == nil {
		return
	}
	for _, text := range sortedKeys(p.literals) {
		if text == "" {
			continue
		}
		child := p.literals[text]
		if !child.exists() || !child.succeeds() && !names.IsReserved(text) && !names.IsSpecial(text) {
			p.absorb(text, "")
		}
	}
}
