package endpoints

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/judgement"
	"akita/internal/names"
	grammar "akita/internal/segment"
)

// resolveVersions removes optional versions: if "/api/1.2/users" and everything else below the version
// responds as it does without the version, they are the same operations.
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

// resolveEndingsOfWords makes the ending of values a part of them if words with that ending were taken
// for values of a parameter without it: "{}.pdf" beside "report.pdf" and "photo.png".
func (p *place) resolveEndingsOfWords(taken []string) {
	if judgement.CommonSuffix(taken) != "" {
		return
	}
	for _, suffix := range sortedKeys(p.params) {
		hasEnding := func(word string) bool { return strings.HasSuffix(word, suffix) }
		if strings.HasPrefix(suffix, ".") && slices.ContainsFunc(taken, hasEnding) {
			p.joinEnding(suffix)
		}
	}
}

// joinEnding makes an ending a part of the values.
func (p *place) joinEnding(suffix string) {
	param := p.params[suffix]
	delete(p.params, suffix)
	p.param("").merge(param)
}

// resolveEndings joins the parameters whose values have different endings. The ending becomes part of
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
		p.joinEnding(suffix)
	}
}

// resolveFailed turns words without a successful call into values of the sibling parameter: they name
// an object that does not exist or must not be seen. Without a parameter they stay, and are unmatched
// if every response was 404. A parameter whose values were never found either does not count.
func (p *place) resolveFailed() {
	if values := p.params[""]; values == nil || !values.exists() || values.isWithheld() {
		return // what was never found or is withheld proves no parameter
	}
	for _, text := range sortedKeys(p.literals) {
		if text == "" || grammar.IsActionKey(text) {
			continue
		}
		child := p.literals[text]
		if !child.exists() || !child.succeeds() && !names.IsReserved(text) && !names.IsSpecial(text) {
			p.absorb(text, "")
		}
	}
}
