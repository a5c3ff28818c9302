package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"akita/internal/apimodel"
)

// writeTypes prints each endpoint of a model with its parameters and the types of its bodies
// as a tree. It prints hosts in front of paths if there are several.
func writeTypes(w io.Writer, api *apimodel.API) error {
	overview := api.Overview(apimodel.Filter{})
	for _, e := range overview.Endpoints {
		detail, ok := api.Endpoint(e.ID)
		if !ok {
			continue
		}
		t := &tree{w: w}
		host := ""
		if len(overview.Facets.Hosts) > 1 {
			host = e.Host
		}
		t.line(0, "%s %s%s  (%s)", e.Method, host, e.Path, plural(e.Requests, "call"))
		if len(e.Auth) > 0 {
			t.line(1, "auth %s", strings.Join(e.Auth, ", "))
		}
		for _, p := range detail.Parameters {
			t.value(1, p.In+" "+p.Name, p.Required, p.Schema)
		}
		for _, b := range detail.RequestBodies {
			t.value(1, "request "+b.MediaType, true, b.Schema)
		}
		for _, r := range detail.Responses {
			if len(r.Bodies) == 0 {
				t.line(1, "%d  (%s)", r.Status, plural(r.Count, "answer"))
			}
			for _, b := range r.Bodies {
				t.value(1, fmt.Sprintf("%d %s", r.Status, b.MediaType), true, b.Schema)
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

// node is what the tree shows of a JSON Schema.
type node struct {
	Type       any             `json:"type"`
	Format     string          `json:"format"`
	Enum       []any           `json:"enum"`
	Required   []string        `json:"required"`
	Properties json.RawMessage `json:"properties"`
	Items      *node           `json:"items"`
	Values     *node           `json:"additionalProperties"`
	OneOf      []*node         `json:"oneOf"`
	AnyOf      []*node         `json:"anyOf"`
	Recursive  bool            `json:"x-akita-recursive"`
}

func (t *tree) value(depth int, label string, required bool, schema *apimodel.Schema) {
	var n node
	if schema != nil {
		text, err := schema.MarshalJSON()
		if err == nil {
			err = json.Unmarshal(text, &n)
		}
		if err != nil && t.err == nil {
			t.err = fmt.Errorf("print %s: %w", label, err)
			return
		}
	}
	t.node(depth, label, required, &n)
}

func (t *tree) node(depth int, label string, required bool, n *node) {
	if !required {
		label += "?"
	}
	t.line(depth, "%s  %s", label, n.summary())
	for ; n.Items != nil; n = n.Items { // an array's items stand in its line
	}
	properties, err := members(n.Properties)
	if err != nil && t.err == nil {
		t.err = err
		return
	}
	isRequired := make(map[string]bool, len(n.Required))
	for _, name := range n.Required {
		isRequired[name] = true
	}
	for _, p := range properties {
		t.node(depth+1, p.name, isRequired[p.name], p.node)
	}
	if n.Values != nil {
		t.node(depth+1, "*", true, n.Values)
	}
	for i, variant := range append(n.OneOf, n.AnyOf...) {
		t.node(depth+1, fmt.Sprintf("or %d:", i+1), true, variant)
	}
}

// summary is a type in words: "array of string uuid or null".
func (n *node) summary() string {
	var words []string
	nullable := false
	switch types := n.Type.(type) {
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
		if len(n.OneOf)+len(n.AnyOf) > 0 {
			return "one of"
		}
		return "anything"
	}
	text := strings.Join(words, " or ")
	if n.Format != "" {
		text += " " + n.Format
	}
	if len(n.Enum) > 0 {
		var members []string
		for _, m := range n.Enum {
			if m != nil {
				members = append(members, fmt.Sprint(m))
			}
		}
		text += " " + strings.Join(members, "|")
	}
	if n.Recursive {
		text += " as above"
	}
	if nullable {
		text += " or null"
	}
	if n.Items != nil {
		text += " of " + n.Items.summary()
	}
	return text
}

type namedNode struct {
	name string
	node *node
}

// members reads an object's members in their order.
func members(raw json.RawMessage) ([]namedNode, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("read properties: %w", err)
	}
	var out []namedNode
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("read properties: %w", err)
		}
		one := namedNode{name: fmt.Sprint(name), node: new(node)}
		if err := d.Decode(one.node); err != nil {
			return nil, fmt.Errorf("read property %s: %w", one.name, err)
		}
		out = append(out, one)
	}
	return out, nil
}
