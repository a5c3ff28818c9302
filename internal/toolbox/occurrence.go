package toolbox

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"akita/internal/endpoints"
)

var findField = Tool{
	Name: "find_field", Title: "Find a field or parameter",
	Description: "List where a field, parameter or response header of a name occurs: endpoint, place, path in the body, " +
		"type, how often.",
	needs:  []string{"name"},
	takes:  []string{"place", "method"},
	answer: occurrences,
}

func occurrences(ctx context.Context, from Source, given arguments) (answer, error) {
	set, err := from.Endpoints(ctx)
	if err != nil {
		return answer{}, err
	}
	name, place := strings.ToLower(given["name"]), given["place"]
	// Words of a search are separated by spaces, so a name with one is found by its longest word.
	words := strings.Fields(name)
	longest := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	filter := endpoints.Filter{Methods: given.list("method"), Search: longest}
	if strings.Contains(longest, ":") { // which has a meaning in a search
		filter.Search = ""
	}
	candidates := slices.Collect(set.Matching(filter))
	how := namesOf(set)
	items := func(e *endpoints.Endpoint) iter.Seq[string] {
		return func(yield func(string) bool) {
			for text := range occurrencesIn(e, name, place) {
				if !yield(how.ofEndpoint(e) + " " + text) {
					return
				}
			}
		}
	}
	a := answer{items: inGroups(candidates, items)}
	for range a.items(position{}) {
		return a, nil
	}
	a.head = []string{"No place has this name."}
	if similar := similarNames(candidates, longest); len(similar) > 0 {
		a.head = append(a.head, "Names that contain it: "+shortList(similar, ", "))
	} else {
		a.head = append(a.head, "Try a part of it, or search_endpoints with text.")
	}
	return a, nil
}

// occurrencesIn describes the places of an endpoint that have a name in lower case.
func occurrencesIn(e *endpoints.Endpoint, name, place string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for o := range namedIn(e) {
			if strings.ToLower(o.name) == name && (place == "" || place == o.place) && !yield(o.text) {
				return
			}
		}
	}
}

// named is something in an endpoint that has a name.
type named struct {
	name, place, text string
}

// namedIn yields the parameters, response headers and fields of an endpoint.
func namedIn(e *endpoints.Endpoint) iter.Seq[named] {
	return func(yield func(named) bool) {
		d := e.Detail()
		for _, p := range d.Parameters {
			f := field{name: p.Name, optional: !p.Required, of: p.Of, seen: p.Seen, schema: p.Schema}
			if !yield(named{p.Name, partParameter, p.In + " " + f.text()}) {
				return
			}
		}
		for _, r := range d.Responses {
			for _, h := range r.Headers {
				text := fmt.Sprintf("%d header %s: %s, in %d of %d", r.Status, quoted(h.Name), typeOf(h.Schema), h.Seen, r.Count)
				if !yield(named{h.Name, partResponse, text}) {
					return
				}
			}
		}
		for _, b := range bodiesOf(d) {
			part := partResponse
			if b.status == 0 {
				part = partRequest
			}
			for f := range fields("", b.schema) {
				if f.name != "" && !yield(named{f.name, part, b.place() + " " + f.at()}) {
					return
				}
			}
		}
	}
}

// maxPathBytes is how much of the path of a field is shown.
const maxPathBytes = 300

// at describes the field with its path: `"items"[]."sku"?: string, in 8 of 10`.
func (f field) at() string {
	path := slices.Clone(f.path)
	cut := ""
	for len(path) > 1 && len(strings.Join(path, ".")) > maxPathBytes {
		path, cut = path[1:], "…."
	}
	text := cut + strings.Join(path, ".")
	if f.optional {
		text += "?"
	}
	return text + ": " + typeOf(f.schema) + f.share()
}

// similarNames returns names that contain a text, each once.
func similarNames(candidates []*endpoints.Endpoint, text string) (found []string) {
	for _, e := range candidates {
		for o := range namedIn(e) {
			if q := quoted(o.name); strings.Contains(strings.ToLower(o.name), text) && !slices.Contains(found, q) {
				found = append(found, q)
			}
			if len(found) > maxListed {
				return found
			}
		}
	}
	return found
}
