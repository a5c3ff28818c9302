package toolbox

import (
	"context"
	"fmt"
	"strings"

	"akita/internal/endpoints"
	"akita/internal/facts"
)

var listChanges = Tool{
	Name: "list_changes", Title: "What changed",
	Description: "List what appeared, changed or is not seen any more, newest first: endpoints, statuses, parameters, " +
		"fields, types, authentication, with the calls that prove it.",
	takes:  []string{"since", "endpoint"},
	answer: changesSince,
}

func changesSince(ctx context.Context, from Source, given arguments) (answer, error) {
	set, err := from.Endpoints(ctx)
	if err != nil {
		return answer{}, err
	}
	all, err := from.Changes(ctx, given["since"])
	if err != nil {
		return answer{}, err
	}
	id := ""
	if given["endpoint"] != "" {
		e, err := find(set, given["endpoint"])
		if err != nil {
			return answer{}, err
		}
		id = e.ID()
	}
	var chosen []Change
	for _, c := range all {
		if id == "" || c.Endpoint.ID() == id {
			chosen = append(chosen, c)
		}
	}
	head := counted(len(chosen), "change") + "."
	if len(chosen) == 0 {
		head = "Nothing changed that chance does not explain: ask for an earlier since, or leave out an argument."
	}
	how := namesOf(set)
	return answer{[]string{head}, listed(chosen, func(c Change) string { return c.text(how) })}, nil
}

// text describes a change in a line.
func (c Change) text(how names) string {
	text := fmt.Sprintf("%s %s: %s %s", minute(c.Time), how.ofEndpoint(c.Endpoint), c.subject(),
		strings.ReplaceAll(string(c.What), "_", " "))
	if len(c.Before) > 0 {
		text += ", before: " + quotedList(c.Before)
	}
	if len(c.Ended) > 0 {
		text += ", no longer: " + quotedList(c.Ended)
	}
	text += fmt.Sprintf(" (in %d of %d", c.Seen, c.Of)
	if c.Around > 0 {
		text += fmt.Sprintf("; %d without it", c.Around)
	}
	return text + ")"
}

// subject says what changed.
func (c Change) subject() string {
	k := c.Fact
	if k.Kind == facts.Operation {
		return "endpoint"
	}
	text := strings.ReplaceAll(string(k.Kind), "_", " ")
	value := k.Value
	if k.Kind == facts.MediaType {
		value = endpoints.MediaType(value)
	}
	if value != "" {
		text += " " + quoted(value)
	}
	if name := k.Name(); name != "" {
		if value != "" {
			text += " of"
		}
		text += " " + quoted(name)
	}
	if k.In != "" {
		text += " in " + k.In
	}
	if k.MediaType != "" {
		text += " " + quoted(endpoints.MediaType(k.MediaType))
	}
	return text
}

func quotedList(values []string) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = quoted(v)
	}
	return shortList(parts, ", ")
}
