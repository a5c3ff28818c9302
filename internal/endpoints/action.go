package endpoints

import (
	"strings"

	"akita/internal/apimodel"
	grammar "akita/internal/segment"
)

// An action behind a colon ("/projects/7:undelete") stands in the draft tree as a word below what it
// acts on, as "/projects/7/undelete" would: so a word and an id with the same actions are alike.

// actionMark begins the key of an action among the words below a place. No word has a slash.
const actionMark = "/"

func isActionKey(text string) bool { return strings.HasPrefix(text, actionMark) }

// addValues copies what the model saw of a parameter whose values had a form.
func (p *place) addValues(form string, n *apimodel.Node) {
	values, action := grammar.CutAction(form)
	at := p.param(values)
	if action == "" {
		at.addNode(n)
		return
	}
	at.addSegment(n)
	at.literal(actionMark + action).addCalls(n)
}

// addWord copies what the model saw of a word.
func (p *place) addWord(text string, n *apimodel.Node) {
	stem, action := grammar.CutSuffix(text)
	if !strings.HasPrefix(action, ":") {
		p.literal(text).addNode(n)
		return
	}
	at := p.literal(stem)
	at.addSegment(n)
	at.literal(actionMark + action).addCalls(n)
}

// hasAction reports whether there is an action on a word.
func (s *sketch) hasAction() bool {
	for text := range s.words {
		if isActionKey(text) {
			return true
		}
	}
	return false
}
