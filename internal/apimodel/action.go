package apimodel

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/shape"
	"akita/internal/witness"
)

// MaxActions bounds the actions that are kept apart in the bodies of one media type: the first by
// name. The others are one, under Many. As that does not depend on the order in which they come,
// neither does the model.
const MaxActions = 64

// Action sums up the bodies, or the parts of batches, of one action.
type Action struct {
	Count uint64            `json:"count"`
	Types map[string]uint64 `json:"types,omitzero"` // of GraphQL operations: query, mutation, subscription
	Shape *shape.Shape      `json:"shape,omitzero"`
}

func newAction() *Action { return &Action{Shape: new(shape.Shape)} }

// ActionKey says which action it is. Its text is a key of Body.Actions.
type ActionKey struct {
	Protocol witness.Protocol
	Name     string // "" if the action has none that may be kept
	Fields   bool   // Name is of the fields of the root of a GraphQL operation, joined by "."
	Failed   bool   // responses that are errors
}

// Words in the texts of keys, behind the protocol.
const (
	keyNamed  = "name"
	keyFields = "fields"
	keyFailed = "failed"
)

// String returns the key's text.
func (k ActionKey) String() string {
	what := keyNamed
	switch {
	case k.Failed:
		what = keyFailed
	case k.Fields:
		what = keyFields
	}
	return string(k.Protocol) + "\n" + what + "\n" + k.Name
}

// ParseActionKey reads a text that String returned; ok is false for Many and for other texts.
func ParseActionKey(text string) (k ActionKey, ok bool) {
	parts := strings.SplitN(text, "\n", 3)
	if len(parts) < 3 {
		return k, false
	}
	return ActionKey{
		Protocol: witness.Protocol(parts[0]), Name: parts[2], Fields: parts[1] == keyFields, Failed: parts[1] == keyFailed,
	}, true
}

// addActions counts the actions of a body.
func (b *Body) addActions(seen *witness.Body) {
	if len(seen.Actions) == 0 {
		return
	}
	b.Acted = 1
	if seen.Batch {
		b.Batches = 1
	}
	for _, a := range seen.Actions {
		one := &Action{Count: a.Count, Shape: a.Shape}
		if one.Shape == nil {
			one.Shape = seen.Shape
		}
		if a.Type != "" {
			one.Types = map[string]uint64{a.Type: a.Count}
		}
		key := ActionKey{Protocol: a.Protocol, Name: a.Name, Fields: a.Fields, Failed: a.Failed}
		b.mergeActions(map[string]*Action{key.String(): one})
	}
}

// mergeActions adds actions to those of b.
func (b *Body) mergeActions(actions map[string]*Action) {
	if len(actions) == 0 {
		return
	}
	if b.Actions == nil {
		b.Actions = make(map[string]*Action)
	}
	for key, action := range actions {
		if action != nil {
			get(b.Actions, key, newAction).merge(action)
		}
	}
	_, over := b.Actions[Many]
	if !over && len(b.Actions) <= MaxActions {
		return
	}
	named := b.namedActions()
	if !over && len(named) <= MaxActions {
		return
	}
	rest := get(b.Actions, Many, newAction)
	for _, key := range named[min(MaxActions, len(named)):] {
		rest.merge(b.Actions[key])
		delete(b.Actions, key)
	}
}

// namedActions returns the keys of actions that have a name, by name. Others are few.
func (b *Body) namedActions() []string {
	var named []string
	for key := range b.Actions {
		if k, ok := ParseActionKey(key); ok && k.Name != "" {
			named = append(named, key)
		}
	}
	nameOf := func(key string) string {
		k, _ := ParseActionKey(key)
		return k.Name
	}
	slices.SortFunc(named, func(x, y string) int {
		return cmp.Or(strings.Compare(nameOf(x), nameOf(y)), strings.Compare(x, y))
	})
	return named
}

func (a *Action) merge(o *Action) {
	a.Count += o.Count
	a.Types = merged(a.Types, o.Types, maxActionTypes)
	a.Shape.Merge(o.Shape)
}

// maxActionTypes bounds the types of one action; GraphQL has three.
const maxActionTypes = 8
