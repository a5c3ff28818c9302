package shape

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"akita/internal/format"
)

// IsDataKey tells keys of JSON objects that are data (ids, dates, addresses, tokens, names of
// people) from names that somebody gave to a field: words, joined by "_", "-", ".", ":", "/" or
// camel case, and URNs of such words. A single object cannot tell words that are data: those are found by their
// number. Where it is in doubt a key is data, because a name leaves the machine.
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

// IsDataParameter tells names of parameters and of form fields that are data; as they can be
// anything that was sent, they must be of ASCII, with parts in brackets as in "filter[name]".
func IsDataParameter(name string) bool {
	for i := range len(name) {
		if c := name[i]; c >= utf8.RuneSelf || c == '/' || c == '@' {
			return true
		}
	}
	outer, inner, bracketed := strings.Cut(name, "[")
	if !bracketed {
		return IsDataKey(name)
	}
	if IsDataKey(outer) {
		return true
	}
	for part := range strings.SplitSeq(inner, "[") {
		part, closed := strings.CutSuffix(part, "]")
		if !closed || part != "" && IsDataKey(part) && !isSmallNumber(part) {
			return true
		}
	}
	return false
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

// isPlainName tells short names of lower-case words, which nearly all are.
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

// isNamePart judges letters and digits between two joints; camel case joins words too.
func isNamePart(part string) bool {
	for i := range len(part) {
		if part[i] >= utf8.RuneSelf {
			return utf8.RuneCountInString(part) <= 32 // no rule of ours knows the words of all languages
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
	return digits <= 3 && words*5 <= len(part)*2 // words of less than 2.5 letters each are none
}

// humpEnd is where the word of a camel case name that begins at start ends: "maxItemCount" is
// "max", "Item", "Count".
func humpEnd(part string, start int) int {
	for i := start + 1; i < len(part); i++ {
		lowerBefore := 'a' <= part[i-1] && part[i-1] <= 'z' || '0' <= part[i-1] && part[i-1] <= '9'
		if 'A' <= part[i] && part[i] <= 'Z' && lowerBefore {
			return i
		}
	}
	return len(part)
}
