package content

import (
	"strconv"
	"strings"
)

// maxSizeLine is the maximum length of the line with the size of a chunk.
const maxSizeLine = 256

// unchunked removes the framing of chunks (RFC 9112, section 7.1), which some recorders leave in a
// text. It returns the text itself if it has no framing.
func (d *decoder) unchunked(text string) (string, error) {
	if _, _, ok := chunkSize(text); !ok {
		return text, nil
	}
	stated := strings.Contains(strings.ToLower(d.Framing), "chunked")
	plain, err := unchunk(text, stated)
	if plain != text || err != nil {
		return plain, err
	}
	if data, ok := narrow(text); ok && data != text { // sizes count bytes
		if plain, err := unchunk(data, stated); err != nil || plain != data {
			return plain, err
		}
	}
	return text, nil
}

// unchunk returns text without the framing of chunks, or the text itself if it has none. The
// chunk that ends a body may be missing, and the last chunk cut, only if a header states the
// framing: lines of another text may look like chunks.
func unchunk(text string, stated bool) (string, error) {
	var out strings.Builder
	for rest := text; ; {
		size, after, ok := chunkSize(rest)
		switch {
		case !ok && rest == "" && stated && out.Len() > 0:
			return out.String(), nil
		case !ok:
			return text, nil
		case size == 0 && (stated || out.Len() > 0) && isTrailer(after):
			return out.String(), nil
		case size == 0:
			return text, nil
		case size > len(after) && stated:
			return text, ErrTruncated
		case size > len(after):
			return text, nil
		}
		out.WriteString(after[:size])
		rest, ok = strings.CutPrefix(after[size:], "\r\n")
		if !ok && rest != "" {
			return text, nil
		}
	}
}

// chunkSize reads the line with the size of a chunk, in bytes, and returns what follows it.
func chunkSize(text string) (size int, rest string, ok bool) {
	if text == "" || !isHex(text[0]) {
		return 0, "", false
	}
	line, _, ok := strings.Cut(text[:min(len(text), maxSizeLine)], "\r\n")
	if !ok {
		return 0, "", false
	}
	digits, _, _ := strings.Cut(line, ";") // an extension
	n, err := strconv.ParseUint(strings.TrimRight(digits, " \t"), 16, 31)
	return int(n), text[len(line)+2:], err == nil
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// isTrailer reports whether a text is what may follow the last chunk: fields and an empty line.
func isTrailer(text string) bool {
	for text != "" && text != "\r\n" {
		line, rest, ok := strings.Cut(text, "\r\n")
		if !ok || !strings.Contains(line, ":") {
			return false
		}
		text = rest
	}
	return true
}
