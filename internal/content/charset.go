package content

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// unicodeText returns text in UTF-8 without a byte order mark. A charset counts only if the text is
// not UTF-8, because recorders keep the header of a text that they have decoded.
func unicodeText(text, charset string) (string, error) {
	if data, ok := narrowed(text, latinMarks[:]); ok {
		text = data
	}
	if plain, ok := strings.CutPrefix(text, "\ufeff"); ok {
		return plain, nil
	}
	if order := wideOrder(text); order != nil {
		return order.decode(text)
	}
	if charset == "" || utf8.ValidString(text) {
		return text, nil
	}
	known, err := htmlindex.Get(charset)
	if err != nil {
		return text, ErrCharset
	}
	plain, err := known.NewDecoder().String(text)
	if err != nil {
		return text, ErrCharset
	}
	return plain, nil
}

// wide is an encoding of units of several bytes.
type wide struct {
	mark  string
	size  int // of a unit, in bytes
	order binary.ByteOrder
}

// wideOrder returns the wide encoding of data, nil if it has none: by its byte order mark or, as
// JSON starts with ASCII characters, by its first bytes (RFC 4627, section 3).
func wideOrder(data string) *wide {
	if len(data) < 2 || data[0] != 0 && data[1] != 0 && data[0] < 0xfe {
		return nil
	}
	all := []wide{ // marks of UTF-32 start with those of UTF-16
		{"\xff\xfe\x00\x00", 4, binary.LittleEndian},
		{"\x00\x00\xfe\xff", 4, binary.BigEndian},
		{"\xff\xfe", 2, binary.LittleEndian},
		{"\xfe\xff", 2, binary.BigEndian},
	}
	for i := range all {
		if strings.HasPrefix(data, all[i].mark) {
			return &all[i]
		}
	}
	for i := range all {
		w := &all[i]
		if first, ok := w.first(data); ok && len(data) >= 2*w.size && (' ' <= first && first < 0x7f || first == '\n') {
			w.mark = ""
			return w
		}
	}
	return nil
}

// first returns the first unit of data, if data are long enough.
func (w *wide) first(data string) (rune, bool) {
	if len(data) < w.size {
		return 0, false
	}
	return w.unit(data), true
}

func (w *wide) unit(data string) rune {
	if w.size == 2 {
		return rune(w.order.Uint16([]byte(data[:2])))
	}
	return rune(w.order.Uint32([]byte(data[:4])))
}

// decode returns data in UTF-8. Units that are no characters become U+FFFD.
func (w *wide) decode(data string) (string, error) {
	data = data[len(w.mark):]
	if len(data)%w.size != 0 {
		return data, ErrTruncated
	}
	var out strings.Builder
	for ; data != ""; data = data[w.size:] {
		r := w.unit(data)
		if w.size == 2 && utf16.IsSurrogate(r) && len(data) >= 4 {
			if pair := utf16.DecodeRune(r, w.unit(data[2:])); pair != utf8.RuneError {
				r, data = pair, data[2:]
			}
		}
		out.WriteRune(r)
	}
	return out.String(), nil
}

// What the first bytes of encoded texts look like to a recorder that reads them as Latin-1 or
// Windows-1252: those of gzip, zstd and zlib, and the byte order marks of UTF-8 and UTF-16.
var (
	latinMagic = [...]string{"\x1f\u008b", "\x1f‹", "(µ/ý", "x\u009c", "xœ", "xÚ", "x\x01", "x^"}
	latinMarks = [...]string{"ï»¿", "ÿþ", "þÿ"}
)

// narrowed returns the bytes of a text that starts in one of some ways and can be narrowed.
func narrowed(text string, starts []string) (string, bool) {
	for _, start := range starts {
		if strings.HasPrefix(text, start) {
			return narrow(text)
		}
	}
	return "", false
}

// high lists the characters of Windows-1252 from 0x80 to 0x9f as browsers read them. The others
// below 0x100 are those of Latin-1.
const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

// narrow returns the bytes of a text that a recorder read as Latin-1 or Windows-1252. ok is false
// for a text that is not in them, or that is in ASCII.
func narrow(text string) (data string, ok bool) {
	at := 0
	for at < len(text) && text[at] < utf8.RuneSelf {
		at++
	}
	if at == len(text) {
		return "", false
	}
	var out strings.Builder
	out.WriteString(text[:at])
	for _, r := range text[at:] {
		c, ok := byteOf(r)
		if !ok {
			return "", false
		}
		out.WriteByte(c)
	}
	return out.String(), true
}

// byteOf returns the byte that a character stands for in Latin-1 or Windows-1252.
func byteOf(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	c := byte(0x80)
	for _, other := range high {
		if r == other {
			return c, true
		}
		c++
	}
	return 0, false
}

// isReplaced reports whether a text starts like compressed data in which a recorder has replaced
// the bytes that are not UTF-8: they are lost.
func isReplaced(text string) bool {
	for _, start := range [...]string{"\x1f\ufffd", "(\ufffd/\ufffd", "x\ufffd"} {
		if strings.HasPrefix(text, start) {
			return !LooksLikeText(text)
		}
	}
	return false
}
