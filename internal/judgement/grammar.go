package judgement

import (
	"strings"

	"akita/internal/format"
	"akita/internal/names"
)

// version speaks for versions of the API, which lead to something.
func (l *level) version() {
	for i, m := range l.members {
		if format.IsVersion(m.text) && len(m.words)+len(m.ids) > 0 {
			l.opinions[i].add(RuleVersion, versionOfAPI)
		}
	}
}

// grammar speaks for words that the language makes names of an API: pronouns, words such as
// "search", and plurals that lead to ids.
func (l *level) grammar() {
	for i, m := range l.members {
		o := l.opinions[i]
		if names.IsPronoun(strings.ToLower(m.text)) {
			o.add(RuleGrammar, grammarPronoun)
		}
		if isSpecial(m.text) {
			o.add(RuleGrammar, grammarSpecial)
		}
		if p := m.ids[""]; p != nil && p.kind == strictIDs && names.IsPlural(m.text) {
			o.add(RuleGrammar, grammarPlural)
		}
	}
}

// verbs speaks for all words of a level if many of them say what to do.
func (l *level) verbs() {
	if !l.areActions() {
		return
	}
	for _, o := range l.opinions {
		o.add(RuleVerbs, verbsWeight)
	}
}

// isSpecial reports whether a word is one that APIs use beside values.
func isSpecial(text string) bool {
	lower := strings.ToLower(text)
	return names.IsSpecial(lower) || names.IsReserved(lower)
}

// areActions reports whether many of the words begin or end with a verb: "users.list", "getUser".
func (l *level) areActions() bool {
	actions := 0
	for _, m := range l.members {
		if isAction(m.text) {
			actions++
		}
	}
	return len(l.members) > 1 && actions*100 >= len(l.members)*actionPercent
}

// actionPercent is the share of words that say what to do from which on all of them are names.
const actionPercent = 40

func isAction(text string) bool {
	parts := names.Words(text)
	if len(parts) == 0 {
		return false
	}
	joined := strings.ContainsAny(text, "._ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return names.IsVerb(parts[0]) && (len(parts) == 1 || joined) || joined && names.IsVerb(parts[len(parts)-1])
}
