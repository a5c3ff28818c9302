package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Camel joins the words of a path segment or field name: "order_items" is "orderItems".
// The result starts with a lower-case letter and holds letters and digits only.
func Camel(text string) string {
	var b strings.Builder
	up := false
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			up = b.Len() > 0
		case b.Len() == 0 && unicode.IsDigit(r): // a name does not start with a digit
		case up:
			b.WriteRune(unicode.ToUpper(r))
			up = false
		case b.Len() == 0:
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Pascal is Camel with an upper-case first letter: "order_items" is "OrderItems".
func Pascal(text string) string { return Capitalize(Camel(text)) }

// Capitalize makes the first letter upper case.
func Capitalize(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Title joins the parts of a text of ASCII letters and digits, each with an upper-case first
// letter: "x-api-key" is "XApiKey".
func Title(text string) string {
	var b strings.Builder
	up := true
	for _, r := range text {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			up = true
			continue
		}
		if up {
			r = unicode.ToUpper(r)
		}
		up = false
		b.WriteRune(r)
	}
	return b.String()
}

// IsAcronym reports whether text is two to five upper-case letters.
func IsAcronym(text string) bool {
	return 2 <= len(text) && len(text) <= 5 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
