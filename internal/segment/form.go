package segment

import "strings"

// hole stands for a value in a form.
const hole = "{}"

// Form writes the code of a segment that holds values as a key: the code with "{}" for each value.
// Of a single value that has no code before it, it is only what follows the value, as ".csv" and "".
func Form(prefix, suffix string, more ...string) string {
	if prefix == "" && len(more) == 0 {
		return suffix
	}
	var b strings.Builder
	b.WriteString(prefix + hole + suffix)
	for _, suffix := range more {
		b.WriteString(hole + suffix)
	}
	return b.String()
}

// Code returns the code of a form: what stands before its first value, between two, and behind the
// last. There is one value fewer than parts.
func Code(form string) []string {
	if !strings.Contains(form, hole) {
		return []string{"", form}
	}
	return strings.Split(form, hole)
}

// actionMark begins the key of an action among words. No word has a slash.
const actionMark = "/"

// ActionKey returns the text that stands for an action (":restore") among words that follow what it
// acts on. IsActionKey recognizes it.
func ActionKey(action string) string { return actionMark + action }

// IsActionKey reports whether a text stands for an action.
func IsActionKey(text string) bool { return strings.HasPrefix(text, actionMark) }

// ActionOf returns the action that a key stands for.
func ActionOf(key string) string { return strings.TrimPrefix(key, actionMark) }

// CutAction splits a form at the action behind its last value: "Products({}):restore".
func CutAction(form string) (values, action string) {
	last := max(0, strings.LastIndex(form, hole))
	if at := strings.IndexByte(form[last:], ':'); at >= 0 {
		return form[:last+at], form[last+at:]
	}
	return form, ""
}

// NameBefore returns the name that a value has by the code before it: the key of a pair as in
// "OrderID=", whose value it is (isKey), as of "getByTitle('", or the last word, as "Products" of "Products(".
func NameBefore(code string) (name string, isKey bool) {
	if strings.HasSuffix(code, "'") { // with the type of what is quoted: "id=guid'"
		code = code[:strings.LastIndexAny(code, "=([,")+1]
	}
	isKey = strings.HasSuffix(code, "=")
	code = strings.TrimRight(code, "=([")
	if at := strings.LastIndexAny(code, "([,;=)'"); at >= 0 {
		code = code[at+1:]
	}
	if !isName(code) {
		return "", false
	}
	if at := strings.LastIndex(code, "By"); at > 0 && at+2 < len(code) {
		return code[at+2:], true
	}
	return code, isKey
}
