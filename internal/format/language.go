package format

import (
	"strings"

	"akita/internal/names"
)

// isLanguageTag reports whether text is a tag of BCP 47: a language, perhaps a script, perhaps a
// region, joined by hyphens or, as in POSIX, by an underscore. Examples: "en", "pt-BR",
// "zh-Hant-TW", "de_AT".
func isLanguageTag(text string) bool {
	language, rest, more := strings.Cut(text, "-")
	if !more {
		language, rest, more = strings.Cut(text, "_")
	}
	if !names.IsLanguage(language) {
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

func isRegion(text string) bool {
	return names.IsCountry(text) || len(text) == 3 && isAll(text, isDigit)
}
