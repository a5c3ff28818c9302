package shape

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"akita/internal/format"
)

// IsDataKey reports whether a key of a JSON object is data (an id, a date, an address, a token, the
// name of a person) and not the name of a field. A name consists of words joined by "_", "-", ".",
// ":", "/" or camel case, or is a URN of such words. Words that are data cannot be recognized in a
// single object; their number reveals them later. If in doubt, a key is data, because names leave
// the machine.
func IsDataKey(name string) bool {
	if name == "" || len(name) > MaxNameBytes || !utf8.ValidString(name) {
		return true
	}
	if isPlainName(name) {
		return false
	}
	if isNumber(name) {
		return true
	}
	if format.LooksRandom(name) {
		return true
	}
	if f := format.Detect(name); (f.Strong() || f.Has(format.Hex)) && !strings.HasPrefix(name, "urn:") {
		return true
	}
	start := 0
	for i, r := range name {
		switch {
		case r == '_', r == '-', r == '.', r == ':', r == '/', (r == '$' || r == '@') && i == 0:
			if !isNamePart(name[start:i]) {
				return true
			}
			start = i + 1
		case unicode.IsLetter(r), unicode.IsMark(r), '0' <= r && r <= '9':
		default:
			return true
		}
	}
	return !isNamePart(name[start:])
}

// IsDataParameter reports whether the name of a parameter or form field is data. Clients can send
// any name, so names with other characters than ASCII are data too. Parts may be in brackets, as in
// "filter[name]", and other parts may follow them, as in "items[].name".
func IsDataParameter(name string) bool {
	for i := range len(name) {
		if c := name[i]; c >= utf8.RuneSelf || c == '/' || c == '@' {
			return true
		}
	}
	outer, rest := cutBefore(name, '[')
	if IsDataKey(outer) {
		return true
	}
	for rest != "" {
		var part string
		isBracketed := rest[0] == '['
		switch rest[0] {
		case '[':
			var closed bool
			if part, rest, closed = strings.Cut(rest[1:], "]"); !closed {
				return true
			}
		case '.', '-':
			part, rest = cutBefore(rest[1:], '[')
		default:
			return true
		}
		isIndex := isBracketed && isSmallNumber(part) // or none: "tags[]"
		if !isIndex && IsDataKey(part) {
			return true
		}
	}
	return false
}

// cutBefore cuts text before the first c.
func cutBefore(text string, c byte) (before, rest string) {
	if i := strings.IndexByte(text, c); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

func isSmallNumber(text string) bool { return len(text) <= 2 && isNumber(text) }

func isNumber(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return true
}

// isPlainName reports whether a name consists of short words in lower case, as nearly all do.
func isPlainName(name string) bool {
	run := 0
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z':
			if run++; run > 8 {
				return false
			}
		case c == '_' && i > 0:
			run = 0
		default:
			return false
		}
	}
	return true
}

// isNamePart reports whether the letters and digits between two separators are words, which may be
// joined by camel case.
func isNamePart(part string) bool {
	for i := range len(part) {
		if part[i] >= utf8.RuneSelf {
			return utf8.RuneCountInString(part) <= 32 // words of other alphabets are not judged further
		}
	}
	if len(part) <= 8 {
		return format.IsWordPart(part) || part == "" || isSmallNumber(part)
	}
	words, digits := 0, 0
	for start := 0; start < len(part); words++ {
		word := part[start:humpEnd(part, start)]
		start += len(word)
		for i := range len(word) {
			if '0' <= word[i] && word[i] <= '9' {
				digits++
			}
		}
		if !format.IsWordPart(word) {
			return false
		}
	}
	return digits <= 3 && words*5 <= len(part)*2 // words of less than 2.5 letters each are not words
}

// humpEnd returns the end of the word that begins at start in a name in camel case: "maxItemCount" is
// "max", "Item" and "Count".
func humpEnd(part string, start int) int {
	for i := start + 1; i < len(part); i++ {
		lowerBefore := 'a' <= part[i-1] && part[i-1] <= 'z' || '0' <= part[i-1] && part[i-1] <= '9'
		if 'A' <= part[i] && part[i] <= 'Z' && lowerBefore {
			return i
		}
	}
	return len(part)
}
