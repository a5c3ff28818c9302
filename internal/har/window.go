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
	limit int // of text, in bytes
	chunk []byte
	text  string // what is unread of it is text[pos:]
	pos   int
	held  int   // what fill must keep from, where it is not pos; -1 for none
	base  int64 // offset of text in the file
	end   error // why there is no more to read: io.EOF, or what r said; nil while there may be
}

// minChunkBytes is how much is read at a time, at the least.
const minChunkBytes = 64 << 10

// fill appends at least as much text as there is unread, so that a large value is
// scanned from its start only a few times. It fails where there is no more.
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
	var text strings.Builder // which copies the chunk once, where unread + string(chunk) does twice
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

// space moves to the next byte that is no white space and returns it; it fails with
// window.end where there is none.
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

// skipTo moves to the first byte for which stop is true; it fails with window.end where
// there is none.
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

// read reads one value with parse, again with more text where that ended too early, and
// returns its text. After an error it stands where it stood.
func (w *window) read(parse func(text string) (int, error)) (string, error) {
	for {
		n, err := parse(w.text[w.pos:])
		mayGoOn := n == len(w.text)-w.pos && w.end == nil // a number at the window's edge
		if err == nil && !mayGoOn {
			raw := w.text[w.pos : w.pos+n]
			w.pos += n
			return raw, nil
		}
		var syntax *jsonscan.SyntaxError
		switch {
		case errors.As(err, &syntax):
			return "", w.syntaxError(syntax.Offset, syntax.What)
		case err != nil && !errors.Is(err, jsonscan.ErrTruncated):
			return "", err
		}
		if err := w.fill(); err != nil {
			return "", orCut(err)
		}
	}
}

// value returns the text of the next value and moves past it.
func (w *window) value() (string, error) {
	return w.read(func(text string) (int, error) {
		s := jsonscan.New(text)
		s.Skip()
		return s.Offset(), s.Err()
	})
}

// syntaxError says what is wrong at an offset from where the window stands.
func (w *window) syntaxError(offset int, what string) error {
	return fmt.Errorf("invalid JSON at byte %d: %s", w.base+int64(w.pos+offset), what)
}

// orCut is ErrCut for the end of a file, and any other error as it is.
func orCut(err error) error {
	if errors.Is(err, io.EOF) {
		return ErrCut
	}
	return err
}
