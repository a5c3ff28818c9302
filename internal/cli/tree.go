package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"akita/internal/endpoints"
	"akita/internal/jsonschema"
)

// writeTypes prints each endpoint of a model with its parameters and the types of its bodies
// as a tree. It prints hosts in front of paths if they distinguish endpoints.
func writeTypes(w io.Writer, api *endpoints.Set) error {
	overview := api.Overview(endpoints.Filter{})
	for _, e := range overview.Endpoints {
		detail, ok := api.Detail(e.ID)
		if !ok {
			continue
		}
		t := &tree{w: w}
		host := ""
		if needHosts(overview) {
			host = e.Host
		}
		t.line(0, "%s %s%s  (%s)", e.Method, host, e.Path, plural(e.Requests, "call"))
		if len(e.Auth) > 0 {
			t.line(1, "auth %s", strings.Join(e.Auth, ", "))
		}
		t.consumers(detail.Consumers)
		for _, p := range detail.Parameters {
			t.value(1, p.In+" "+p.Name, p.Required, p.Schema)
		}
		for _, b := range detail.RequestBodies {
			t.body("request "+b.MediaType, b)
		}
		for _, r := range detail.Responses {
			if len(r.Bodies) == 0 {
				t.line(1, "%d  (%s)", r.Status, plural(r.Count, "answer"))
			}
			for _, b := range r.Bodies {
				t.body(fmt.Sprintf("%d %s", r.Status, b.MediaType), b)
			}
		}
		t.line(0, "")
		if t.err != nil {
			return t.err
		}
	}
	return writeTotals(w, overview)
}

// tree prints indented lines. The first error sticks.
type tree struct {
	w   io.Writer
	err error
}

func (t *tree) line(depth int, format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintln(t.w, strings.TrimRight(strings.Repeat("  ", depth)+fmt.Sprintf(format, args...), " "))
	}
}

// maxNamedConsumers is how many consumers of an endpoint have a line each.
const maxNamedConsumers = 10

// consumers prints who calls an endpoint, with versions.
func (t *tree) consumers(of []endpoints.Consumer) {
	for _, c := range of[:min(len(of), maxNamedConsumers)] {
		t.line(1, "by %s  (%s)", strings.Join(append([]string{c.Name}, c.Versions...), " "), plural(c.Requests, "call"))
	}
	if more := len(of) - maxNamedConsumers; more > 0 {
		t.line(1, "by %d more", more)
	}
}

// body prints the type of a body, and how many bodies were not read.
func (t *tree) body(label string, b endpoints.Body) {
	if len(b.Unread) > 0 {
		label += "  (not read: " + byReason(b.Unread) + ")"
	}
	t.value(1, label, true, b.Schema)
}

// value prints a schema with all that is below it.
func (t *tree) value(depth int, label string, required bool, schema jsonschema.Object) {
	if !required {
		label += "?"
	}
	t.line(depth, "%s  %s", label, summary(schema))
	for items := schema.Object("items"); items != nil; items = schema.Object("items") {
		schema = items // the line of an array describes its items too
	}
	names := schema.List("required")
	for _, p := range schema.Object("properties") {
		of, _ := p.Value.(jsonschema.Object)
		t.value(depth+1, p.Key, slices.Contains(names, any(p.Key)), of)
	}
	if values := schema.Object("additionalProperties"); values != nil {
		t.value(depth+1, "*", true, values)
	}
	for i, variant := range variants(schema) {
		of, _ := variant.(jsonschema.Object)
		t.value(depth+1, fmt.Sprintf("or %d:", i+1), true, of)
	}
}

func variants(schema jsonschema.Object) []any {
	return slices.Concat(schema.List("oneOf"), schema.List("anyOf"))
}

// summary describes a type in words: "array of string uuid or null".
func summary(schema jsonschema.Object) string {
	var words []string
	nullable := false
	switch types := schema.Get("type").(type) {
	case string:
		words = append(words, types)
	case []any:
		for _, one := range types {
			if one == "null" {
				nullable = true
				continue
			}
			words = append(words, fmt.Sprint(one))
		}
	case nil:
		if len(variants(schema)) > 0 {
			return "one of"
		}
		return "anything"
	}
	text := strings.Join(words, " or ")
	if format := schema.Text("format"); format != "" {
		text += " " + format
	}
	if enum := schema.List("enum"); len(enum) > 0 {
		var members []string
		for _, m := range enum {
			if m != nil {
				members = append(members, fmt.Sprint(m))
			}
		}
		text += " " + strings.Join(members, "|")
	}
	if schema.Get("x-akita-recursive") == true {
		text += " as above"
	}
	if nullable {
		text += " or null"
	}
	if items := schema.Object("items"); items != nil {
		text += " of " + summary(items)
	}
	return text
}
