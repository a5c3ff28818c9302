package format

import (
	"strings"
	"time"

	"akita/internal/names"
)

// IsWord reports whether a path segment looks like a word, which is code or a slug, and not
// like an id, a token, an address or other personal data. A word consists of parts of ASCII
// letters joined by one of "-_.:~+,", with a few digits (v1, oauth2, 2fa, s3), perhaps after "@".
func IsWord(text string) bool {
	if IsVersion(text) {
		return true
	}
	if len(text) > 64 {
		return false
	}
	letters, digits, parts, start := 0, 0, 0, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) {
			switch c := text[i]; {
			case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
				letters++
				continue
			case '0' <= c && c <= '9':
				digits++
				continue
			case strings.IndexByte("-_.:~+,", c) >= 0, c == '@' && i == 0:
			default:
				return false
			}
		}
		part := text[start:i]
		if !IsWordPart(part) || mixes(part) && LooksRandom(part) {
			return false
		}
		if i == len(text) && parts > 0 && isAll(part, isDigit) {
			return false // room-7
		}
		parts++
		start = i + 1
	}
	if letters == 0 || digits > 4 || digits > letters+1 {
		return false
	}
	if len(text) >= 12 && LooksRandom(text) {
		return false
	}
	f := Detect(text)
	return !f.Strong() && !f.Has(Hex) && !(digits > 0 && parts == 1 && f.Has(Base64))
}

// mixes reports whether a part has digits between letters, or capitals after small letters. Most
// short ids have, and few words do.
func mixes(part string) bool {
	letter, small := false, false
	for i := range len(part) {
		switch c := part[i]; {
		case isDigit(c):
			if letter && i < len(part)-1 {
				return true
			}
		case c >= 'a':
			letter, small = true, true
		default:
			if small {
				return true
			}
			letter = true
		}
	}
	return false
}

// IsWordPart reports whether one part of a name, which consists of letters and digits, may be a
// word. Otherwise it is an id or a token.
func IsWordPart(part string) bool {
	if len(part) > 24 {
		return false
	}
	var digits, groups, upper, vowels, consonants, longest, turns int
	for i := range len(part) {
		c := part[i]
		digit := '0' <= c && c <= '9'
		if digit {
			digits++
			if i == 0 || part[i-1] < '0' || part[i-1] > '9' {
				groups++
			}
			consonants = 0
			continue
		}
		isUpper := 'A' <= c && c <= 'Z'
		if isUpper {
			upper++
		}
		if i > 0 && isUpper != ('A' <= part[i-1] && part[i-1] <= 'Z') && (part[i-1] < '0' || part[i-1] > '9') {
			turns++
		}
		if strings.IndexByte("aeiouyAEIOUY", c) >= 0 {
			vowels++
			consonants = 0
		} else {
			consonants++
			longest = max(longest, consonants)
		}
	}
	letters := len(part) - digits
	mixed := upper > 0 && upper < letters
	switch {
	case IsVersion(part), part == "":
		return true
	case letters == 0:
		return digits <= 2 // the 1 of v1.1
	case groups > 1, digits > 3:
		return false
	case mixed && digits > 0 && len(part) > 7 && strings.ContainsAny(part[:2], "0123456789"):
		return false // 5jIjaEJIXourvu
	case mixed && digits > 0 && (letters > 2 && digits > 1 || len(part) > 7 && !camelWithNumber(part)):
		return false // Xk29Ab, 2MGBqAUMvNwUVi
	case mixed && turns*3 > len(part)+3:
		return false // aBcDeF: words are longer
	case digits == 0 && vowels == 0:
		return letters <= 6 // css, html, xml; tokens are longer
	}
	return longest <= 6
}

// camelWithNumber reports whether a part is camel case with a number between words, such as
// "getUser2" and "oauth2Callback".
func camelWithNumber(part string) bool {
	for _, word := range strings.FieldsFunc(part, func(r rune) bool { return r >= '0' && r <= '9' }) {
		turns := 0
		for i := 1; i < len(word); i++ {
			if (word[i] < 'a') != (word[i-1] < 'a') {
				turns++
			}
		}
		if turns*3 > len(word)+2 {
			return false
		}
	}
	return true
}

// IsVersion reports whether text is a version of an API, such as "v2", "v1.1", "v1beta1", "1.0"
// and "2.0.1".
func IsVersion(text string) bool {
	if text == "" || text[0] != 'v' && text[0] != 'V' && !isDigit(text[0]) {
		return false
	}
	bare := strings.TrimPrefix(strings.TrimPrefix(text, "v"), "V")
	numbers := strings.TrimRight(bare, "abcdefghijklmnopqrstuvwxyz0123456789")
	if numbers == "" {
		return bare != text && digitsThenStage(bare)
	}
	parts := strings.Split(bare, ".")
	for _, part := range parts {
		if len(part) == 0 || len(part) > 2 || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return len(parts) == 2 || len(parts) == 3
}

// IsDatedVersion reports whether text is a date as versions of APIs are named after: "2024-01",
// "2015-03-31", "20160918", "v2024.01", and with a stage "2024-10-01-preview".
func IsDatedVersion(text string) bool {
	date, _ := VersionDate(text)
	return date != ""
}

// VersionDate returns the date of a version as "2024-01-01", the first day of a month without one
// (isMonth), and "" for a text that is not such a version.
func VersionDate(text string) (date string, isMonth bool) {
	if len(text) < 7 || len(text) > 40 {
		return "", false
	}
	if text[0] == 'v' || text[0] == 'V' {
		text = text[1:]
	}
	end := 0
	for end < len(text) && (isDigit(text[end]) || strings.IndexByte("-.", text[end]) >= 0) {
		end++
	}
	date, stage := text[:end], text[end:]
	if stage != "" {
		var ok bool
		if date, ok = strings.CutSuffix(date, "-"); !ok || !names.IsReleaseStage(strings.TrimRight(stage, "0123456789.")) {
			return "", false
		}
	}
	date = strings.ReplaceAll(date, ".", "-")
	switch len(date) {
	case len("2024-01"):
		date, isMonth = date+"-01", true
	case len("20240101"):
		date = date[:4] + "-" + date[4:6] + "-" + date[6:]
	case len(time.DateOnly):
	default:
		return "", false
	}
	if !isDate(date) || date < "1990" || date >= "2100" {
		return "", false
	}
	return date, isMonth
}

func digitsThenStage(text string) bool {
	stage := strings.TrimLeft(text, "0123456789")
	if stage == text || len(text)-len(stage) > 2 {
		return false
	}
	stage = strings.TrimRight(stage, "0123456789")
	return stage == "" || names.IsReleaseStage(stage)
}
