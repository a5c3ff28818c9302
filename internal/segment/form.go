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

// NameBefore returns the name that a value has by the code before it: the key of a pair as in
// "OrderID=", whose value it is (isKey), or the last word, as "Products" of "Products(".
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
	return code, isKey
}
