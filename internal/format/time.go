package format

import (
	"strings"
	"time"
)

// digits reads n digits of text at i. It returns -1 if there are fewer.
func digits(text string, i, n int) int {
	if i+n > len(text) {
		return -1
	}
	value := 0
	for _, c := range []byte(text[i : i+n]) {
		if !isDigit(c) {
			return -1
		}
		value = value*10 + int(c-'0')
	}
	return value
}

// isTime returns the date or time format of a text, 0 for none.
func isTime(text string) Format {
	if len(text) >= 10 && text[4] == '-' {
		if !isDate(text[:10]) {
			return 0
		}
		if len(text) == 10 {
			return Date
		}
		switch clock(text[11:]) {
		case Time:
			if text[10] == 'T' || text[10] == 't' {
				return DateTime
			}
			if text[10] == ' ' { // RFC 3339 allows a space; JSON Schema does not
				return LocalDateTime
			}
		case LocalTime:
			if text[10] == 'T' || text[10] == 't' || text[10] == ' ' {
				return LocalDateTime
			}
		}
		return 0
	}
	return clock(text)
}

func isDate(text string) bool {
	year, month, day := digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)
	if year < 0 || month < 1 || month > 12 || day < 1 || text[4] != '-' || text[7] != '-' {
		return false
	}
	last := 31
	switch month {
	case 4, 6, 9, 11:
		last = 30
	case 2:
		last = 28
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			last = 29
		}
	}
	return day <= last
}

// isDottedDate reports whether text consists of a year of four digits, a month and a day, in any of
// the orders that people write with dots: "10.12.2023", "1.2.2023", "12.31.2023", "2023.12.10".
// A version may look the same, but few do.
func isDottedDate(text string) bool {
	first, rest, _ := strings.Cut(text, ".")
	second, third, ok := strings.Cut(rest, ".")
	if !ok {
		return false
	}
	if len(first) == len("2023") {
		first, second, third = second, third, first
	}
	a, b := dayOrMonth(first), dayOrMonth(second)
	year := digits(third, 0, 4)
	return len(third) == 4 && 1000 <= year && year < 3000 && a > 0 && b > 0 && a <= 31 && b <= 31 && min(a, b) <= 12
}

// dayOrMonth reads a number of one or two digits. It returns -1 for other texts.
func dayOrMonth(text string) int {
	if len(text) > 2 {
		return -1
	}
	return digits(text, 0, max(1, len(text)))
}

// clock returns Time for a time with an offset, LocalTime for one without, 0 for other texts.
func clock(text string) Format {
	hour, minute, second := digits(text, 0, 2), digits(text, 3, 2), digits(text, 6, 2)
	if hour < 0 || minute < 0 || second < 0 || text[2] != ':' || text[5] != ':' {
		return 0
	}
	if hour > 23 || minute > 59 || second > 60 {
		return 0
	}
	rest := text[8:]
	if rest != "" && rest[0] == '.' {
		fraction := strings.TrimLeft(rest[1:], "0123456789")
		if len(fraction) == len(rest)-1 {
			return 0
		}
		rest = fraction
	}
	offset := 0
	switch {
	case rest == "":
		if second == 60 {
			return 0
		}
		return LocalTime
	case rest == "Z" || rest == "z":
	case len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':':
		h, m := digits(rest, 1, 2), digits(rest, 4, 2)
		if h < 0 || m < 0 || h > 23 || m > 59 {
			return 0
		}
		if offset = h*60 + m; rest[0] == '-' {
			offset = -offset
		}
	default:
		return 0
	}
	// A leap second is at the end of a day in UTC.
	if second == 60 && ((hour*60+minute-offset)%1440+1440)%1440 != 23*60+59 {
		return 0
	}
	return Time
}

func isHTTPDate(text string) bool {
	if len(text) != len(time.RFC1123) || !strings.HasSuffix(text, " GMT") {
		return false
	}
	_, err := time.Parse(time.RFC1123, text)
	return err == nil
}

// isDuration reports whether text is a duration of RFC 3339, appendix A: its units are in order
// and have no gaps. With fractions it accepts a fraction of the last unit, as ISO 8601 does.
func isDuration(text string, fractions bool) bool {
	if len(text) < 3 || text[0] != 'P' {
		return false
	}
	date, clock, timed := strings.Cut(text[1:], "T")
	if timed {
		return (date == "" || hasDurationUnits(date, "YMD", false)) && hasDurationUnits(clock, "HMS", fractions)
	}
	return hasDurationUnits(date, "YMD", false) || hasDurationUnits(date, "W", fractions)
}

// hasDurationUnits reports whether text consists of numbers with consecutive units.
func hasDurationUnits(text, units string, fractions bool) bool {
	last := -1
	for text != "" {
		rest := strings.TrimLeft(text, "0123456789")
		if len(rest) == len(text) || rest == "" {
			return false
		}
		if fractions && rest[0] == '.' {
			after := strings.TrimLeft(rest[1:], "0123456789")
			if len(after) == len(rest)-1 || len(after) != 1 {
				return false
			}
			rest = after
		}
		at := strings.IndexByte(units, rest[0])
		if at < 0 || last >= 0 && at != last+1 {
			return false
		}
		last, text = at, rest[1:]
	}
	return last >= 0
}
