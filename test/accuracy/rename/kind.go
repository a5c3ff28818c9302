package rename

import (
	"regexp"
	"strings"
	"unicode"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/segment"
	"akita/internal/spelling"
)

// grammars are texts that are not any text of their letters and digits: another date or address
// would have to follow the same rules. They keep their text.
var grammars = []*regexp.Regexp{
	regexp.MustCompile(`^\d{4}-\d{2}(-\d{2}([T ].*)?)?$`),              // dates and times
	regexp.MustCompile(`^\d{1,2}[:.]\d{2}([:.]\d{2,4})?$`),             // times of the day, dates as 31.12.2025
	regexp.MustCompile(`^\d{1,3}(\.\d{1,3}){3}$`),                      // IPv4
	regexp.MustCompile(`^[0-9a-fA-F]*:[0-9a-fA-F:]*:`),                 // IPv6, MAC
	regexp.MustCompile(`^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$`),               // IBAN, with its check digits
	regexp.MustCompile(`^P(\d+[YMWD])*(T(\d+[HMS])+)?$`),               // durations
	regexp.MustCompile(`^eyJ[\w-]*\.[\w-]*\.[\w-]*$`),                  // JSON web tokens
	regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`),                  // URLs
	regexp.MustCompile(`^v\d+(\.\d+)*$`),                               // versions
	regexp.MustCompile(`^\+\d{6,15}$`),                                 // phone numbers
	regexp.MustCompile(`[^\x20-\x7e]`),                                 // other scripts have other kinds
	regexp.MustCompile(`^[-._~!$&'()*+,;=:@%/ ]*$`),                    // nothing to rename
	regexp.MustCompile(`^[A-Za-z]+(\.[A-Za-z]+)*\((.*)\)$`),            // calls of functions
	regexp.MustCompile(`^([A-Z]{2,4}|[a-z]{2}|[a-z]{2}[-_][A-Z]{2})$`), // codes of a list, such as countries
	regexp.MustCompile(`^(?i:true|false|null|none|nan)$`),              // constants
}

func hasGrammar(text string) bool {
	for _, g := range grammars {
		if g.MatchString(text) {
			return true
		}
	}
	return false
}

var (
	uuidPattern      = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	extensionPattern = regexp.MustCompile(`^.*?[^.]((\.tar)?\.[A-Za-z][A-Za-z0-9]{0,4})$`)
	prefixPattern    = regexp.MustCompile(`^([A-Za-z]{2,6}_)[A-Za-z0-9]*[0-9][A-Za-z0-9]*$`)
)

// shortPattern matches letters, numbers and tokens for which no unused ones may be left.
var shortPattern = regexp.MustCompile(`^[0-9]{1,3}$|^[A-Za-z]$|^[A-Za-z]{1,2}[0-9]{1,2}$|^[0-9]{1,2}[A-Za-z]{1,2}$`)

// kind is what a text is by its form, apart from its meaning: the properties that a renaming keeps. They
// are those that tell an id or a token from a word, and one form of words from another.
type kind struct {
	formats  format.Set
	isWord   bool   // it looks like a word, and not like a token
	isName   bool   // it is spelled like a name that a programmer wrote
	isPlural bool   // it ends as plurals do
	isCode   bool   // as a segment of a path it is a word
	suffix   string // as a segment it has this behind its first value
	more     int    // and so many more values
}

func kindOf(text string) kind {
	s := segment.Parse(text)
	return kind{
		format.Detect(text), format.IsWord(text), spelling.IsName(text), names.IsPlural(text),
		s.Word != "", s.Suffix, len(s.More),
	}
}

// isLike reports whether a new text is of the kind of the old one. It must not be a word that the
// product knows by its meaning: such words are another kind than those that no API uses.
func isLike(renamed, old string) bool {
	return kindOf(renamed) == kindOf(old) && !isListed(renamed)
}

// isListed reports whether the product's lists of words in paths have a part of a text.
func isListed(text string) bool {
	for _, word := range append(names.Words(text), strings.ToLower(text)) {
		if names.IsPronoun(word) || names.IsReserved(word) || names.IsSpecial(word) || names.IsAction(word) {
			return true
		}
	}
	return false
}

// numbered matches a word with a number behind it.
var numbered = regexp.MustCompile(`^([A-Za-z]{3,})([0-9]{1,3})$`)

// pieces cuts a text into runs of letters and digits, and the text between them. A token is one
// run, and a word with a number behind it is two.
func pieces(text string) []string {
	var all []string
	start := 0
	for i := 1; i <= len(text); i++ {
		if i < len(text) && isAlnum(text[i]) == isAlnum(text[i-1]) {
			continue
		}
		run := text[start:i]
		start = i
		if m := numbered.FindStringSubmatch(run); m != nil && spelling.IsName(run) {
			all = append(all, m[1:]...)
			continue
		}
		all = append(all, run)
	}
	return all
}

func isAlnum(c byte) bool { return isDigit(c) || isLetter(c) }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// matchCase gives a word the upper-case letters of another one of the same length.
func matchCase(word, like string) string {
	letters := []byte(strings.ToLower(word))
	for i := range letters {
		if unicode.IsUpper(rune(like[i])) {
			letters[i] -= 'a' - 'A'
		}
	}
	return string(letters)
}

func only(text string, is func(byte) bool) bool {
	for i := range len(text) {
		if !is(text[i]) {
			return false
		}
	}
	return true
}
