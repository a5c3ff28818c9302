package rename

import (
	"regexp"
	"strings"
	"unicode"
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
	extensionPattern = regexp.MustCompile(`^.*[^.](\.[A-Za-z][A-Za-z0-9]{0,4})$`)
	prefixPattern    = regexp.MustCompile(`^([A-Za-z]{2,6}_)[A-Za-z0-9]*[0-9][A-Za-z0-9]*$`)
)

// shortPattern matches letters, numbers and tokens for which no unused ones may be left.
var shortPattern = regexp.MustCompile(`^[0-9]{1,3}$|^[A-Za-z]$|^[A-Za-z]{1,2}[0-9]{1,2}$|^[0-9]{1,2}[A-Za-z]{1,2}$`)

// pieces cuts a text into runs of letters and digits, and the text between them.
func pieces(text string) []string {
	var all []string
	start := 0
	for i := 1; i <= len(text); i++ {
		if i == len(text) || isAlnum(text[i]) != isAlnum(text[i-1]) {
			all = append(all, text[start:i])
			start = i
		}
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
