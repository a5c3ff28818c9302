package segment

import "strings"

// parseCall reads keys and arguments behind a name, in parentheses as OData has them or in brackets:
// "Products(1)", "Customers('amber')", "OrderDetails(OrderID=1,ProductID=2)", "items[3]".
func parseCall(text string) (s Segment, ok bool) {
	open := strings.IndexAny(text, "([")
	if open <= 0 || !isName(text[:open]) {
		return s, false
	}
	shut := strings.LastIndexByte(text, closing(text[open]))
	if shut < open || !isTail(text[shut+1:]) {
		return s, false
	}
	s.Word = text[:open+1]
	for i, arg := range splitArgs(text[open+1 : shut]) {
		if i > 0 {
			s.code(",")
		}
		s.argument(arg)
	}
	s.code(text[shut:])
	return s, true
}

func closing(open byte) byte {
	if open == '[' {
		return ']'
	}
	return ')'
}

// isTail reports whether text may follow a closing parenthesis: an action, an ending, or nothing.
func isTail(text string) bool {
	stem, _ := CutSuffix("x" + text)
	return stem == "x"
}

// argument appends a key: its name if it has one, and its value. The quotes and the type of a
// literal are code: "guid'…'".
func (s *Segment) argument(arg string) {
	if name, value, ok := strings.Cut(arg, "="); ok && isName(name) {
		s.code(name + "=")
		arg = value
	}
	kind, rest, quoted := strings.Cut(arg, "'")
	if inner, ok := strings.CutSuffix(rest, "'"); quoted && ok && inner != "" && (kind == "" || isName(kind)) {
		s.code(kind + "'")
		s.value(inner)
		s.code("'")
		return
	}
	if arg != "" {
		s.value(arg)
	}
}

// splitArgs splits arguments at their commas, but not within quotes.
func splitArgs(text string) []string {
	if text == "" {
		return nil
	}
	var args []string
	start, quoted := 0, false
	for i := range len(text) {
		switch {
		case text[i] == '\'':
			quoted = !quoted
		case text[i] == ',' && !quoted:
			args = append(args, text[start:i])
			start = i + 1
		}
	}
	return append(args, text[start:])
}
