package openapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"akita/internal/jsonschema"
	"akita/internal/names"
)

// sortedKeys returns the keys of a map in the order in which documents have them.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// object is the JSON object that documents are made of.
type object = jsonschema.Object

// Document is an OpenAPI document with its members in a fixed order.
type Document struct{ root object }

// MarshalJSON implements json.Marshaler.
func (d *Document) MarshalJSON() ([]byte, error) { return d.root.MarshalJSON() }

// JSON returns the document as indented JSON with a newline at its end.
func (d *Document) JSON() ([]byte, error) {
	flat, err := d.root.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, flat, "", "  "); err != nil {
		return nil, fmt.Errorf("indent document: %w", err)
	}
	b.WriteByte('\n')
	return escapeUnprintable(b.Bytes()), nil
}

// escapeUnprintable escapes the characters that JSON allows in a string and YAML does not (YAML 1.2,
// section 5.1), because many tools read JSON with a YAML parser.
func escapeUnprintable(text []byte) []byte {
	escaped := make([]byte, 0, len(text))
	for _, r := range string(text) {
		switch {
		case '\x7f' <= r && r <= '\u009f', r == '\ufeff', r == '\ufffe', r == '\uffff':
			escaped = fmt.Appendf(escaped, `\u%04x`, r)
		default:
			escaped = utf8.AppendRune(escaped, r)
		}
	}
	return escaped
}

// YAML returns the document as YAML 1.2 that parsers of YAML 1.1 understand too.
func (d *Document) YAML() ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(yamlNode(d.root)); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	if err := e.Close(); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	return b.Bytes(), nil
}

func yamlNode(v any) *yaml.Node {
	switch v := v.(type) {
	case object:
		n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		if len(v) == 0 {
			n.Style = yaml.FlowStyle
		}
		for _, m := range v {
			value := yamlNode(m.Value)
			if strings.HasPrefix(m.Key, "x-akita-") {
				compact(value)
			}
			n.Content = append(n.Content, yamlNode(m.Key), value)
		}
		return n
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		if len(v) == 0 || isScalar(v[0]) {
			n.Style = yaml.FlowStyle
		}
		for _, item := range v {
			n.Content = append(n.Content, yamlNode(item))
		}
		return n
	case string:
		n := &yaml.Node{}
		n.SetString(v)
		if n.Style == 0 && !isPlainYAML(v) {
			n.Style = yaml.DoubleQuotedStyle
		}
		return n
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(v)}
	case int:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(v)}
	case uint64:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatUint(v, 10)}
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatFloat(v, 'f', -1, 64)}
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: strconv.FormatFloat(v, 'f', -1, 64)}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
}

// compact writes mappings that hold only scalars in one line each.
func compact(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		return
	}
	n.Style = yaml.FlowStyle
	for _, child := range n.Content {
		if child.Kind == yaml.MappingNode {
			n.Style = 0
			compact(child)
		}
	}
}

func isScalar(v any) bool {
	switch v.(type) {
	case object, []any:
		return false
	}
	return true
}

// isPlainYAML reports whether YAML 1.1 and 1.2 read the text as the same text without quotes: it starts
// with a letter or "/", and is not a word for a boolean or null.
func isPlainYAML(text string) bool {
	if text == "" || names.IsYAMLKeyword(text) {
		return false
	}
	first := text[0] | 0x20
	if !(first >= 'a' && first <= 'z' || text[0] == '/') {
		return false
	}
	for i := range len(text) {
		c := text[i]
		switch {
		case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9', strings.IndexByte("/_-.{}+", c) >= 0:
		case c == ' ' && i+1 < len(text) && text[i+1] != '#' && text[i-1] != ':':
		case (c == ',' || c == '(' || c == ')') && i > 0:
		default:
			return false
		}
	}
	return true
}
