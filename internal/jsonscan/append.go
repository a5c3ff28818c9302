package jsonscan

import (
	"strconv"
	"unicode/utf8"
)

// AppendName appends the name of the next member of an object, and a comma unless the member
// is the first. It does not escape name.
func AppendName(dst []byte, name string) []byte {
	return append(append(append(Next(dst), '"'), name...), '"', ':')
}

// Next appends the comma before the next member or element, unless that is the first of its
// container.
func Next(dst []byte) []byte {
	if n := len(dst); n > 0 && (dst[n-1] == '{' || dst[n-1] == '[') {
		return dst
	}
	return append(dst, ',')
}

// AppendUint appends a member, unless n is 0.
func AppendUint(dst []byte, name string, n uint64) []byte {
	if n == 0 {
		return dst
	}
	return strconv.AppendUint(AppendName(dst, name), n, 10)
}

// AppendTrue appends a member that is true, unless the value is false.
func AppendTrue(dst []byte, name string, is bool) []byte {
	if !is {
		return dst
	}
	return append(AppendName(dst, name), "true"...)
}

// AppendText appends a member, unless text is empty.
func AppendText(dst []byte, name, text string) []byte {
	if text == "" {
		return dst
	}
	return AppendString(AppendName(dst, name), text)
}

// AppendString appends a quoted string with the escapes that RFC 8259, section 7, requires.
// Invalid UTF-8 becomes U+FFFD.
func AppendString(dst []byte, text string) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(text); {
		run := plainRun(text[i:])
		dst = append(dst, text[i:i+run]...)
		if i += run; i == len(text) {
			break
		}
		switch c := text[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		i++
	}
	return append(dst, '"')
}

// AppendList appends a member that is an array of objects, unless list is empty. appendOne
// appends the members of one object.
func AppendList[T any](dst []byte, name string, list []T, appendOne func(*T, []byte) []byte) []byte {
	if len(list) == 0 {
		return dst
	}
	dst = append(AppendName(dst, name), '[')
	for i := range list {
		dst = append(Next(dst), '{')
		dst = append(appendOne(&list[i], dst), '}')
	}
	return append(dst, ']')
}
