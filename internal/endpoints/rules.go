package endpoints

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
)

// How much is needed to take words for the values of a parameter.
const (
	minWords      = 3  // alike words, if nothing else shows that there are values
	minItems      = 2  // alike words in a collection, or beside a parameter that is alike
	actionPercent = 40 // of the words that say what to do, from which on all of them are code
	rareShare     = 4  // calls of the parameter for each call of a word that it is alike to
	veryRareShare = 20 // and for each call of a word that nothing shows to be alike
)

// A rule decides about words beside one another that behave alike: whether they are values of a
// parameter, or code.
type rule struct {
	name    string
	where   situation
	applies func(candidate) bool // nil if it always does in its situation
	values  bool                 // what it decides
}

// situation is what words are found in. The first that is true counts.
type situation int

const (
	anywhere      situation = iota
	beforeValues            // values follow the words
	alone                   // no parameter is beside them, or none that was ever answered well
	besideUnlike            // the parameter beside them answers differently
	besideAlike             // it answers alike
	besideMaybe             // it may be alike: the same methods are answered in the same way
	besideUnknown           // it cannot be compared with them
)

// rules are tried in order, and the first that applies decides; in each situation the last one
// always does. They are the decision of docs/adr/0008-words-in-paths.md. Every rule has a case of
// its name in rules_test.go.
var rules = []rule{
	// /users.list, /users.create
	{"words that say what to do", anywhere, candidate.areActions, false},
	// /users/search, /users/latest
	{"words that are rarely values", anywhere, candidate.areSpecial, false},
	// /releases/1.0.0, /releases/1.1.0
	{"versions that lead nowhere", anywhere, candidate.areVersionsOfThings, true},

	// /users/17, /orders/23
	{"first words before values", beforeValues, candidate.areFirst, false},
	// /shop/users/17, /shop/orders/23
	{"collections before values", beforeValues, candidate.areCollections, false},
	// /config/android/17, /config/ios/23, /config/web/42
	{"three alike before values", beforeValues, candidate.areThreeAlike, true},
	// /hooks/acme/25 beside /hooks/17/23
	{"before values as the values beside them are", beforeValues, candidate.leadAsParamDoes, true},
	// /api/stock/25 beside /api/17/23
	{"others before values", beforeValues, nil, false},

	// /topics/red-fox, /topics/old-dog, /topics/big-cat
	{"three alike", alone, candidate.areThreeAlike, true},
	// /topics/red-fox, /topics/old-dog
	{"two alike in a collection", alone, candidate.areTwoAlikeItems, true},
	// /files/red-fox, /files/old-dog, /files/big-cat, all of them answered with a text
	{"three in a collection that may be alike", alone, candidate.areThreeItems, true},
	// /settings/billing, /settings/security
	{"others alone", alone, nil, false},

	// /teams/red-fox, /teams/old-dog, /teams/big-cat beside /teams/17
	{"three alike beside unlike values", besideUnlike, candidate.areThreeAlike, true},
	// /nodes/health beside /nodes/17
	{"others beside unlike values", besideUnlike, nil, false},

	// /users/anna, /users/bert beside /users/17
	{"two beside values alike", besideAlike, candidate.areTwo, true},
	// /users/anna once, beside twenty calls of /users/17
	{"very rare beside values alike", besideAlike, candidate.isVeryRare, true},
	// /users/anna once, beside four calls of /users/17
	{"rare beside values alike", besideAlike, candidate.isRareAndPlain, true},
	// /users/anna with exactly the fields of /users/17
	{"the same as the values beside it", besideAlike, candidate.isSameAsParam, true},
	// /users/latest as often as /users/17
	{"others beside values alike", besideAlike, nil, false},

	// /health beside /17
	{"first words beside values that may be alike", besideMaybe, candidate.areFirst, false},
	// /hooks/acme, /hooks/initech beside /hooks/17
	{"two beside values that may be alike", besideMaybe, candidate.areTwo, true},
	// /hooks/acme once, beside twenty calls of /hooks/17
	{"very rare beside values that may be alike", besideMaybe, candidate.isVeryRare, true},
	// /hooks/acme once, beside four calls of /hooks/17
	{"rare beside values that may be alike", besideMaybe, candidate.isRareAndPlain, true},
	// /hooks/acme as often as /hooks/17
	{"others beside values that may be alike", besideMaybe, nil, false},

	// /files/red-fox, /files/old-dog, /files/big-cat beside /files/17, which answers with a file
	{"three alike beside values of which nothing is known", besideUnknown, candidate.areThreeAlike, true},
	// /files/red-fox, /files/old-dog beside it
	{"two in a collection beside values of which nothing is known", besideUnknown, candidate.areTwoItems, true},
	// /files/red-fox once, beside twenty calls of /files/17 by the same method
	{"very rare beside values of which nothing is known", besideUnknown, candidate.isVeryRareAndCovered, true},
	// /files/readme as often as /files/17
	{"others beside values of which nothing is known", besideUnknown, nil, false},
}

// candidate is words beside one another that behave alike, and what rules judge them by.
type candidate struct {
	*group
	at       *place
	above    string // the word above them, "" for none, "{}" for a parameter
	specials int    // how many of them are rarely values
	param    *place // the parameter beside them that they may be values of; nil for none
	where    situation
}

// decide returns the rule that decides about a group of words.
func (p *place) decide(g *group, above string) rule {
	c := candidate{group: g, at: p, above: above, param: p.paramFor(g)}
	c.where = c.situation()
	for _, text := range g.words {
		if lower := strings.ToLower(text); names.IsSpecial(lower) || names.IsReserved(lower) {
			c.specials++
		}
	}
	i := slices.IndexFunc(rules, func(r rule) bool {
		return (r.where == anywhere || r.where == c.where) && (r.applies == nil || r.applies(c))
	})
	return rules[i]
}

// paramFor returns the parameter that words may be values of: the one for values that end as they
// do, else the one without an ending; nil for none.
func (p *place) paramFor(g *group) *place {
	param := p.params[suffixOf(g.words)]
	if param == nil || !param.covers(g.sum) {
		param = cmp.Or(p.params[""], param)
	}
	return param
}

func (c candidate) situation() situation {
	switch {
	case slices.ContainsFunc(c.words, func(text string) bool { return len(c.at.literals[text].params) > 0 }):
		return beforeValues
	case !c.isBesideParam():
		return alone
	}
	switch compare(c.param, c.sum) {
	case different:
		return besideUnlike
	case similar:
		return besideAlike
	case weak:
		return besideMaybe
	default:
		return besideUnknown
	}
}

// isBesideParam reports whether a parameter is beside the words that was answered well: one that
// only scanners call shows nothing of its siblings.
func (c candidate) isBesideParam() bool { return c.param != nil && c.param.succeeds() }

func (c candidate) first() *place { return c.at.literals[c.words[0]] }

func (c candidate) areActions() bool { return areActions(c.words) }

func (c candidate) areSpecial() bool { return len(c.words) > 1 && c.specials*2 >= len(c.words) }

// areVersionsOfThings reports whether all words are versions that nothing follows: those of files
// and of devices, not of the API.
func (c candidate) areVersionsOfThings() bool {
	for _, text := range c.words {
		if word := c.at.literals[text]; !format.IsVersion(text) || len(word.literals)+len(word.params) > 0 {
			return false
		}
	}
	return len(c.words) >= minItems
}

// areFirst reports whether the words are the first of their paths, where nearly all are code.
func (c candidate) areFirst() bool { return c.above == "" }

// areCollections reports whether most words are plurals, so that the values below each are its
// items.
func (c candidate) areCollections() bool {
	plurals := 0
	for _, text := range c.words {
		if names.IsPlural(text) {
			plurals++
		}
	}
	return plurals*2 > len(c.words)
}

// areItems reports whether the words are in a collection.
func (c candidate) areItems() bool { return names.IsPlural(c.above) }

func (c candidate) areThreeAlike() bool { return len(c.words) >= minWords && c.verdict() == similar }

func (c candidate) areTwoAlikeItems() bool {
	return len(c.words) >= minItems && c.verdict() == similar && c.areItems()
}

func (c candidate) areThreeItems() bool {
	return len(c.words) >= minWords && c.verdict() == weak && c.areItems()
}

func (c candidate) areTwo() bool { return len(c.words) >= minItems }

func (c candidate) areTwoItems() bool { return c.areTwo() && c.areItems() }

// leadAsParamDoes reports whether values follow the words as they follow the parameter's values,
// and answer alike. If the answers show little, the words must be items of a collection.
func (c candidate) leadAsParamDoes() bool {
	if c.specials > 0 || !c.isBesideParam() || len(c.param.params) == 0 || c.sum.hasItems() || !c.param.covers(c.sum) {
		return false
	}
	compared := compare(c.param, c.sum)
	return compared == similar || compared == weak && c.areItems()
}

// isRare reports whether there are at least share calls of the parameter for each of the word.
func (c candidate) isRare(share uint64) bool { return c.first().calls()*share <= c.param.calls() }

func (c candidate) isVeryRare() bool { return c.isRare(veryRareShare) }

func (c candidate) isRareAndPlain() bool { return c.specials == 0 && c.isRare(rareShare) }

// isVeryRareAndCovered reports whether all that was called of a very rare word was called of the
// parameter too.
func (c candidate) isVeryRareAndCovered() bool {
	return c.specials == 0 && !c.areFirst() && c.isVeryRare() && c.param.covers(c.first())
}

// isSameAsParam reports whether the word answers with exactly the parameter's fields.
func (c candidate) isSameAsParam() bool {
	return c.specials == 0 && c.first().signature() == c.param.signature()
}

// areActions reports whether many of the words begin or end with a verb: "users.list", "getUser".
func areActions(words []string) bool {
	actions := 0
	for _, text := range words {
		if isAction(text) {
			actions++
		}
	}
	return actions*100 >= len(words)*actionPercent
}

func isAction(text string) bool {
	parts := names.Words(text)
	if len(parts) == 0 {
		return false
	}
	joined := strings.ContainsAny(text, "._ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return names.IsVerb(parts[0]) && (len(parts) == 1 || joined) || joined && names.IsVerb(parts[len(parts)-1])
}
