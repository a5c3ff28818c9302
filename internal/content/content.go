// Package content reads the text of a body from what a sender or a recorder left of it. It undoes
// content codings, the framing of chunks and character encodings, within bounds, and finds the JSON
// behind a guard or in a call. It trusts the bytes more than the headers, because a recorder may
// have undone a coding and kept the header, or the other way round. It does no I/O.
package content

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Errors of Decode. They hold no part of the text.
var (
	ErrTooLarge      = errors.New("the body expands to more than the limit")
	ErrTruncated     = errors.New("the encoded body ends early")
	ErrDamaged       = errors.New("the encoded body is damaged")
	ErrUnknownCoding = errors.New("the body has a content coding that is not read")
	ErrCharset       = errors.New("the body has a character encoding that is not read")
)

// Hints are what is said of a text beside it. All of them may be wrong.
type Hints struct {
	Coding  string // the value of Content-Encoding
	Framing string // the value of Transfer-Encoding
	Charset string // of the media type
	// Foreign reports that the text is known not to be of its media type as it stands, so that a
	// coding is tried even if the text is printable.
	Foreign bool
	// Opaque reports that the bytes of the media type may be compressed by themselves, so that
	// only a coding that a header states is undone.
	Opaque bool
	// Limit is the maximum size of the expanded text in bytes; 0 is MaxExpanded.
	Limit int
}

// Bounds of the expanded text. One that is not larger than freely is read at any ratio.
const (
	// MaxExpanded is the maximum size of an expanded text in bytes.
	MaxExpanded = 64 << 20
	freely      = 1 << 20
	maxRatio    = 100
	// maxLayers is the maximum number of codings and framings around each other.
	maxLayers = 6
)

// Decode returns text as it was before it was encoded, in UTF-8. A text that is not encoded is
// returned unchanged. After ErrCharset the text is decoded but for its characters; after other
// errors it is unchanged.
func Decode(text string, h Hints) (string, error) {
	d := decoder{Hints: h, left: budget(len(text), h.Limit), stated: codings(h.Coding)}
	if h.Opaque && len(d.stated) == 0 {
		return text, nil
	}
	plain := text
	for range maxLayers {
		next, err := d.peel(plain)
		if err != nil {
			return text, err
		}
		if next == "" || len(next) == len(plain) && next == plain {
			if plain, err = unicodeText(next, h.Charset); err != nil && !errors.Is(err, ErrCharset) {
				return text, err
			}
			return plain, err
		}
		plain = next
	}
	return text, ErrTooLarge
}

// budget returns how many bytes a text of n bytes may expand to.
func budget(n, limit int) int {
	if limit == 0 {
		limit = MaxExpanded
	}
	return max(n, min(limit, max(freely, n*maxRatio)))
}

// decoder undoes one layer after the other.
type decoder struct {
	Hints
	left   int      // how many bytes the layers may still expand to
	stated []string // the content codings that are not undone yet; the last was applied last
}

// codings lists the content codings of a header, without those that change nothing.
func codings(header string) []string {
	var list []string
	for token := range strings.SplitSeq(strings.ToLower(header), ",") {
		switch token = strings.TrimSpace(token); token {
		case "", "identity", "none":
		default:
			list = append(list, token)
		}
	}
	return list
}

// peel undoes the outermost layer. It returns the text itself if it finds none.
func (d *decoder) peel(text string) (string, error) {
	if plain, err := d.unchunked(text); err != nil || plain != text {
		return plain, err
	}
	if plain, found, err := d.byMagic(text); found {
		return plain, err
	}
	if data, ok := narrowed(text, latinMagic[:]); ok {
		if plain, found, err := d.byMagic(data); found {
			return plain, err
		}
	}
	if isReplaced(text) {
		return text, ErrDamaged
	}
	if plain, err := d.byHeader(text); err != nil || plain != text {
		return plain, err
	}
	if packed, ok := gzipInBase64(text); ok {
		return packed, nil
	}
	return text, nil
}

// byMagic undoes a coding that the first bytes show. found is false if they show none.
func (d *decoder) byMagic(data string) (plain string, found bool, err error) {
	c := magic(data)
	if c == "" {
		return "", false, nil
	}
	plain, err = d.inflate(c, data)
	if c == zlibCoding && err != nil && d.top() != deflateCoding {
		return "", false, nil // a text that starts like zlib's header
	}
	if err == nil {
		d.pop(c)
	}
	return plain, true, err
}

// byHeader undoes the coding that the header states last. It returns the text itself if that is
// undone already.
func (d *decoder) byHeader(text string) (string, error) {
	for ; len(d.stated) > 0; d.pop(d.top()) {
		c, isText := d.top(), LooksLikeText(text)
		if isText && !d.Foreign {
			continue
		}
		switch c {
		case brotliCoding, deflateCoding:
			plain, err := d.byName(c, text)
			if err == nil {
				d.pop(c)
				return plain, nil
			}
			if !isText {
				return text, err
			}
		case gzipCoding, zstdCoding: // no magic: it is undone
		default:
			if !isText {
				return text, ErrUnknownCoding
			}
		}
	}
	return text, nil
}

// byName undoes a coding that has no magic bytes. The error is that of the text as it stands.
func (d *decoder) byName(c, text string) (string, error) {
	plain, err := d.inflateAs(c, text)
	if err == nil {
		return plain, nil
	}
	if data, ok := narrow(text); ok {
		if plain, err := d.inflateAs(c, data); err == nil {
			return plain, nil
		}
	}
	return "", err
}

// inflateAs decompresses data of the coding that a header names. Deflate may have zlib's header.
func (d *decoder) inflateAs(c, data string) (string, error) {
	if c == deflateCoding && isZlib(data) {
		if plain, err := d.inflate(zlibCoding, data); err == nil {
			return plain, nil
		}
	}
	return d.inflate(c, data)
}

// top returns the content coding that was applied last, "" for none.
func (d *decoder) top() string {
	if len(d.stated) == 0 {
		return ""
	}
	switch c := d.stated[len(d.stated)-1]; c {
	case "x-gzip":
		return gzipCoding
	case "brotli":
		return brotliCoding
	default:
		return c
	}
}

// pop removes the coding that was applied last, if it is c.
func (d *decoder) pop(c string) {
	if top := d.top(); top != "" && (top == c || top == deflateCoding && c == zlibCoding) {
		d.stated = d.stated[:len(d.stated)-1]
	}
}

// probe is how much of a text LooksLikeText looks at, in bytes.
const probe = 1 << 10

// LooksLikeText reports whether the start of a text holds characters only: no control characters
// but white space, and no invalid UTF-8. UTF-16 and UTF-32 count as text.
func LooksLikeText(text string) bool {
	if wideOrder(text) != nil {
		return true
	}
	start := text[:min(len(text), probe)]
	for i, r := range start {
		switch {
		case r == '\t', r == '\n', r == '\r', r == '\f', r == '\x1e': // the last separates JSON texts
		case r < ' ', 0x7f <= r && r < 0xa0:
			return false
		case r == utf8.RuneError:
			if strings.HasPrefix(start[i:], "\ufffd") {
				continue // it stands in the text
			}
			return len(text) > probe && i > probe-utf8.UTFMax
		}
	}
	return true
}
