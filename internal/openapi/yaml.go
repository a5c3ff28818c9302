package openapi

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"akita/internal/jsonschema"
	"akita/internal/names"
)

// WriteYAML writes the document as YAML 1.2 that parsers of YAML 1.1 understand too. It returns the
// errors of w.
func (d *Document) WriteYAML(w io.Writer) error {
	y := newYAMLWriter(w)
	y.mapping(d.root(), 0, "", false)
	return y.out.Flush()
}

// yamlWriter writes values as blocks, or as flows if they fit in a line. Its bufio.Writer keeps the
// first error for Flush.
type yamlWriter struct{ out *bufio.Writer }

// WriteYAML writes an object as the YAML of a document.
func WriteYAML(w io.Writer, root jsonschema.Object) error {
	y := newYAMLWriter(w)
	y.mapping(root.All(), 0, "", false)
	return y.out.Flush()
}

func newYAMLWriter(w io.Writer) *yamlWriter { return &yamlWriter{bufio.NewWriterSize(w, 1<<16)} }

func (y *yamlWriter) put(text string) { _, _ = y.out.WriteString(text) }

// evidencePrefix starts the names of Akita's extensions. Their objects are flows unless they hold other
// objects.
const evidencePrefix = "x-akita-"

// maxKeyBytes is below the length up to which a parser reads a key without a question mark (YAML
// 1.2, section 7.4.3: 1024 characters).
const maxKeyBytes = 1000

// mapping writes an object as a block, each member on its own lines. It writes before in front of the
// first member: a line break, or a space after a dash.
func (y *yamlWriter) mapping(all members, indent int, before string, compact bool) {
	first := true
	for key, value := range all {
		if first {
			y.put(before)
		}
		if !first || before != " " {
			y.indent(indent)
		}
		first = false
		y.key(key, indent)
		y.value(value, indent, compact || strings.HasPrefix(key, evidencePrefix))
	}
	if first {
		y.put(" {}\n")
	}
}

func (y *yamlWriter) key(key string, indent int) {
	text := yamlText(key, false)
	if len(text) <= maxKeyBytes {
		y.put(text + ":")
		return
	}
	y.put("? " + text + "\n")
	y.indent(indent)
	y.put(":")
}

// maxLine is how many characters a line may have for an object or a list to stand in it.
const maxLine = 100

// value writes the value of a key or after a dash, up to the end of the line.
func (y *yamlWriter) value(v any, indent int, compact bool) {
	switch v := v.(type) {
	case members:
		y.mapping(v, indent+2, "\n", compact)
	case object:
		if !(len(v) == 0 || compact && isFlat(v)) || !y.line(v, indent) {
			y.mapping(v.All(), indent+2, "\n", compact)
		}
	case []any:
		if !(len(v) == 0 || isScalar(v[0])) || !y.line(v, indent) {
			y.sequence(v, indent+2)
		}
	default:
		y.put(" " + string(appendFlow(nil, v, false)) + "\n")
	}
}

// line writes an object or a list into the rest of the line, and reports whether it fits.
func (y *yamlWriter) line(v any, indent int) bool {
	text := appendFlow(nil, v, false)
	if indent+len(text) > maxLine {
		return false
	}
	y.put(" " + string(text) + "\n")
	return true
}

// isFlat reports whether an object holds no other objects.
func isFlat(o object) bool {
	return !slices.ContainsFunc(o, func(m jsonschema.Member) bool { _, nested := m.Value.(object); return nested })
}

func isScalar(v any) bool {
	switch v.(type) {
	case object, []any:
		return false
	}
	return true
}

// sequence writes each item of a list behind a dash.
func (y *yamlWriter) sequence(list []any, indent int) {
	y.put("\n")
	for _, item := range list {
		y.indent(indent)
		y.put("-")
		if o, ok := item.(object); ok && len(o) > 0 {
			y.mapping(o.All(), indent+2, " ", false)
		} else {
			y.value(item, indent, false)
		}
	}
}

// appendFlow appends a value without line breaks; inside is set within the brackets of another.
func appendFlow(to []byte, v any, inside bool) []byte {
	switch v := v.(type) {
	case object:
		to = append(to, '{')
		for i, m := range v {
			if i > 0 {
				to = append(to, ", "...)
			}
			to = append(append(to, yamlText(m.Key, true)...), ": "...)
			to = appendFlow(to, m.Value, true)
		}
		return append(to, '}')
	case []any:
		to = append(to, '[')
		for i, item := range v {
			if i > 0 {
				to = append(to, ", "...)
			}
			to = appendFlow(to, item, true)
		}
		return append(to, ']')
	case string:
		return append(to, yamlText(v, inside)...)
	case bool:
		return strconv.AppendBool(to, v)
	case int:
		return strconv.AppendInt(to, int64(v), 10)
	case uint64:
		return strconv.AppendUint(to, v, 10)
	case float64:
		return strconv.AppendFloat(to, v, 'f', -1, 64)
	}
	return append(to, "null"...)
}

func (y *yamlWriter) indent(n int) { y.put(strings.Repeat(" ", n)) }

// yamlText writes a text without quotes if YAML 1.1 and 1.2 read it as the same text. Otherwise it uses
// double quotes with the escapes of JSON, which YAML has too (YAML 1.2, section 5.7). inside is true
// within brackets, where some characters have another meaning.
func yamlText(text string, inside bool) string {
	if isPlainYAML(text) && !(inside && strings.ContainsAny(text, ",{}")) {
		return text
	}
	return string(quoted(text))
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
