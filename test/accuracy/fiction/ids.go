package fiction

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// SerialText is a Serial as JSON:API and others write it, in quotes.
func SerialText() *Type {
	return identifier("", func(r *Rand) string { return strconv.Itoa(r.Between(1, 99_999)) }).Pool(250)
}

// Numbered is a running number with a prefix: INV-2026-00417.
func Numbered(prefix string, digitCount int) *Type {
	return identifier("", func(r *Rand) string { return prefix + r.Of(digits, digitCount) }).Pool(250)
}

// Snowflake is an id of 64 bits in decimal.
func Snowflake() *Type {
	return scalar(Form{Kind: Integer, ID: true}, func(r *Rand) string {
		return strconv.FormatInt(r.Int64N(1<<60)+1<<58, 10)
	}).Pool(250)
}

// Handle is an account name that a person chose: "mossy_otter42".
func Handle(n int) *Type {
	return plain(func(r *Rand) string {
		name := r.Pick(dictionary)
		if r.Chance(.5) {
			name += "_" + r.Pick(dictionary)
		}
		if r.Chance(.3) {
			name += r.Of(digits, 2)
		}
		return name
	}).Pool(n)
}

// Cursor is the end of a page, which only the server can read.
func Cursor() *Type {
	return scalar(Form{Kind: String, ID: true}, func(r *Rand) string { return "eyJ" + r.Of(base62, 25) })
}

// ETag is an entity tag of RFC 9110.
func ETag() *Type {
	return plain(func(r *Rand) string { return `W/"` + r.Of(hex, 8) + `"` }).asID()
}

// EntityVersion is an entity tag that is a number.
func EntityVersion() *Type {
	return plain(func(r *Rand) string { return fmt.Sprintf(`W/"%d"`, r.Between(1, 9)) }).asID()
}

func (t *Type) asID() *Type {
	c := *t
	c.Form.ID = true
	return &c
}

// HTTPDate is a date as in HTTP headers.
func HTTPDate() *Type {
	return identifier("", func(r *Rand) string { return r.Past().Format("Mon, 02 Jan 2006 15:04:05 GMT") })
}

// InstantZone is a date-time with an offset that is not UTC.
func InstantZone() *Type {
	return identifier("date-time", func(r *Rand) string {
		return r.Past().In(time.FixedZone("", 2*60*60)).Format(time.RFC3339)
	})
}

// InstantMilli is a date-time as JavaScript writes it.
func InstantMilli() *Type {
	return identifier("date-time", func(r *Rand) string { return r.Past().Format("2006-01-02T15:04:05.000Z") })
}

// Month is a month of a year: 2026-01.
func Month() *Type { return identifier("", func(r *Rand) string { return r.Past().Format("2006-01") }) }

// DateText is a date as a person writes it: 31.12.2025.
func DateText() *Type {
	return identifier("", func(r *Rand) string { return r.Past().Format("02.01.2006") })
}

// UnixFloat are seconds since 1970 with a fraction.
func UnixFloat() *Type {
	return scalar(Form{Kind: Number}, func(r *Rand) string {
		return strconv.FormatInt(r.Past().Unix(), 10) + "." + strconv.Itoa(r.Between(1, 9))
	})
}

// SignedDecimal is an amount as a string, which can be negative.
func SignedDecimal() *Type {
	return decimal(func(r *Rand) string {
		sign := ""
		if r.Chance(.5) {
			sign = "-"
		}
		return fmt.Sprintf("%s%d.%02d", sign, r.IntN(9000), r.IntN(100))
	})
}

// Color is a CSS color.
func Color() *Type { return identifier("", func(r *Rand) string { return "#" + r.Of(hex, 6) }) }

// URN is a name of RFC 8141.
func URN(prefix string) *Type {
	return text("uri urn", true, func(r *Rand) string { return "urn:" + prefix + ":" + drawUUID(r) })
}

// RelativeURI is a reference to a resource of the same server.
func RelativeURI(base string) *Type {
	return text(
		"uri-reference",
		false,
		func(r *Rand) string { return base + "/" + strconv.Itoa(r.Between(1, 9999)) },
	).kindOptional().
		asID()
}

// Paragraph is prose with line breaks and marks.
func Paragraph() *Type {
	return plain(func(r *Rand) string {
		return "# " + capital(
			r.Pick(dictionary),
		) + "\n\nThe *" + r.Pick(
			dictionary,
		) + "* and the " + r.Pick(
			dictionary,
		) + ".\n"
	})
}

// Phrase is some words of prose without a full stop.
func Phrase(words string) *Type {
	list := strings.Fields(words)
	return plain(func(r *Rand) string { return r.Pick(list) + " " + r.Pick(dictionary) })
}
