package apimodel

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/witness"
)

// notModified is the status of an answer that has not changed since the client's copy of it.
const notModified = 304

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

// resolve decides, at n and below, which words are data. above is the word before n.
func (n *node) resolve(above string) {
	n.resolveVersions()
	n.resolveCodes(above)
	n.resolveWords(above)
	n.resolveWords(above) // what is left may be alike to what is now a parameter
	n.resolveEndings()
	n.resolveNoise()
	for text, child := range n.literals {
		child.resolve(text)
	}
	for _, param := range n.params {
		param.resolve("{}")
	}
}

// resolveVersions takes optional versions out: where "/api/1.2/users" answers as "/api/users"
// does, and so does all that was called below the version, they are the same operations.
func (n *node) resolveVersions() {
	for _, text := range sortedKeys(n.literals) {
		if format.IsVersion(text) && n.mirrors(n.literals[text]) {
			version := n.literals[text]
			delete(n.literals, text)
			n.merge(version, unbounded)
		}
	}
}

// mirrors reports whether all that was called below version was called at n too.
func (n *node) mirrors(version *node) bool {
	if len(version.params) > 0 || len(version.literals) == 0 {
		return false
	}
	for text, child := range version.literals {
		own := n.literals[text]
		if text != "" && (own == nil || compare(own, child) == different) {
			return false
		}
	}
	return true
}

// resolveWords turns literal children that are data into values of a parameter.
func (n *node) resolveWords(above string) {
	var rest []string
	for _, group := range n.groups() {
		if !n.areValues(group, above) {
			rest = append(rest, group.words...)
			continue
		}
		n.absorbAll(group.words)
	}
	if n.isOpenEnded(rest) {
		n.absorbAll(rest)
	}
}

// areValues judges words that behave alike.
func (n *node) areValues(g *group, above string) bool {
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
	if n.areVersionsOfThings(words) {
		return true
	}
	p := n.paramFor(g)
	if slices.ContainsFunc(words, func(text string) bool { return len(n.literals[text].params) > 0 }) {
		if above == "" || areCollections(words) {
			return false
		}
		return how == similar && len(words) >= minWords || specials == 0 && g.leadsAsIDsDo(p, above)
	}
	word := n.literals[words[0]]
	if p == nil || !p.succeeds() { // what only scanners ask for says nothing of its siblings
		switch {
		case how == similar && len(words) >= minWords:
			return true
		case how == similar && len(words) >= minItems, how == weak && len(words) >= minWords:
			return names.IsPlural(above)
		}
		return false
	}
	rare := word.calls()*rareShare <= p.calls()
	veryRare := word.calls()*veryRareShare <= p.calls()
	switch compare(p, g.sum) {
	case different:
		return len(words) >= minWords && how == similar
	case similar:
		return len(words) >= minItems || veryRare || specials == 0 && (rare || word.signature() == p.signature())
	case weak:
		if above == "" {
			return false // at the root nearly everything is code
		}
		return len(words) >= minItems || veryRare || specials == 0 && rare
	default:
		return len(words) >= minWords && how == similar || len(words) >= minItems && how >= weak && names.IsPlural(above) || above != "" && veryRare && specials == 0 && p.knows(word)
	}
}

// paramFor is the parameter that words may be values of: for those that end as they do, else
// the one without an ending.
func (n *node) paramFor(g *group) *node {
	p := n.params[suffixOf(g.words)]
	if p == nil || !p.knows(g.sum) {
		p = cmp.Or(n.params[""], p)
	}
	return p
}

// leadsAsIDsDo tells words that lead to ids, right below them, as the values of a parameter do,
// and alike: /hooks/THQVX/17 beside /hooks/T07AB/23. Where answers say little, these must be
// items of what stands above.
func (g *group) leadsAsIDsDo(p *node, above string) bool {
	if p == nil || !p.succeeds() || len(p.params) == 0 || g.sum.hasItems() || !p.knows(g.sum) {
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
func (n *node) areVersionsOfThings(words []string) bool {
	for _, text := range words {
		if child := n.literals[text]; !format.IsVersion(text) || len(child.literals)+len(child.params) > 0 {
			return false
		}
	}
	return len(words) >= minItems
}

// knows reports whether all that was called at and below other was called at n too.
func (n *node) knows(other *node) bool {
	for method := range other.ops {
		if n.ops[method] == nil {
			return false
		}
	}
	for text, child := range other.literals {
		if own := n.literals[text]; own == nil || !own.knows(child) {
			return false
		}
	}
	for suffix, param := range other.params {
		if own := n.params[suffix]; own == nil || !own.knows(param) {
			return false
		}
	}
	return true
}

// isOpenEnded tells words of which there will always be more: many, called a few times
// each, as no API has operations. It decides where answers say nothing.
func (n *node) isOpenEnded(words []string) bool {
	if len(words) < openEnded || actions(words)*100 >= len(words)*actionPercent {
		return false
	}
	var calls uint64
	leaf, telling := 0, 0
	for _, text := range words {
		child := n.literals[text]
		calls += child.calls()
		if child.signature() != "" {
			telling++ // it answers like none of the others, else it were in a group with them
		}
		if len(child.params) == 0 && len(child.literals) <= 1 {
			leaf++
		}
	}
	return calls <= uint64(len(words)*maxPerWord) && leaf == len(words) && telling*2 <= len(words) && n.singletons(words)*2 >= len(words)
}

func (n *node) singletons(words []string) int {
	count := 0
	for _, text := range words {
		if n.literals[text].calls() == 1 {
			count++
		}
	}
	return count
}

// absorbAll turns words into values of one parameter. Where all end alike, the ending stays
// part of the path.
func (n *node) absorbAll(words []string) {
	suffix := suffixOf(words)
	for _, text := range words {
		n.absorb(text, suffix, unbounded)
	}
	n.param(suffix, unbounded).told += uint64(len(words))
}

// suffixOf is what all words end with, an ending or an action; "" for nothing.
func suffixOf(words []string) string {
	_, suffix := witness.CutSuffix(words[0])
	for _, text := range words[1:] {
		if _, other := witness.CutSuffix(text); other != suffix {
			return ""
		}
	}
	return suffix
}

// resolveEndings joins values with several endings: then the ending is part of the value.
func (n *node) resolveEndings() {
	var endings []string
	for _, suffix := range sortedKeys(n.params) {
		if strings.HasPrefix(suffix, ".") {
			endings = append(endings, suffix)
		}
	}
	if len(endings) == 0 || len(endings) == 1 && n.params[""] == nil {
		return
	}
	first := n.params[endings[0]]
	if plain := n.params[""]; plain != nil {
		first = plain
	}
	for _, suffix := range endings {
		if v := compare(first, n.params[suffix]); v == different || v == unknown {
			return
		}
	}
	for _, suffix := range endings {
		param := n.params[suffix]
		delete(n.params, suffix)
		n.param("", unbounded).merge(param, unbounded)
	}
}

// resolveNoise looks at words that were never answered well: beside a parameter they are
// values, which do not exist or may not be seen. Elsewhere they stay, and are dropped as
// noise where nothing but 404 answered.
func (n *node) resolveNoise() {
	if n.params[""] == nil {
		return
	}
	for _, text := range sortedKeys(n.literals) {
		if child := n.literals[text]; text != "" && (!child.live() || !child.succeeds() && !reserved[text] && !special[text]) {
			n.absorb(text, "", unbounded)
		}
	}
}

// succeeds reports whether any call at or below n was answered below 400, and with more than
// that nothing changed (304), which says nothing of the answer.
func (n *node) succeeds() bool {
	for _, op := range n.ops {
		if same := op.Responses[notModified]; op.Accepted.Count > 0 && (same == nil || op.Accepted.Count > same.Count) {
			return true
		}
	}
	for _, child := range n.literals {
		if child.succeeds() {
			return true
		}
	}
	for _, param := range n.params {
		if param.succeeds() {
			return true
		}
	}
	return false
}

// live reports whether any operation at or below n is more than noise.
func (n *node) live() bool {
	for _, op := range n.ops {
		if !op.isNoise(false) {
			return true
		}
	}
	for _, child := range n.literals {
		if child.live() {
			return true
		}
	}
	for _, param := range n.params {
		if param.live() {
			return true
		}
	}
	return false
}

// pronouns are words that stand beside values and are none, however alike their answers.
var pronouns = setOf("me self mine")

// reserved are words that are none even where nothing was answered well; what is answered alike
// shows that they are: health is a topic among topics.
var reserved = setOf("me self mine search login logout health healthz ping")

// special are words that often are none either.
var special = setOf("current own latest newest new count all default random stats statistics summary export import bulk batch status " +
	"daily weekly monthly quarterly yearly today yesterday tomorrow now")

// verbs are words that say what to do.
var verbs = setOf("get list create add insert update upsert set put patch delete remove destroy search find query lookup fetch read write info describe history invite join leave kick " +
	"rename archive unarchive open close lock unlock mark post send reply upload download export import start stop pause resume cancel abort retry run execute exec trigger " +
	"login logout signin signup register unregister verify validate confirm reset refresh revoke grant enable disable activate deactivate subscribe unsubscribe follow unfollow " +
	"like unlike block unblock mute unmute report approve reject accept decline ack assign unassign move copy clone merge split sync check test ping count batch bulk publish unpublish " +
	"restore rotate transfer charge refund capture pay checkout preview calculate convert translate render generate process notify connect disconnect")

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// actions counts the words that begin or end with a verb: "users.list", "getUser".
func actions(words []string) int {
	count := 0
	for _, text := range words {
		parts := names.Words(text)
		if len(parts) == 0 {
			continue
		}
		joined := strings.ContainsAny(text, "._") || slices.ContainsFunc([]byte(text), func(c byte) bool { return 'A' <= c && c <= 'Z' })
		if verbs[parts[0]] && (len(parts) == 1 || joined) || joined && verbs[parts[len(parts)-1]] {
			count++
		}
	}
	return count
}
