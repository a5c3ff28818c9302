package content

import "strings"

// guards are what APIs put before JSON so that another site cannot run it as a script.
var guards = [...]string{
	")]}',", ")]}'", "])}while(1);</x>", ")]}while(1);</x>", ")]}", "while(1);", "for(;;);", "throw 1;",
	"&&&START&&&", "{}&&",
}

// Unguard returns the text behind a guard. ok is false if the text has none.
func Unguard(text string) (rest string, ok bool) {
	for _, guard := range guards {
		if rest, ok := cutLoosely(text, guard); ok {
			return rest, true
		}
	}
	return "", false
}

// cutLoosely removes a prefix, which may have blanks between its characters.
func cutLoosely(text, prefix string) (rest string, ok bool) {
	for i := range len(prefix) {
		if prefix[i] == ' ' {
			continue
		}
		text = strings.TrimLeft(text, " \t\r\n")
		if text == "" || text[0] != prefix[i] {
			return "", false
		}
		text = text[1:]
	}
	return text, true
}

// maxCallback is the maximum length of the name of a function.
const maxCallback = 256

// Argument returns what a text gives to a function that it calls, as in JSONP: the text must be one
// call and nothing else. Frameworks write a comment or a check that the function exists before it.
// The caller must check that the argument is JSON.
func Argument(text string) (argument string, ok bool) {
	text = strings.TrimSpace(text)
	for strings.HasPrefix(text, "/*") {
		_, rest, found := strings.Cut(text, "*/")
		if !found {
			return "", false
		}
		text = strings.TrimSpace(rest)
	}
	text = strings.TrimSpace(strings.TrimSuffix(text, ";"))
	body, ok := strings.CutSuffix(text, ")")
	if !ok {
		return "", false
	}
	name, argument, ok := strings.Cut(body, "(")
	if before, after, checked := strings.Cut(name, "&&"); ok && checked {
		name = after
		if before = strings.TrimPrefix(strings.TrimSpace(before), "typeof "); !isCheck(before, strings.TrimSpace(name)) {
			return "", false
		}
	}
	name = strings.TrimSpace(name)
	return argument, ok && isFunction(name)
}

// isCheck reports whether an expression checks that a function exists.
func isCheck(expression, name string) bool {
	rest, ok := strings.CutPrefix(expression, name)
	if !ok {
		return false
	}
	switch strings.NewReplacer(" ", "", `"`, "'").Replace(rest) {
	case "", "==='function'", "=='function'":
		return true
	}
	return false
}

// isFunction reports whether a text names a function: identifiers, members and indexes.
func isFunction(name string) bool {
	if name == "" || len(name) > maxCallback || '0' <= name[0] && name[0] <= '9' {
		return false
	}
	switch name {
	case "if", "for", "while", "switch", "function", "return", "catch", "with":
		return false
	}
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("_$.[]'\"", c) >= 0:
		default:
			return false
		}
	}
	return true
}
