package endpoints

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/jsonschema"
	"akita/internal/shape"
	"akita/internal/witness"
)

// actionTags are the members of requests that name the action.
var actionTags = map[witness.Protocol]string{
	witness.GraphQL: "operationName",
	witness.JSONRPC: "method",
}

// actions returns the actions of bodies: those with a name, by title, then those without, errors,
// and those that are not kept apart.
func actions(b *apimodel.Body) []jsonschema.Action {
	var named, rest []jsonschema.Action
	for _, key := range sortedKeys(b.Actions) {
		a := b.Actions[key]
		one := jsonschema.Action{Key: key, Count: a.Count, Shape: a.Shape, Title: "other actions"}
		k, ok := apimodel.ParseActionKey(key)
		if ok {
			one.Title = actionTitle(k, a)
			one.Tag = actionTags[k.Protocol]
		}
		if k.Name == "" {
			rest = append(rest, one)
			continue
		}
		if !k.Fields {
			one.Name = k.Name
		}
		named = append(named, one)
	}
	for _, list := range [][]jsonschema.Action{named, rest} {
		slices.SortStableFunc(list, func(x, y jsonschema.Action) int { return cmp.Compare(x.Title, y.Title) })
	}
	return append(named, rest...)
}

// actionTitle names an action for a reader: "query GetUser", "mutation { addUser }", "user.get".
func actionTitle(k apimodel.ActionKey, a *apimodel.Action) string {
	title := k.Name
	switch {
	case k.Failed:
		return "error"
	case k.Fields:
		title = "{ " + strings.ReplaceAll(k.Name, ".", " ") + " }"
	case k.Name == "":
		title = "action without a name"
	}
	if len(a.Types) == 1 && k.Name != "" {
		for kind := range a.Types {
			return kind + " " + title
		}
	}
	return title
}

// refusedActions returns the shapes of refused bodies by action.
func refusedActions(b *apimodel.Body) map[string]*shape.Shape {
	shapes := make(map[string]*shape.Shape, len(b.Actions))
	for key, a := range b.Actions {
		shapes[key] = a.Shape
	}
	return shapes
}
