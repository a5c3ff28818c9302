package witness

import (
	"slices"
	"strings"
)

// graphqlOperation is one operation of a GraphQL document (spec.graphql.org, section 2.3).
type graphqlOperation struct {
	kind   string   // query, mutation or subscription
	name   string   // "" if it has none
	fields []string // the fields of the root that it selects, sorted, each once
}

// maxOperations bounds the operations of one document.
const maxOperations = 100

// graphqlOperations returns the operations of a GraphQL document, nil if text is not one. It reads
// definitions, and of selections the first level only: what is deeper must have balanced brackets.
func graphqlOperations(text string) []graphqlOperation {
	d := documentReader{lexer: graphqlLexer{text: text}}
	d.next()
	for d.token != "" && len(d.operations) < maxOperations {
		if !d.definition() {
			return nil
		}
	}
	if d.lexer.failed {
		return nil
	}
	return d.operations
}

// documentReader reads a GraphQL document. token is the next token, "" at the end.
type documentReader struct {
	lexer      graphqlLexer
	token      string
	operations []graphqlOperation
}

func (d *documentReader) next() { d.token = d.lexer.next() }

// definition reads an operation or a fragment, and reports whether there is one.
func (d *documentReader) definition() bool {
	op := graphqlOperation{kind: "query"}
	switch d.token {
	case "{":
	case "query", "mutation", "subscription":
		op.kind = d.token
		if d.next(); isGraphQLName(d.token) {
			op.name = d.token
			d.next()
		}
	case "fragment":
		d.next()
		if !isGraphQLName(d.token) {
			return false
		}
	default:
		return false
	}
	isFragment := d.token != "{" && op.name == "" && isGraphQLName(d.token)
	for d.token != "{" { // variables, directives, the type of a fragment
		if d.token == "" || d.token == "}" || d.token == "(" && !d.skip("(", ")") {
			return false
		}
		if d.token != "{" {
			d.next()
		}
	}
	fields, ok := d.selection()
	if ok && !isFragment {
		op.fields = fields
		d.operations = append(d.operations, op)
	}
	return ok
}

// selection reads a selection of fields in braces and returns their names, sorted, without those
// that every type has, such as __typename.
func (d *documentReader) selection() (fields []string, ok bool) {
	for d.next(); d.token != "}"; ok = true {
		switch {
		case d.token == "...":
			if d.next(); isGraphQLName(d.token) && d.token != "on" {
				d.next()
			}
		case isGraphQLName(d.token):
			name := d.token
			if d.next(); d.token == ":" { // before it stood another name for the field
				d.next()
				name = d.token
				d.next()
			}
			if i, found := slices.BinarySearch(fields, name); !found && name != "__typename" {
				fields = slices.Insert(fields, i, name)
			}
		default:
			return nil, false
		}
		if !d.field() {
			return nil, false
		}
	}
	d.next()
	return fields, ok
}

// field moves past what follows the name of a field, or the dots of a fragment: a type or the name
// of the fragment, arguments, directives and a selection.
func (d *documentReader) field() bool {
	if d.token == "on" {
		d.next()
		d.next()
	}
	for {
		switch d.token {
		case "(":
			if !d.skip("(", ")") {
				return false
			}
		case "{":
			return d.skip("{", "}")
		case "@":
			d.next()
			d.next()
		default:
			return true
		}
	}
}

// skip moves past brackets and all between them.
func (d *documentReader) skip(open, end string) bool {
	for depth := 0; d.token != ""; {
		switch d.token {
		case open:
			depth++
		case end:
			depth--
		}
		if d.next(); depth == 0 {
			return true
		}
	}
	return false
}

// graphqlLexer splits a GraphQL document into tokens.
type graphqlLexer struct {
	text   string
	failed bool // there is a byte that no token has
}

// next returns the next token, "" at the end and after a failure. A string is one token.
func (l *graphqlLexer) next() string {
	l.space()
	if l.text == "" || l.failed {
		return ""
	}
	n := 1
	switch c := l.text[0]; {
	case isNameByte(c):
		n = len(l.text) - len(strings.TrimLeft(l.text, nameBytes))
	case c == '-' || c == '.' && !strings.HasPrefix(l.text, "..."):
	case strings.HasPrefix(l.text, "..."):
		n = len("...")
	case c == '"':
		n = stringEnd(l.text)
	case strings.IndexByte("!$&():=@[]{|}+", c) < 0:
		n = 0
	}
	if n <= 0 {
		l.failed = true
		return ""
	}
	token := l.text[:n]
	l.text = l.text[n:]
	return token
}

// space moves past what stands between tokens: white space, commas, comments.
func (l *graphqlLexer) space() {
	for {
		l.text = strings.TrimLeft(l.text, " \t\r\n,\ufeff")
		if !strings.HasPrefix(l.text, "#") {
			return
		}
		end := strings.IndexAny(l.text, "\r\n")
		if end < 0 {
			end = len(l.text)
		}
		l.text = l.text[end:]
	}
}

// stringEnd returns the length of the string at the start of text, 0 if it does not end.
func stringEnd(text string) int {
	const block = `"""`
	if strings.HasPrefix(text, block) {
		for i := len(block); ; {
			end := strings.Index(text[i:], block)
			if end < 0 {
				return 0
			}
			i += end + len(block)
			if text[i-len(block)-1] != '\\' {
				return i
			}
		}
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		case '\n', '\r':
			return 0
		}
	}
	return 0
}

const nameBytes = "_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

func isNameByte(c byte) bool { return strings.IndexByte(nameBytes, c) >= 0 }

// isGraphQLName reports whether a token is a name. Numbers are no names.
func isGraphQLName(token string) bool {
	return token != "" && isNameByte(token[0]) && (token[0] < '0' || token[0] > '9')
}
