package toolbox

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"akita/internal/endpoints"
	"akita/internal/jsonschema"
)

var getTypes = Tool{
	Name: "get_types", Title: "Types of bodies",
	Description: "Show the fields of an endpoint's request and response bodies: type, format, enum members, optional, " +
		"null, how often seen.",
	needs:  []string{"endpoint"},
	takes:  []string{"part", "status"},
	answer: typesOf,
}

// The places of a body or a parameter.
const (
	partRequest   = "request"
	partResponse  = "response"
	partParameter = "parameter"
)

func typesOf(ctx context.Context, from Source, given arguments) (answer, error) {
	set, e, err := endpointOf(ctx, from, given)
	if err != nil {
		return answer{}, err
	}
	d := e.Detail()
	var lines []typeLine
	for _, b := range bodiesOf(d) {
		if !b.isIn(given["part"]) || !b.hasStatus(given.list("status")) {
			continue
		}
		for f := range fields(b.title(), b.schema) {
			lines = append(lines, typeLine{f.depth, f.title(), f.evidence()})
		}
	}
	head := []string{namesOf(set).of(d.Summary)}
	if len(lines) == 0 {
		head = append(head, "No body was seen here: get_endpoint lists the statuses and media types that were.")
	}
	return answer{head, nested(lines)}, nil
}

// body is a request or response body of a media type.
type body struct {
	status    int // 0 for a request
	mediaType string
	seen      uint64
	unread    uint64
	schema    jsonschema.Object
}

// bodiesOf lists the bodies of an endpoint, the requests first.
func bodiesOf(d endpoints.Detail) []body {
	var all []body
	add := func(status int, of []endpoints.Body) {
		for _, b := range of {
			one := body{status: status, mediaType: b.MediaType, seen: b.Seen, schema: b.Schema}
			for _, n := range b.Unread {
				one.unread += n
			}
			all = append(all, one)
		}
	}
	add(0, d.RequestBodies)
	for _, r := range d.Responses {
		add(r.Status, r.Bodies)
	}
	return all
}

// isIn reports whether a body is in a part; every body is in "".
func (b body) isIn(part string) bool {
	return part == "" || (part == partRequest) == (b.status == 0)
}

// hasStatus reports whether a body answered with one of the statuses; every body does with none of them.
func (b body) hasStatus(statuses []string) bool {
	return len(statuses) == 0 || b.status != 0 && endpoints.HasStatus(b.status, statuses)
}

// place names where the body is: `request "application/json"`, `200 "application/json"`.
func (b body) place() string {
	if b.status == 0 {
		return partRequest + " " + quoted(b.mediaType)
	}
	return fmt.Sprintf("%d %s", b.status, quoted(b.mediaType))
}

// title is the place with the number of bodies.
func (b body) title() string {
	text := fmt.Sprintf("%s, %d bodies", b.place(), b.seen)
	if b.seen == 1 {
		text = b.place() + ", 1 body"
	}
	if b.unread > 0 {
		text += fmt.Sprintf(" (%d not read)", b.unread)
	}
	return text
}

// typeLine is a line of a tree of types.
type typeLine struct {
	depth       int
	title, text string
}

// maxIndent is how deep lines are indented.
const maxIndent = 24

func (l typeLine) indented() string { return strings.Repeat(" ", min(l.depth, maxIndent)) + l.title }

// nested returns the lines of trees. A further page begins with the lines around its first one.
func nested(lines []typeLine) func(position) iter.Seq[item] {
	return func(from position) iter.Seq[item] {
		return func(yield func(item) bool) {
			for i := from.group; i < len(lines); i++ {
				it := item{at: position{group: i}, text: lines[i].indented() + ": " + lines[i].text}
				if i == from.group {
					it.above = around(lines, i)
				}
				if !yield(it) {
					return
				}
			}
		}
	}
}

// maxAround is how many lines around a line are repeated.
const maxAround = 4

// around returns the lines in which a line stands: that of the body, and the nearest ones.
func around(lines []typeLine, i int) string {
	var above []string
	depth := lines[i].depth
	for j := i - 1; j >= 0 && depth > 0; j-- {
		if lines[j].depth >= depth {
			continue
		}
		depth = lines[j].depth
		if depth == 0 || len(above) < maxAround {
			above = append(above, lines[j].indented()+" (continued)\n")
		}
	}
	var out strings.Builder
	for j := len(above) - 1; j >= 0; j-- {
		out.WriteString(above[j])
	}
	return out.String()
}
