package spectacular

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"akita/internal/jsonschema"
)

// maxLine is how many columns a line of Python has, as Black and Ruff format it.
const maxLine = 88

// expr is a Python expression: a text, or a call or a collection with items.
type expr struct {
	open, end string
	items     []item
}

// item is an argument or an element, behind a text such as "name=" and below comments.
type item struct {
	before   string
	value    expr
	comments []string
}

func atom(text string) expr { return expr{open: text} }

// call returns a call, to which arguments can be added.
func call(function string, positional ...expr) expr {
	e := expr{open: function + "(", end: ")"}
	for _, p := range positional {
		e.items = append(e.items, item{value: p})
	}
	return e
}

// with returns a call with a further keyword argument.
func (e expr) with(name string, value expr) expr {
	e.items = append(e.items[:len(e.items):len(e.items)], item{before: name + "=", value: value})
	return e
}

// hasComments reports whether there are comments in the expression, which then has several lines.
func (e expr) hasComments() bool {
	return slices.ContainsFunc(e.items, func(it item) bool { return len(it.comments) > 0 || it.value.hasComments() })
}

func list(items ...expr) expr {
	e := call("", items...)
	e.open, e.end = "[", "]"
	return e
}

// line returns the expression in one line.
func (e expr) line() string {
	var b strings.Builder
	b.WriteString(e.open)
	for i, it := range e.items {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(it.before + it.value.line())
	}
	b.WriteString(e.end)
	return b.String()
}

// write writes the expression between two texts. What does not fit in a line has an item in each.
func (e expr) write(b *strings.Builder, indent int, before, after string) {
	margin := strings.Repeat(" ", indent)
	text := margin + before + e.line() + after
	if len(e.items) == 0 || len(text) <= maxLine && !e.hasComments() {
		b.WriteString(text + "\n")
		return
	}
	b.WriteString(margin + before + e.open + "\n")
	for _, it := range e.items {
		for _, text := range it.comments {
			comment(b, indent+4, text)
		}
		it.value.write(b, indent+4, it.before, ",")
	}
	b.WriteString(margin + e.end + after + "\n")
}

// writeAs writes the value of an item behind a text, below its comments.
func (it item) writeAs(b *strings.Builder, indent int, before string) {
	for _, text := range it.comments {
		comment(b, indent, text)
	}
	it.value.write(b, indent, before, "")
}

// quote returns a text as a Python literal. Names from traffic are data: all that is not printable ASCII is
// escaped.
func quote(text string) string {
	mark := '"'
	if strings.Contains(text, `"`) && !strings.Contains(text, "'") {
		mark = '\''
	}
	return string(mark) + escape(text, mark) + string(mark)
}

// escape escapes a mark, the backslash, and all that is not printable ASCII.
func escape(text string, mark rune) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == mark || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r >= ' ' && r < 0x7f:
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// comment writes a text as a comment, in lines of its words. A text may start with "- ", as an item of a list.
func comment(b *strings.Builder, indent int, text string) {
	start := strings.Repeat(" ", indent) + "#"
	hanging := start
	if strings.HasPrefix(text, "- ") {
		hanging += "  "
	}
	line := start
	for word := range strings.SplitSeq(escape(text, '\\'), " ") {
		if len(line)+1+len(word) > maxLine && line != start && line != hanging {
			b.WriteString(line + "\n")
			line = hanging
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
}

// literal returns a JSON value as a Python literal.
func literal(value any) expr {
	switch v := value.(type) {
	case nil:
		return atom("None")
	case bool:
		if v {
			return atom("True")
		}
		return atom("False")
	case string:
		return atom(quote(v))
	case float64:
		return atom(number(v))
	case []any:
		out := list()
		for _, one := range v {
			out.items = append(out.items, item{value: literal(one)})
		}
		return out
	case jsonschema.Object:
		out := expr{open: "{", end: "}"}
		for key, one := range v.All() {
			out.items = append(out.items, item{before: quote(key) + ": ", value: literal(one)})
		}
		return out
	}
	return atom(fmt.Sprint(value))
}

// number returns a number as Python's formatters write it.
func number(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e21 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), "e+", "e", 1)
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// keywords are the words of Python that cannot be names.
var keywords = " False None True and as assert async await break class continue def del elif else except " +
	"finally for from global if import in is lambda nonlocal not or pass raise return try while with yield "

// isName reports whether Python takes a text as a name.
func isName(text string) bool {
	return identifier.MatchString(text) && !strings.Contains(keywords, " "+text+" ")
}

// title returns a text as a part of the name of a class: "first-name" → "FirstName".
func title(text string) string {
	var b strings.Builder
	isStart := true
	for _, r := range text {
		isLetter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !isLetter && (r < '0' || r > '9') {
			isStart = true
			continue
		}
		if isStart && isLetter {
			b.WriteString(strings.ToUpper(string(r)))
		} else {
			b.WriteRune(r)
		}
		isStart = false
	}
	return b.String()
}
