package format

import "strings"

// IsUUID reports whether text has the form of RFC 9562, section 4, in any version and variant.
func IsUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if text[i] != '-' {
				return false
			}
		} else if !isHexDigit(text[i]) {
			return false
		}
	}
	return true
}

// isULID reports whether text is a ULID: 26 characters of Crockford's base32, the first at most
// 7, with at least one letter and one digit.
func isULID(text string) bool {
	if len(text) != 26 || text[0] < '0' || text[0] > '7' {
		return false
	}
	letters, digits := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case isDigit(c):
			digits++
		case 'A' <= c && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U':
			letters++
		default:
			return false
		}
	}
	return letters > 0 && digits > 0
}

func isBase64URL(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' || c == '_' }

// isJWT reports whether text consists of three parts in base64url, the first two of which start
// like a JSON object.
func isJWT(text string) bool {
	header, rest, _ := strings.Cut(text, ".")
	payload, signature, ok := strings.Cut(rest, ".")
	return ok && strings.HasPrefix(header, "eyJ") && strings.HasPrefix(payload, "ey") &&
		isAll(header, isBase64URL) && isAll(payload, isBase64URL) &&
		(signature == "" || isAll(signature, isBase64URL))
}

func isHex(text string) bool { return isAll(text, isHexDigit) }

// isIBAN reports whether text is an account number of ISO 13616 with a correct checksum
// (ISO 7064, mod 97-10).
func isIBAN(text string) bool {
	if len(text) < 15 || len(text) > 42 ||
		!isUpper(text[0]) || !isUpper(text[1]) || !isDigit(text[2]) || !isDigit(text[3]) {
		return false
	}
	sum, n := 0, 0
	for i := range len(text) {
		c := text[(i+4)%len(text)]
		switch {
		case isDigit(c):
			sum = (sum*10 + int(c-'0')) % 97
		case isUpper(c):
			sum = (sum*100 + int(c-'A') + 10) % 97
		case c == ' ' && (i+4)%len(text)%5 == 4:
			continue
		default:
			return false
		}
		n++
	}
	return n >= 15 && n <= 34 && sum == 1
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// isPhone reports whether text has the international form of E.123: "+" and 7 to 15 digits,
// separated by spaces, hyphens, dots and parentheses.
func isPhone(text string) bool {
	rest, ok := strings.CutPrefix(text, "+")
	n, ok2 := phoneDigits(rest)
	return ok && ok2 && n >= 7 && n <= 15 && rest[0] != '0'
}

// isLocalPhone reports whether text consists of 7 to 15 digits with single separators between.
func isLocalPhone(text string) bool {
	n, ok := phoneDigits(text)
	return ok && n >= 7 && n <= 15
}

func phoneDigits(text string) (int, bool) {
	if text == "" || !isDigit(text[0]) && text[0] != '(' || !isDigit(text[len(text)-1]) {
		return 0, false
	}
	n := 0
	for i := range len(text) {
		switch c := text[i]; {
		case isDigit(c):
			n++
		case strings.IndexByte(" -.()/", c) < 0:
			return 0, false
		case i > 0 && !isDigit(text[i-1]) && !(c == ' ' && text[i-1] == ')') && c != '(':
			return 0, false
		}
	}
	return n, true
}

// isCardNumber reports whether text consists of 12 to 19 digits, perhaps in groups, with a
// correct check digit (Luhn).
func isCardNumber(text string) bool {
	sum, n := 0, 0
	for i := len(text) - 1; i >= 0; i-- {
		c := text[i]
		if c == ' ' || c == '-' {
			continue
		}
		if !isDigit(c) {
			return false
		}
		d := int(c - '0')
		if n%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		n++
	}
	return n >= 12 && n <= 19 && sum%10 == 0
}

// isDecimal reports whether text is a decimal number with a fraction and without leading zeros.
func isDecimal(text string) bool {
	whole, fraction, ok := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return ok && len(text) <= 40 && isAll(whole, isDigit) && isAll(fraction, isDigit) &&
		(len(whole) == 1 || whole[0] != '0')
}

// isSemver reports whether text is a version of semver.org 2.0.0, perhaps with a prefix "v".
func isSemver(text string) bool {
	text = strings.TrimPrefix(text, "v")
	core, build, hasBuild := strings.Cut(text, "+")
	core, pre, hasPre := strings.Cut(core, "-")
	if hasBuild && !isDotted(build, false) || hasPre && !isDotted(pre, true) {
		return false
	}
	n := 0
	for part := range strings.SplitSeq(core, ".") {
		if !isAll(part, isDigit) || len(part) > 1 && part[0] == '0' || len(part) > 8 {
			return false
		}
		n++
	}
	return n == 3
}

func isDotted(text string, noLeadingZeros bool) bool {
	for part := range strings.SplitSeq(text, ".") {
		if !isAll(part, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' }) {
			return false
		}
		if noLeadingZeros && len(part) > 1 && part[0] == '0' && isAll(part, isDigit) {
			return false
		}
	}
	return true
}

// isBase64 reports whether text is padded base64 and not a word: it has letters of both cases,
// and a digit, padding, "+" or "/".
func isBase64(text string, c class) bool {
	if len(text)%4 != 0 {
		return false
	}
	bare := strings.TrimRight(text, "=")
	if len(text)-len(bare) > 2 || bare == "" {
		return false
	}
	own, lower, upper := len(text) > len(bare), false, false
	for i := range len(bare) {
		switch b := bare[i]; {
		case b == '+' || b == '/':
			own = true
		case 'a' <= b && b <= 'z':
			lower = true
		case isUpper(b):
			upper = true
		case !isDigit(b):
			return false
		}
	}
	return lower && upper && (own || c.digits > 0)
}
