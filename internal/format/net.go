package format

import (
	"net/netip"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"akita/internal/names"
)

func isIPv4(text string) bool {
	if len(text) < 7 || len(text) > 15 || !isDigit(text[0]) {
		return false
	}
	addr, err := netip.ParseAddr(text)
	return err == nil && addr.Is4()
}

func isIPv6(text string) bool {
	if len(text) < 2 || len(text) > 45 || strings.IndexByte(text, ':') < 0 || strings.IndexByte(text, '%') >= 0 {
		return false
	}
	addr, err := netip.ParseAddr(text)
	return err == nil && addr.Is6()
}

func isMAC(text string) bool {
	if len(text) != 17 {
		return false
	}
	for i := range len(text) {
		if i%3 == 2 {
			if text[i] != text[2] || text[i] != ':' && text[i] != '-' {
				return false
			}
		} else if !isHexDigit(text[i]) {
			return false
		}
	}
	return true
}

// isEmail reports whether text is a mailbox of RFC 5321: a dot-string or a quoted string, then
// a hostname or an address literal.
func isEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 1 || at > 64 {
		return false
	}
	local, domain := text[:at], text[at+1:]
	if local[0] == '"' {
		if !isQuoted(local) {
			return false
		}
	} else if !isDotString(local) {
		return false
	}
	if literal, ok := strings.CutPrefix(domain, "["); ok {
		literal, ok = strings.CutSuffix(literal, "]")
		if v6, tagged := strings.CutPrefix(literal, "IPv6:"); tagged {
			return ok && isIPv6(v6)
		}
		return ok && isIPv4(literal)
	}
	return isHostname(domain)
}

func isDotString(text string) bool {
	if text[0] == '.' || text[len(text)-1] == '.' || strings.Contains(text, "..") {
		return false
	}
	return isAll(text, func(c byte) bool {
		return isDigit(c) || isLetter(c) || strings.IndexByte(".!#$%&'*+-/=?^_`{|}~", c) >= 0
	})
}

func isQuoted(text string) bool {
	if len(text) < 3 || text[len(text)-1] != '"' {
		return false
	}
	inner := text[1 : len(text)-1]
	for i := 0; i < len(inner); i++ {
		switch c := inner[i]; {
		case c == '\\':
			if i++; i == len(inner) || inner[i] < ' ' || inner[i] > '~' {
				return false
			}
		case c < ' ' || c > '~' || c == '"':
			return false
		}
	}
	return true
}

// isHostname reports whether text is a name of RFC 1123: labels of letters, digits and inner
// hyphens. Labels of internationalized names must be valid (RFC 5890 to 5893).
func isHostname(text string) bool {
	if text == "" || len(text) > 253 {
		return false
	}
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if !isAll(label, func(c byte) bool { return c == '-' || isDigit(c) || isLetter(c) }) {
			return false
		}
		if len(label) > 3 && label[2:4] == "--" && !isALabel(label) {
			return false
		}
	}
	return true
}

// idnaProfile checks labels by RFC 5891.
var idnaProfile = idna.New(idna.ValidateLabels(true), idna.CheckHyphens(true), idna.CheckJoiners(true),
	idna.BidiRule(), idna.StrictDomainName(true))

// isALabel reports whether a label encodes a valid label of Unicode: by RFC 5891, for which it
// uses package idna, and by the contextual rules of RFC 5892, appendix A.3 to A.9, which package
// idna lacks.
func isALabel(label string) bool {
	lower := strings.ToLower(label)
	if !strings.HasPrefix(lower, "xn--") || lower != label && strings.ContainsFunc(label[4:], unicode.IsUpper) {
		return false
	}
	text, err := idnaProfile.ToUnicode(lower)
	if err != nil {
		return false
	}
	runes := []rune(text)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return 0
		}
		return runes[i]
	}
	var arabic, extended, cjk, katakanaDot bool
	for i, r := range runes {
		switch {
		case r == 0x00b7 && (at(i-1) != 'l' || at(i+1) != 'l'): // middle dot
			return false
		case r == 0x0375 && !unicode.Is(unicode.Greek, at(i+1)): // keraia
			return false
		case (r == 0x05f3 || r == 0x05f4) && !unicode.Is(unicode.Hebrew, at(i-1)): // geresh, gershayim
			return false
		case r == 0x30fb:
			katakanaDot = true
		case r >= 0x0660 && r <= 0x0669:
			arabic = true
		case r >= 0x06f0 && r <= 0x06f9:
			extended = true
		case r == 0x302e, r == 0x302f, r == 0x0640, r == 0x07fa, r >= 0x3031 && r <= 0x3035, r == 0x303b:
			return false // disallowed by RFC 5892, section 2.6
		}
		cjk = cjk || unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
	}
	return !(arabic && extended) && (!katakanaDot || cjk)
}

// isURI reports whether text is a URI and not one by chance: it has an authority or a common
// scheme that has none.
func isURI(text string) bool {
	scheme, rest, _ := strings.Cut(text, ":")
	if len(scheme) < 2 || len(scheme) > 20 {
		return false
	}
	if host, ok := strings.CutPrefix(rest, "//"); ok {
		return host != "" && (host[0] != '/' || scheme == "file") && isAnyURI(text)
	}
	return names.IsOpaqueScheme(scheme) && rest != "" && isAnyURI(text)
}

// isAnyURI reports whether text follows the grammar of RFC 3986, appendix A.
func isAnyURI(text string) bool {
	scheme, rest, ok := strings.Cut(text, ":")
	if !ok || scheme == "" || !isLetter(scheme[0]) || !isAll(scheme, isSchemeChar) {
		return false
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	if !isURIChars(fragment, "/?:@") || !isURIChars(query, "/?:@") {
		return false
	}
	after, ok := strings.CutPrefix(rest, "//")
	if !ok {
		return isURIChars(rest, "/:@")
	}
	authority, path := after, ""
	if slash := strings.IndexByte(after, '/'); slash >= 0 {
		authority, path = after[:slash], after[slash:]
	}
	return isURIChars(path, "/:@") && isAuthority(authority)
}

func isSchemeChar(c byte) bool { return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.' }

func isAuthority(text string) bool {
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		if !isURIChars(text[:at], ":") {
			return false
		}
		text = text[at+1:]
	}
	host, port := text, ""
	if literal, ok := strings.CutPrefix(text, "["); ok {
		literal, port, ok = strings.Cut(literal, "]")
		if !ok || !isIPv6(literal) || port != "" && port[0] != ':' {
			return false
		}
		host, port = "", strings.TrimPrefix(port, ":")
	} else if colon := strings.LastIndexByte(text, ':'); colon >= 0 {
		host, port = text[:colon], text[colon+1:]
	}
	return isURIChars(host, "") && (port == "" || isAll(port, isDigit))
}

// isURIChars reports whether text consists of unreserved characters, percent encodings,
// sub-delims and the characters in more.
func isURIChars(text, more string) bool {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case isLetter(c), isDigit(c),
			strings.IndexByte("-._~!$&'()*+,;=", c) >= 0, strings.IndexByte(more, c) >= 0:
		case c == '%':
			if i+2 >= len(text) || !isHexDigit(text[i+1]) || !isHexDigit(text[i+2]) {
				return false
			}
			i += 2
		default:
			return false
		}
	}
	return true
}
