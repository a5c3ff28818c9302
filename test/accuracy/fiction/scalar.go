package fiction

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
)

func scalar(f Form, draw func(r *Rand) string) *Type { return &Type{Form: f, draw: draw} }

func text(names string, distinct bool, draw func(r *Rand) string) *Type {
	return scalar(Form{Kind: String, Names: strings.Fields(names), Distinct: distinct}, draw)
}

func identifier(names string, draw func(r *Rand) string) *Type {
	return scalar(Form{Kind: String, Names: strings.Fields(names), ID: true, Distinct: true}, draw)
}

// Int is an integer from lo to hi.
func Int(lo, hi int) *Type {
	return scalar(Form{Kind: Integer, ID: true}, func(r *Rand) string { return strconv.Itoa(r.Between(lo, hi)) })
}

// Serial is the id of a row: small ones, and others of up to six digits.
func Serial() *Type {
	return scalar(Form{Kind: Integer, ID: true}, func(r *Rand) string {
		if r.Chance(.1) {
			return strconv.Itoa(r.Between(1, 20))
		}
		return strconv.Itoa(r.Between(1, 999_999))
	}).Pool(300)
}

// Num is a number with a fraction.
func Num(lo, hi float64) *Type {
	return scalar(Form{Kind: Number}, func(r *Rand) string {
		text := strconv.FormatFloat(lo+r.Float64()*(hi-lo), 'f', 2, 64)
		if strings.HasSuffix(text, "00") {
			text = text[:len(text)-1] + "5"
		}
		return text
	})
}

// Mixed is a number that is often whole, and then written without a fraction.
func Mixed(lo, hi int) *Type {
	return scalar(Form{Kind: Number}, func(r *Rand) string {
		whole := strconv.Itoa(r.Between(lo, hi))
		if r.Chance(.5) {
			return whole
		}
		return whole + ".5"
	})
}

// Bool is true with probability p.
func Bool(p float64) *Type {
	return scalar(Form{Kind: Boolean}, func(r *Rand) string { return strconv.FormatBool(r.Chance(p)) })
}

// Enum is one of a few words that are code.
func Enum(members ...string) *Type {
	return scalar(Form{Kind: String, Closed: true, Members: members}, func(r *Rand) string { return r.Pick(members) })
}

// Const is always the same word, which is code.
func Const(member string) *Type { return Enum(member) }

// Words is one of a few texts that are data, not code: names of people, cities, tags.
func Words(words ...string) *Type {
	return scalar(Form{Kind: String}, func(r *Rand) string { return r.Pick(words) })
}

// Codes is one of a few texts that may be code or data.
func Codes(words ...string) *Type {
	return scalar(Form{Kind: String, Code: true}, func(r *Rand) string { return r.Pick(words) })
}

// Secret is one of a few secrets that look like words. No document may have them.
func Secret(words ...string) *Type {
	return scalar(Form{Kind: String, Secret: true}, func(r *Rand) string { return r.Pick(words) })
}

// Token is an opaque secret of n letters and digits.
func Token(n int) *Type {
	t := scalar(Form{Kind: String, Secret: true, ID: true}, func(r *Rand) string { return r.Of(base62, n) })
	return t.Pool(25)
}

// Free is arbitrary JSON.
func Free() *Type {
	leaf := Either(Int(0, 99), Sentence(), Bool(.5), Record())
	entries := Map(Word(), Either(leaf, List(leaf, 0, 3), Map(Word(), leaf, 0, 3)), 0, 5)
	entries.Free = true
	return entries
}

const (
	digits  = "0123456789"
	hex     = "0123456789abcdef"
	lower   = "abcdefghijklmnopqrstuvwxyz"
	upper   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	base62  = digits + upper + lower
	base64u = base62 + "-_"
	base32  = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's
)

// UUID is a random UUID.
func UUID() *Type { return identifier("uuid", drawUUID).Pool(300) }

func drawUUID(r *Rand) string {
	h := r.Of(hex, 32)
	return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-" + r.Of("89ab", 1) + h[17:20] + "-" + h[20:]
}

// ULID is a ULID.
func ULID() *Type {
	return identifier("ulid", func(r *Rand) string { return "01" + r.Of(base32, 24) }).Pool(200)
}

// CUID is a CUID of the first kind.
func CUID() *Type {
	return identifier(
		"cuid",
		func(r *Rand) string { return "c" + r.Of(lower, 1) + r.Of(digits+lower, 23) },
	).kindOptional().
		Pool(200)
}

// Prefixed is an id with a prefix that says what it is of: cus_9s6XKzkNRiz8i3.
func Prefixed(prefix string) *Type {
	return identifier("", func(r *Rand) string { return prefix + "_" + r.Of(digits, 1) + r.Of(base62, 13) }).Pool(250)
}

// Hex is a hexadecimal text of n digits.
func Hex(n int) *Type {
	return identifier("hex", func(r *Rand) string { return r.Of(digits, 1) + r.Of(hex, n-1) }).kindOptional().Pool(200)
}

// Short is a short base64url id, such as that of a video.
func Short(n int) *Type {
	return identifier("", func(r *Rand) string {
		return r.Of(base64u, n-4) + r.Of(digits, 1) + r.Of(upper, 1) + r.Of(lower, 1) + r.Of(digits, 1)
	}).Pool(250)
}

// SKU is an article number: AB-12345-XL.
func SKU() *Type {
	return identifier("", func(r *Rand) string {
		return r.Of(upper, 2) + "-" + r.Of(digits, 5) + "-" + r.Pick([]string{"S", "M", "XL"})
	}).Pool(200)
}

// kindOptional means that a document may omit the format.
func (t *Type) kindOptional() *Type {
	c := *t
	c.Form.Names = nil
	return &c
}

// Date is a full-date of RFC 3339.
func Date() *Type {
	return identifier("date", func(r *Rand) string { return r.Past().Format(time.DateOnly) })
}

// Instant is a date-time of RFC 3339.
func Instant() *Type {
	return identifier("date-time", func(r *Rand) string { return r.Past().Format("2006-01-02T15:04:05Z") })
}

// InstantMicro is a date-time as Python writes it.
func InstantMicro() *Type {
	return identifier("date-time", func(r *Rand) string {
		return r.Past().Format("2006-01-02T15:04:05") + fmt.Sprintf(".%06d+00:00", r.IntN(1_000_000))
	})
}

// LocalInstant is a date-time without an offset.
func LocalInstant() *Type {
	return identifier(
		"date-time-local local-date-time date-time",
		func(r *Rand) string { return r.Past().Format("2006-01-02T15:04:05") },
	)
}

// Clock is a time of the day without an offset.
func Clock() *Type {
	return text("time-local local-time time", true, func(r *Rand) string { return r.Past().Format(time.TimeOnly) })
}

// Duration is a duration of ISO 8601.
func Duration() *Type {
	return text(
		"duration",
		true,
		func(r *Rand) string { return fmt.Sprintf("PT%dH%dM", r.Between(1, 20), r.Between(1, 59)) },
	)
}

// UnixSeconds is a time in seconds since 1970.
func UnixSeconds() *Type {
	return scalar(
		Form{Kind: Integer, Names: []string{"unixtime", "unix-time", "unix-seconds", "timestamp"}},
		func(r *Rand) string {
			return strconv.FormatInt(r.Past().Unix(), 10)
		},
	)
}

// UnixMillis is a time in milliseconds since 1970.
func UnixMillis() *Type {
	return scalar(
		Form{Kind: Integer, Names: []string{"unixtime-ms", "unix-time-ms", "unix-millis", "timestamp-ms"}},
		func(r *Rand) string {
			return strconv.FormatInt(r.Past().UnixMilli(), 10)
		},
	)
}

// Email is an e-mail address. It is personal, so no document may have it.
func Email() *Type {
	t := identifier("email", func(r *Rand) string {
		return strings.ToLower(r.Pick(firstNames)+"."+r.Pick(lastNames)) + r.Of(digits, 2) + "@example.test"
	})
	t.Form.Secret = true
	return t.Pool(120)
}

// Phone is a number of E.164.
func Phone() *Type {
	t := text("phone tel", true, func(r *Rand) string { return "+4930" + r.Of(digits, 7) })
	t.Form.Secret = true
	return t.Pool(120)
}

// URI is an absolute URI.
func URI(base string) *Type {
	return text("uri url", true, func(r *Rand) string { return base + "/" + strconv.Itoa(r.Between(1, 9999)) })
}

// URIs is one of a few URIs that are code.
func URIs(members ...string) *Type {
	return scalar(
		Form{Kind: String, Names: []string{"uri"}, Code: true},
		func(r *Rand) string { return r.Pick(members) },
	)
}

// IPv4 is an address.
func IPv4() *Type {
	return text(
		"ipv4",
		true,
		func(r *Rand) string { return fmt.Sprintf("10.%d.%d.%d", r.IntN(255), r.IntN(255), r.Between(1, 254)) },
	)
}

// IPv6 is an address.
func IPv6() *Type {
	return text("ipv6", true, func(r *Rand) string { return "2001:db8::" + r.Of(hex[1:], 4) + ":" + r.Of(hex[1:], 3) })
}

// MAC is an EUI-48.
func MAC() *Type {
	return identifier("mac mac-address", func(r *Rand) string {
		h := r.Of(hex, 12)
		return h[:2] + ":" + h[2:4] + ":" + h[4:6] + ":" + h[6:8] + ":" + h[8:10] + ":" + h[10:]
	}).Pool(150)
}

// Hostname is the name of a machine.
func Hostname() *Type {
	return text("hostname", false, func(r *Rand) string { return "node-" + r.Of(digits, 3) + ".eu.example.test" })
}

// JWT is a JSON web token; it is a secret.
func JWT() *Type {
	t := text("jwt", true, func(r *Rand) string {
		payload := base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"` + r.Of(digits, 6) + `","iat":1767600000}`))
		return "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + payload + "." + r.Of(base64u, 43)
	})
	t.Form.Secret = true
	return t.Pool(40)
}

// Base64 is n bytes in base64.
func Base64(n int) *Type {
	return text("byte base64", false, func(r *Rand) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.IntN(256))
		}
		return base64.StdEncoding.EncodeToString(b)
	})
}

// Semver is a version.
func Semver() *Type {
	return text(
		"semver version",
		false,
		func(r *Rand) string { return fmt.Sprintf("%d.%d.%d", r.IntN(4), r.IntN(20), r.IntN(30)) },
	)
}

// Decimal is an amount written as a string.
func Decimal() *Type {
	return decimal(func(r *Rand) string { return fmt.Sprintf("%d.%02d", r.IntN(900), r.IntN(100)) })
}

func decimal(draw func(r *Rand) string) *Type {
	t := text("decimal", false, draw)
	t.Form.Numeric = true
	return t
}

// IBAN is a bank account with a correct check sum.
func IBAN() *Type {
	t := text("iban", true, drawIBAN)
	t.Form.Secret = true
	return t.Pool(60)
}

func drawIBAN(r *Rand) string {
	account := r.Of(digits, 18)
	remainder := 0
	for _, c := range account + "131400" { // "DE00", moved to the end
		remainder = (remainder*10 + int(c-'0')) % 97
	}
	return fmt.Sprintf("DE%02d%s", 98-remainder, account)
}

// Country is a code of ISO 3166-1.
func Country() *Type { return code("country country-code", countries) }

// Currency is a code of ISO 4217.
func Currency() *Type { return code("currency currency-code", currencies) }

// Language is a tag of BCP 47.
func Language() *Type { return code("language locale language-tag bcp47", languages) }

func code(names string, of []string) *Type {
	return scalar(
		Form{Kind: String, Names: strings.Fields(names), Code: true},
		func(r *Rand) string { return r.Pick(of) },
	)
}

// CSV is a list of words joined by commas.
func CSV(words ...string) *Type {
	return scalar(Form{Kind: String, List: true}, func(r *Rand) string {
		n := r.Between(1, len(words))
		return strings.Join(words[:n], ",")
	})
}

// File is a file in a form.
func File() *Type {
	return scalar(Form{Kind: String, File: true}, func(r *Rand) string { return "content " + r.Of(base62, 12) })
}

// Locator is the record locator of a booking: six capitals and digits, at least one of each.
func Locator() *Type {
	return identifier(
		"",
		func(r *Rand) string { return r.Of(upper, 2) + r.Of(digits, 1) + r.Of(upper, 2) + r.Of(digits, 1) },
	).Pool(250)
}
