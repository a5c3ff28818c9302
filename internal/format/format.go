// Package format detects what a text is from its form: a date, an address, an id, a code. It
// is pure, keeps no reference to the text, and does not allocate for common formats.
package format

import (
	"fmt"
	"iter"
	"math/bits"
	"strings"
	"sync"

	"akita/internal/names"
)

// Format is a form of a text or of an integer.
type Format uint8

// The formats, the most specific first: if all values of a field have several formats, the
// first one is the format of the field. Many texts have a format after Weak by chance, so such
// a format counts only if the name of the field confirms it.
const (
	_             Format = iota
	DateTime             // RFC 3339, section 5.6
	LocalDateTime        // DateTime without an offset
	Date                 // RFC 3339 full-date
	Time                 // RFC 3339 full-time
	LocalTime            // Time without an offset
	HTTPDate             // RFC 9110, section 5.6.7
	Duration             // RFC 3339, appendix A, and fractions of the last unit (ISO 8601)
	UUID                 // RFC 9562
	ULID                 // github.com/ulid/spec
	JWT                  // RFC 7519 in the compact form of RFC 7515
	Email                // RFC 5321, section 4.1.2, Mailbox
	IPv4                 // RFC 2673, section 3.2
	IPv6                 // RFC 4291, section 2.2
	MAC                  // EUI-48 with colons or hyphens
	IBAN                 // ISO 13616 with a correct checksum
	URI                  // RFC 3986 with an authority, or with a scheme that has none
	Phone                // ITU-T E.164 with "+"
	Decimal              // a decimal number with a fraction
	Semver               // semver.org 2.0.0
	Weak
	Hostname    // RFC 1123
	LocalPhone  // digits with separators
	CardNumber  // ISO/IEC 7812 with a correct check digit
	Country     // ISO 3166-1 alpha-2
	Currency    // ISO 4217
	Language    // a language tag of BCP 47: language, script, region
	Base64      // RFC 4648, section 4, padded
	UnixSeconds // an integer: seconds since 1970
	UnixMillis  // an integer: milliseconds since 1970
	Hex         // an even number of hexadecimal digits
	end
)

var formatNames = [end]string{
	DateTime:      "date-time",
	LocalDateTime: "date-time-local",
	Date:          "date",
	Time:          "time",
	LocalTime:     "time-local",
	HTTPDate:      "http-date",
	Duration:      "duration",
	UUID:          "uuid",
	ULID:          "ulid",
	JWT:           "jwt",
	Email:         "email",
	IPv4:          "ipv4",
	IPv6:          "ipv6",
	MAC:           "mac",
	IBAN:          "iban",
	URI:           "uri",
	Phone:         "phone",
	Decimal:       "decimal",
	Semver:        "semver",
	Hostname:      "hostname",
	LocalPhone:    "local-phone",
	CardNumber:    "card-number",
	Country:       "country",
	Currency:      "currency",
	Language:      "language",
	Base64:        "byte",
	UnixSeconds:   "unixtime",
	UnixMillis:    "unixtime-ms",
	Hex:           "hex",
}

// String returns the name of the format, from OpenAPI's format registry if it has one.
func (f Format) String() string {
	if f < end {
		return formatNames[f]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (f Format) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *Format) UnmarshalText(text []byte) error {
	named := Named(string(text))
	if named == 0 {
		return fmt.Errorf("unknown format of %d bytes", len(text))
	}
	*f = named
	return nil
}

// Named returns the format with a name that String returns, 0 for other names.
func Named(name string) Format {
	if name == "" {
		return 0
	}
	return formatsByName()[name]
}

// formatsByName returns the formats by name.
var formatsByName = sync.OnceValue(func() map[string]Format {
	of := make(map[string]Format, len(formatNames))
	for i, name := range formatNames {
		if name != "" {
			of[name] = Format(i)
		}
	}
	return of
})

// Set is a set of formats.
type Set uint64

// Has reports whether the set holds a format.
func (s Set) Has(f Format) bool { return s>>f&1 != 0 }

// Strong reports whether the set holds a format before Weak, which few texts have by chance.
func (s Set) Strong() bool { return s&(1<<Weak-1) != 0 }

// All yields the formats of the set in order.
func (s Set) All() iter.Seq[Format] {
	return func(yield func(Format) bool) {
		for rest := s; rest != 0; rest &= rest - 1 {
			if !yield(Format(bits.TrailingZeros64(uint64(rest)))) {
				return
			}
		}
	}
}

// Of returns the set of the formats.
func Of(formats ...Format) Set {
	var s Set
	for _, f := range formats {
		s |= 1 << f
	}
	return s
}

// maxLength is the length of the longest text that Detect inspects.
const maxLength = 8192

// Detect returns the formats of a text. It returns none for texts of more than 8192 bytes.
func Detect(text string) Set {
	if len(text) < 2 || len(text) > maxLength {
		return 0
	}
	c := classify(text)
	if c.other || c.control {
		return 0 // all formats consist of printable ASCII
	}
	var s Set
	add := func(is bool, f Format) {
		if is {
			s |= 1 << f
		}
	}
	if c.digits == len(text) {
		add(len(text)%2 == 0 && len(text) >= 16, Hex)
		add(len(text) >= 12 && isCardNumber(text), CardNumber)
		add(len(text) >= 7 && len(text) <= 15, LocalPhone)
		return s
	}
	if c.digits == 0 && c.letters == len(text) {
		return words(text)
	}
	if c.digits > 0 {
		s |= withDigits(text, c)
	}
	if s.Strong() {
		return s
	}
	add(c.at > 0 && isEmail(text), Email)
	add(c.colons > 1 && isIPv6(text), IPv6) // one without digits
	add(c.colons > 0 && isURI(text), URI)
	add((c.dots > 0 && c.letters > 0 || strings.HasPrefix(text, "xn--")) && isHostname(text), Hostname)
	add(c.hyphens > 0 && len(text) <= 12 && isLanguageTag(text), Language)
	add(c.underscores == 1 && len(text) <= 12 && isLanguageTag(text), Language)
	add(len(text) >= 8 && isBase64(text, c), Base64)
	return s
}

// withDigits returns the formats of a text that holds digits.
func withDigits(text string, c class) Set {
	var s Set
	switch {
	case '0' <= text[0] && text[0] <= '9':
		if f := isTime(text); f != 0 {
			return Of(f)
		}
	case text[0] == 'P' && isDuration(text, true):
		return Of(Duration)
	case text[0] == '+' && isPhone(text):
		return Of(Phone)
	case c.commas > 0 && isHTTPDate(text):
		return Of(HTTPDate)
	}
	switch {
	case c.dots > 0 && isDecimal(text):
		return Of(Decimal)
	case len(text) == 36 && IsUUID(text):
		return Of(UUID)
	case len(text) == 26 && isULID(text):
		return Of(ULID)
	case c.dots == 2 && len(text) > 20 && isJWT(text):
		return Of(JWT)
	case c.dots == 3 && isIPv4(text):
		return Of(IPv4)
	case len(text) == 17 && isMAC(text):
		return Of(MAC)
	case c.colons > 1 && isIPv6(text):
		return Of(IPv6)
	case isIBAN(text):
		return Of(IBAN)
	}
	if c.dots >= 2 && isSemver(text) && !isDottedDate(text) {
		s |= Of(Semver)
	}
	if c.letters == 0 && isLocalPhone(text) {
		s |= Of(LocalPhone)
	}
	if c.letters == 0 && len(text) <= 23 && isCardNumber(text) {
		s |= Of(CardNumber)
	}
	if len(text) >= 16 && len(text)%2 == 0 && isHex(text) {
		s |= Of(Hex)
	}
	return s
}

// words returns the formats of a text that consists of letters.
func words(text string) Set {
	var s Set
	switch len(text) {
	case 2:
		if names.IsCountry(text) {
			s |= Of(Country)
		}
		if names.IsLanguage(text) {
			s |= Of(Language)
		}
	case 3:
		if names.IsCurrency(text) {
			s |= Of(Currency)
		}
	}
	return s
}

// Valid reports whether a text conforms to the specification of a format. In contrast to
// Detect it ignores how likely the format is meant.
func Valid(f Format, text string) bool {
	switch f {
	case DateTime, LocalDateTime, Date, Time, LocalTime:
		return len(text) > 0 && isTime(text) == f
	case HTTPDate:
		return isHTTPDate(text)
	case Duration:
		return isDuration(text, false)
	case UUID:
		return IsUUID(text)
	case ULID:
		return isULID(text)
	case JWT:
		return isJWT(text)
	case Email:
		return isEmail(text)
	case IPv4:
		return isIPv4(text)
	case IPv6:
		return isIPv6(text)
	case MAC:
		return isMAC(text)
	case IBAN:
		return isIBAN(text)
	case URI:
		return isAnyURI(text)
	case Phone:
		return isPhone(text)
	case Decimal:
		return isDecimal(text)
	case Hostname:
		return isHostname(text)
	case Semver:
		return isSemver(text)
	case LocalPhone:
		return isLocalPhone(text)
	case CardNumber:
		return isCardNumber(text)
	case Country:
		return names.IsCountry(text)
	case Currency:
		return names.IsCurrency(text)
	case Language:
		return isLanguageTag(text)
	case Base64:
		return isBase64(text, classify(text))
	case Hex:
		return isHex(text) && len(text)%2 == 0
	}
	return false
}

// class counts the bytes of a text by kind.
type class struct {
	digits, letters, dots, colons, hyphens, underscores, at, commas int
	control, other                                                  bool // other: outside of ASCII
}

func classify(text string) class {
	var c class
	for i := range len(text) {
		switch b := text[i]; {
		case '0' <= b && b <= '9':
			c.digits++
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z':
			c.letters++
		case b == '.':
			c.dots++
		case b == ':':
			c.colons++
		case b == '-':
			c.hyphens++
		case b == '_':
			c.underscores++
		case b == '@':
			c.at++
		case b == ',':
			c.commas++
		case b >= 0x80:
			c.other = true
		case b < ' ' || b == 0x7f:
			c.control = true
		}
	}
	return c
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isHexDigit(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func isAll(text string, is func(byte) bool) bool {
	for i := range len(text) {
		if !is(text[i]) {
			return false
		}
	}
	return text != ""
}

// OfIntegers reports whether f is a format of integers. All other formats are of strings.
func (f Format) OfIntegers() bool { return f == UnixSeconds || f == UnixMillis }

// Integers in this range may be seconds since 1970: from September 2001 to 2096.
const (
	minUnix = 1_000_000_000
	maxUnix = 4_000_000_000
)

// OfInteger returns the formats of an integer.
func OfInteger(n int64) Set {
	switch {
	case minUnix <= n && n < maxUnix:
		return Of(UnixSeconds)
	case minUnix*1000 <= n && n < maxUnix*1000:
		return Of(UnixMillis)
	}
	return 0
}
