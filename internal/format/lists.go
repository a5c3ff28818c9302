package format

import (
	_ "embed"
	"strings"
)

// The lists hold one code per line. Lines that start with "#" give the origin of the codes below.
var (
	//go:embed lists/countries.txt
	countries string
	//go:embed lists/currencies.txt
	currencies string
	//go:embed lists/languages.txt
	languages string
)

var (
	countryTable  = newCodeTable(countries, 2)
	currencyTable = newCodeTable(currencies, 3)
	languageTable = newCodeTable(languages, 2)
)

// isCountry accepts upper case and, because paths have it, lower case.
func isCountry(text string) bool { return len(text) == 2 && isListed(countryTable, text, true) }

// isCurrency accepts upper case and lower case.
func isCurrency(text string) bool { return len(text) == 3 && isListed(currencyTable, text, true) }

func isLanguage(text string) bool {
	return len(text) == 2 && text[0] >= 'a' && isListed(languageTable, text, false)
}

// codeTable reports which codes are in a list. Its index is a code, read as a number in base 26.
type codeTable []bool

// newCodeTable reads a list of codes with the given number of letters.
func newCodeTable(list string, letters int) codeTable {
	size := 1
	for range letters {
		size *= 26
	}
	table := make(codeTable, size)
	for line := range strings.Lines(list) {
		code := strings.TrimSpace(line)
		if i, ok := codeNumber(code); ok && len(code) == letters {
			table[i] = true
		}
	}
	return table
}

// codeNumber reads letters of one case as a number in base 26. ok is false for other texts.
func codeNumber(code string) (n int, ok bool) {
	for i := range len(code) {
		c := code[i]
		if c&0x20 != code[0]&0x20 || !isLetter(c) {
			return 0, false
		}
		n = n*26 + int(c|0x20) - 'a'
	}
	return n, true
}

func isListed(table codeTable, code string, upper bool) bool {
	n, ok := codeNumber(code)
	return ok && n < len(table) && table[n] && (upper || code[0] >= 'a')
}

// isLanguageTag reports whether text is a tag of BCP 47: a language, perhaps a script, perhaps a
// region, joined by hyphens or, as in POSIX, by an underscore. Examples: "en", "pt-BR",
// "zh-Hant-TW", "de_AT".
func isLanguageTag(text string) bool {
	language, rest, more := strings.Cut(text, "-")
	if !more {
		language, rest, more = strings.Cut(text, "_")
	}
	if !isLanguage(language) {
		return false
	}
	if !more {
		return true
	}
	if script, after, ok := strings.Cut(rest, "-"); ok {
		return isScript(script) && isRegion(after)
	}
	return isScript(rest) || isRegion(rest)
}

func isScript(text string) bool {
	return len(text) == 4 && isUpper(text[0]) && isAll(text, isLetter)
}

func isRegion(text string) bool { return isCountry(text) || len(text) == 3 && isAll(text, isDigit) }
