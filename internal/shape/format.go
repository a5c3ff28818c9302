package shape

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Format is what a string, or an integer, is by its form.
type Format uint8

// The formats, most telling first: where a value has several, the first one names it.
const (
	_ Format = iota
	DateTime
	LocalDateTime
	Date
	Time
	Duration
	UUID
	ULID
	JWT
	Email
	URI
	IPv4
	IPv6
	MAC
	Hex
	formatEnd
)

var formatNames = [formatEnd]string{
	DateTime: "date-time", LocalDateTime: "date-time-local", Date: "date", Time: "time", Duration: "duration", UUID: "uuid", ULID: "ulid", JWT: "jwt",
	Email: "email", URI: "uri", IPv4: "ipv4", IPv6: "ipv6", MAC: "mac", Hex: "hex",
}

// String returns the format's name as OpenAPI's format registry has it, or ours.
func (f Format) String() string {
	if f < formatEnd {
		return formatNames[f]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (f Format) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *Format) UnmarshalText(text []byte) error {
	i := slices.Index(formatNames[:], string(text))
	if i <= 0 {
		return fmt.Errorf("unknown format of %d bytes", len(text))
	}
	*f = Format(i)
	return nil
}

// FormatCount says how many values had a format.
type FormatCount struct {
	Format Format `json:"format"`
	Count  uint64 `json:"count"`
}

// Formats is sorted by format.
type Formats []FormatCount

func (f *Formats) add(format Format, n uint64) {
	i, ok := slices.BinarySearchFunc(*f, format, func(c FormatCount, format Format) int { return int(c.Format) - int(format) })
	if ok {
		(*f)[i].Count += n
	} else {
		*f = slices.Insert(*f, i, FormatCount{format, n})
	}
}

func (f *Formats) merge(o Formats) {
	for _, c := range o {
		f.add(c.Format, c.Count)
	}
}

// DetectFormat returns the format of a text, 0 where it has none that is told apart.
func DetectFormat(text string) Format {
	if len(text) < 2 || len(text) > 4096 {
		return 0
	}
	switch {
	case digitAt(text, 0) && digitAt(text, 1):
		if f := detectTime(text); f != 0 {
			return f
		}
	case text[0] == 'P' && isDuration(text):
		return Duration
	}
	switch {
	case isUUID(text):
		return UUID
	case isULID(text):
		return ULID
	case strings.HasPrefix(text, "eyJ") && isJWT(text):
		return JWT
	case isIPv4(text):
		return IPv4
	case isMAC(text):
		return MAC
	case isIPv6(text):
		return IPv6
	case isEmail(text):
		return Email
	case isURI(text):
		return URI
	case len(text) >= 16 && len(text)%2 == 0 && isHexWithDigits(text):
		return Hex
	}
	return 0
}

func digitAt(text string, i int) bool { return i < len(text) && '0' <= text[i] && text[i] <= '9' }

func detectTime(text string) Format {
	switch {
	case len(text) == 10 && text[4] == '-':
		if _, err := time.Parse(time.DateOnly, text); err == nil {
			return Date
		}
	case len(text) >= 19 && text[4] == '-' && (text[10] == 'T' || text[10] == 't' || text[10] == ' '):
		normal := text[:10] + "T" + strings.ToUpper(text[11:])
		if _, err := time.Parse(time.RFC3339Nano, normal); err == nil {
			if text[10] == ' ' {
				return LocalDateTime // RFC 3339 allows the space for readability, JSON Schema does not
			}
			return DateTime
		}
		if _, err := time.Parse("2006-01-02T15:04:05.999999999", normal); err == nil {
			return LocalDateTime
		}
	case len(text) >= 8 && text[2] == ':' && text[5] == ':':
		if _, err := time.Parse("15:04:05.999999999Z07:00", strings.ToUpper(text)); err == nil {
			return Time
		}
		if _, err := time.Parse("15:04:05.999999999", text); err == nil {
			return Time
		}
	}
	return 0
}

// isDuration tells ISO 8601 durations as RFC 3339, appendix A, has them.
func isDuration(text string) bool {
	rest, inTime, parts := text[1:], false, 0
	units := "YMWD"
	for rest != "" {
		if rest[0] == 'T' && !inTime {
			inTime, units = true, "HMS"
			if rest = rest[1:]; rest == "" {
				return false
			}
			continue
		}
		n := 0
		for digitAt(rest, n) || n > 0 && n < len(rest) && rest[n] == '.' {
			n++
		}
		if n == 0 || n == len(rest) {
			return false
		}
		at := strings.IndexByte(units, rest[n])
		if at < 0 {
			return false
		}
		units, rest, parts = units[at+1:], rest[n+1:], parts+1
	}
	return parts > 0
}

func isHexByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if text[i] != '-' {
				return false
			}
		} else if !isHexByte(text[i]) {
			return false
		}
	}
	return true
}

// isULID tells ULIDs: 26 characters of Crockford's base32, the first at most 7.
func isULID(text string) bool {
	if len(text) != 26 || text[0] < '0' || text[0] > '7' {
		return false
	}
	letters, digits := 0, 0
	for i := range len(text) {
		c := text[i]
		switch {
		case '0' <= c && c <= '9':
			digits++
		case 'A' <= c && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U':
			letters++
		default:
			return false
		}
	}
	return letters > 0 && digits > 0
}

func isHexWithDigits(text string) bool {
	digits := false
	for i := range len(text) {
		if !isHexByte(text[i]) {
			return false
		}
		digits = digits || text[i] <= '9'
	}
	return digits
}

// isJWT tells the compact form of RFC 7515: three parts of base64url, the first a JSON object.
func isJWT(text string) bool {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || len(parts[1]) < 2 {
		return false
	}
	for _, part := range parts {
		for i := range len(part) {
			if c := part[i]; !(c == '-' || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
				return false
			}
		}
	}
	return true
}

func isIPv4(text string) bool {
	if len(text) > 15 || !digitAt(text, 0) || strings.Count(text, ".") != 3 {
		return false
	}
	addr, err := netip.ParseAddr(text)
	return err == nil && addr.Is4()
}

func isIPv6(text string) bool {
	if len(text) > 45 || strings.Count(text, ":") < 2 {
		return false
	}
	addr, err := netip.ParseAddr(text)
	return err == nil && addr.Is6() && addr.Zone() == ""
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
		} else if !isHexByte(text[i]) {
			return false
		}
	}
	return true
}

// isEmail tells addresses of RFC 5321's Mailbox with a dot-string and a host name.
func isEmail(text string) bool {
	local, domain, ok := strings.Cut(text, "@")
	if !ok || local == "" || len(local) > 64 || local[0] == '.' || local[len(local)-1] == '.' || strings.Contains(local, "..") {
		return false
	}
	for i := range len(local) {
		if c := local[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>[]:;@\,"`, c) >= 0 {
			return false
		}
	}
	return isHostname(domain)
}

// isHostname tells names of RFC 1123: labels of letters, digits and inner hyphens.
func isHostname(text string) bool {
	if text == "" || len(text) > 253 {
		return false
	}
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			if c := label[i]; !(c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
				return false
			}
		}
	}
	return true
}

// isURI tells absolute URIs of RFC 3986 with an authority, and mailto, tel, urn and data.
func isURI(text string) bool {
	scheme, rest, ok := strings.Cut(text, ":")
	if !ok || len(scheme) < 2 || len(scheme) > 20 || rest == "" {
		return false
	}
	for i := range len(scheme) {
		if c := scheme[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return false
		}
	}
	for i := range len(rest) {
		if c := rest[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("<>\"{}|\\^`", c) >= 0 {
			return false
		}
		if rest[i] == '%' && !(i+2 < len(rest) && isHexByte(rest[i+1]) && isHexByte(rest[i+2])) {
			return false
		}
	}
	if host, ok := strings.CutPrefix(rest, "//"); ok {
		return host != "" && (host[0] != '/' || scheme == "file")
	}
	switch scheme {
	case "mailto", "tel", "urn", "data":
		return true
	}
	return false
}
