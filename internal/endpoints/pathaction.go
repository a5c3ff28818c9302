package endpoints

import (
	"strings"

	"akita/internal/apimodel"
	grammar "akita/internal/segment"
)

// An action behind a colon ("/projects/7:undelete") stands in the draft tree as a word below what it
// acts on, as "/projects/7/undelete" would: so a word and an id with the same actions are alike.

// addValues copies what the model saw of a parameter whose values had a form.
func (p *place) addValues(form string, n *apimodel.Node, from origin) {
	values, action := grammar.CutAction(form)
	p.param(values).addActed(action, n, from)
}

// addWord copies what the model saw of a word.
func (p *place) addWord(text string, n *apimodel.Node, from origin) {
	stem, action := grammar.CutSuffix(text)
	if !strings.HasPrefix(action, ":") {
		stem, action = text, ""
	}
	p.literal(stem).addActed(action, n, from)
}

// addActed copies what the model saw of p with an action on it, "" for none.
func (p *place) addActed(action string, n *apimodel.Node, from origin) {
	if action == "" {
		p.addNode(n, from)
		return
	}
	p.addSegment(n)
	p.literal(grammar.ActionKey(action)).addCalls(n, from)
}
