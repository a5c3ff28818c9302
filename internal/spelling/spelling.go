// Package spelling decides whether a text is spelled like a name that a programmer wrote, such as
// "created_at", "maxItemCount" or "X-Request-Id", or like something that was generated: an id, a
// token, a one-time code.
//
// It knows the groups of three letters in English words, and has a list of words of web APIs that
// are spelled otherwise. It cannot distinguish a field's name from a person's: both are spelled
// like words. Package gate distinguishes them by how often they occur.
package spelling

import (
	"strings"

	"akita/internal/names"
)

// Limits of a name.
const (
	// MaxBytes is the maximum length of a name.
	MaxBytes = 40

	maxDigits     = 4 // in a name
	maxShortParts = 2 // parts of up to maxShort letters that are not known words
	maxShort      = 3
	minTail       = 4 // letters after a number, as in "sha256Hash"
)

// IsName reports whether text is spelled like a name: at most MaxBytes of ASCII letters and digits
// whose words, joined by "_", "-", ".", "[" and "]" or by capitals, are spelled like words. It may
// begin with "$" or "@".
//
// Of random texts it accepts 1 in 5,000 of 8 characters of base62, 1 in 800 of 6 capitals and
// digits, and 1 in 1,500 of 12 small letters.
func IsName(text string) bool {
	if text == "" || len(text) > MaxBytes {
		return false
	}
	rest := text
	if len(text) > 1 && (text[0] == '$' || text[0] == '@') {
		rest = text[1:]
	}
	var n count
	for start, i := 0, 0; i <= len(rest); i++ {
		if i < len(rest) && !isJoint(rest[i]) {
			continue
		}
		if i == len(rest) && start == i {
			break
		}
		if !n.add(rest[start:i]) {
			return false
		}
		start = i + 1
	}
	return n.letters > 0 && n.digits <= maxDigits && n.short <= maxShortParts
}

// count counts what the parts of a name are made of.
type count struct {
	letters, digits int
	short           int // parts of few letters that are not known words
}

// add adds a part, and reports whether it is spelled like a part of a name.
func (n *count) add(part string) bool {
	stem, number, tail := cutNumber(part)
	n.letters += len(stem) + len(tail)
	n.digits += len(number)
	switch {
	case stem == "" && tail == "":
		return len(number) <= 2
	case number != "" && !takesNumber(stem, len(number)):
		return false
	case tail != "":
		ok, _ := isPart(tail)
		return ok && len(tail) >= minTail && isCapital(tail[0]) && isLower(stem) && isWord(stem, common)
	}
	ok, known := isPart(stem)
	if len(stem) <= maxShort && !known {
		n.short++
	}
	return ok
}

// cutNumber cuts a part at its first number.
func cutNumber(part string) (stem, number, tail string) {
	start := 0
	for start < len(part) && !isDigit(part[start]) {
		start++
	}
	end := start
	for end < len(part) && isDigit(part[end]) {
		end++
	}
	return part[:start], part[start:end], part[end:]
}

// takesNumber reports whether a number of that many digits may follow the letters of stem, as in
// "sha256", "v1" and "addressLine2".
func takesNumber(stem string, digits int) bool {
	switch {
	case stem == "":
		return false
	case isLower(stem):
		return digits == 1 || digits <= 3 && len(stem) > 1
	}
	return digits == 1 && !isCapital(stem[len(stem)-1])
}

// isPart reports whether letters between two joints are spelled like one word or several, and
// whether they are a known word of up to maxShort letters.
func isPart(part string) (ok, known bool) {
	for i := range len(part) {
		if !isLetter(part[i]) {
			return false, false
		}
	}
	switch {
	case isLower(part):
		if len(part) > maxShort {
			return isWord(part, rare), false
		}
		return true, names.IsUnusualWord(part) || names.IsShortWord(part)
	case isUpper(part):
		return len(part) <= 2 || isWord(part, common), false
	case names.IsVendor(part):
		return true, true
	}
	words, often := 0, rare
	for rest := part; rest != ""; words++ {
		n := humpEnd(rest)
		word := rest[:n]
		rest = rest[n:]
		if len(word) <= maxShort {
			if lower := strings.ToLower(word); !names.IsUnusualWord(lower) && !names.IsShortWord(lower) {
				return false, false
			}
			often = common // many random groups of letters are short words
		}
		if !isWord(word, often) {
			return false, false
		}
	}
	return words == 1 || len(part)*2 >= words*5, false
}

// humpEnd returns the length of the first word of text in camel case: a run of small letters with
// the capital in front of it, or a run of capitals: "maxItem", "Item", "URLPath" (URL, Path).
func humpEnd(text string) int {
	i := 0
	for i < len(text) && isCapital(text[i]) {
		i++
	}
	if i > 1 {
		if i == len(text) {
			return i
		}
		return i - 1
	}
	for i < len(text) && !isCapital(text[i]) {
		i++
	}
	return i
}

// isWord reports whether letters follow one another as in English words, all of them as often as
// asked for, or are a known word. Few letters are always a word.
func isWord(word string, often frequency) bool {
	return len(word) <= maxShort || isSpelled(word, often) || names.IsUnusualWord(strings.ToLower(word))
}

func isSpelled(word string, often frequency) bool {
	before, last := edge, int(word[0]|0x20-'a')
	for i := 1; i <= len(word); i++ {
		next := edge
		if i < len(word) {
			next = int(word[i] | 0x20 - 'a')
		}
		if trigrams[before*letters+last][often]>>next&1 == 0 {
			return false
		}
		before, last = last, next
	}
	return true
}

func isJoint(c byte) bool   { return c == '_' || c == '-' || c == '.' || c == '[' || c == ']' }
func isDigit(c byte) bool   { return '0' <= c && c <= '9' }
func isLetter(c byte) bool  { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isCapital(c byte) bool { return 'A' <= c && c <= 'Z' }

func isLower(text string) bool {
	for i := range len(text) {
		if text[i] < 'a' || text[i] > 'z' {
			return false
		}
	}
	return true
}

func isUpper(text string) bool {
	for i := range len(text) {
		if !isCapital(text[i]) {
			return false
		}
	}
	return true
}
