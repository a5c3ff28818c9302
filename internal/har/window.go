package har

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"akita/internal/jsonscan"
)

// window is the part of a file that is in memory.
type window struct {
	r     io.Reader
	limit int // maximum length of text in bytes
	chunk []byte
	text  string // text[pos:] is unread
	pos   int
	held  int   // fill keeps the text from here; -1 for pos
	base  int64 // offset of text in the file
	end   error // io.EOF, or the error of r; nil before the end
}

// minChunkBytes is the minimum size of a read.
const minChunkBytes = 64 << 10

// fill appends at least as much text as is unread, so that a large value is scanned from its
// start only a few times. It returns window.end at the end of the file.
func (w *window) fill() error {
	if w.end != nil {
		return w.end
	}
	from := w.pos
	if w.held >= 0 {
		from = w.held
	}
	unread := w.text[from:]
	if len(unread) > w.limit {
		return ErrTooLarge
	}
	if want := max(minChunkBytes, len(unread)); len(w.chunk) < want {
		w.chunk = make([]byte, want)
	}
	n := 0
	for n < len(w.chunk) && w.end == nil {
		var m int
		m, w.end = w.r.Read(w.chunk[n:])
		n += m
	}
	var text strings.Builder // copies the chunk once; unread + string(chunk) copies it twice
	text.Grow(len(unread) + n)
	text.WriteString(unread)
	text.Write(w.chunk[:n])
	w.text = text.String()
	w.base += int64(from)
	w.pos -= from
	if w.held >= 0 {
		w.held = 0
	}
	return nil
}

// space moves past white space and returns the next byte. It returns window.end at the end of
// the file.
func (w *window) space() (byte, error) {
	for {
		for w.pos < len(w.text) {
			switch c := w.text[w.pos]; c {
			case ' ', '\n', '\t', '\r':
				w.pos++
			default:
				return c, nil
			}
		}
		if err := w.fill(); err != nil {
			return 0, err
		}
	}
}

// skipTo moves to the first byte for which stop is true. It returns window.end at the end of
// the file.
func (w *window) skipTo(stop func(c byte) bool) error {
	for {
		for ; w.pos < len(w.text); w.pos++ {
			if stop(w.text[w.pos]) {
				return nil
			}
		}
		if err := w.fill(); err != nil {
			return err
		}
	}
}

// read reads one value with parse and returns its text. It calls parse again with more text as
// long as the text is truncated. After an error the position is unchanged.
func (w *window) read(parse func(text string) (int, error)) (string, error) {
	for {
		n, err := parse(w.text[w.pos:])
		mayContinue := n == len(w.text)-w.pos && w.end == nil // a number at the end of the window
		if err == nil && !mayContinue {
			raw := w.text[w.pos : w.pos+n]
			w.pos += n
			return raw, nil
		}
		syntax, isSyntax := errors.AsType[*jsonscan.SyntaxError](err)
		switch {
		case isSyntax:
			return "", w.syntaxError(syntax.Offset, syntax.What)
		case err != nil && !errors.Is(err, jsonscan.ErrTruncated):
			return "", err
		}
		if err := w.fill(); err != nil {
			return "", orTruncated(err)
		}
	}
}

// value moves past the next value and returns its text.
func (w *window) value() (string, error) {
	return w.read(func(text string) (int, error) {
		s := jsonscan.New(text)
		s.Skip()
		return s.Offset(), s.Err()
	})
}

// syntaxError returns an error at an offset from the current position.
func (w *window) syntaxError(offset int, what string) error {
	return fmt.Errorf("invalid JSON at byte %d: %s", w.base+int64(w.pos+offset), what)
}

// orTruncated returns ErrTruncated for io.EOF, and any other error unchanged.
func orTruncated(err error) error {
	if errors.Is(err, io.EOF) {
		return ErrTruncated
	}
	return err
}
