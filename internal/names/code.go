package names

import _ "embed"

//go:embed words/codes.txt
var codeFile string

var (
	countries  = newCodeTable(codeFile, "country", 2)
	currencies = newCodeTable(codeFile, "currency", 3)
	languages  = newCodeTable(codeFile, "language", 2)
)

// IsCountry reports whether text is a code of a country (ISO 3166-1 alpha-2). It accepts lower case
// too, because paths have it.
func IsCountry(text string) bool { return countries.has(text) }

// IsCurrency reports whether text is a code of a currency (ISO 4217), in upper or lower case.
func IsCurrency(text string) bool { return currencies.has(text) }

// IsLanguage reports whether text is a code of a language (ISO 639-1), which is in lower case.
func IsLanguage(text string) bool { return text != "" && text[0] >= 'a' && languages.has(text) }

// codeTable holds codes of one length. It is an array and not a set, because every short text of the
// traffic is looked up in it.
type codeTable struct {
	letters int
	listed  []bool // by the code, read as a number in base 26
}

// newCodeTable reads a section of codes that have the given number of letters.
func newCodeTable(file, name string, letters int) codeTable {
	size := 1
	for range letters {
		size *= 26
	}
	table := codeTable{letters, make([]bool, size)}
	for _, code := range section(file, name) {
		if i, ok := table.index(code); ok {
			table.listed[i] = true
		}
	}
	return table
}

// has reports whether the table has a code, in upper or lower case.
func (t codeTable) has(code string) bool {
	i, ok := t.index(code)
	return ok && t.listed[i]
}

// index reads a code as a number in base 26. ok is false for a text of another length, of other
// characters, or of letters in both cases.
func (t codeTable) index(code string) (i int, ok bool) {
	if len(code) != t.letters {
		return 0, false
	}
	for at := range len(code) {
		lower := code[at] | 0x20
		if code[at]&0x20 != code[0]&0x20 || lower < 'a' || lower > 'z' {
			return 0, false
		}
		i = i*26 + int(lower-'a')
	}
	return i, true
}
