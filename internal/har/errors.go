package har

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Errors of a file. What they say is wrong holds no text of the file.
var (
	// ErrNoHAR says that a file is no HTTP archive; the errors that wrap it say what it is
	// instead, and what to do.
	ErrNoHAR = errors.New("not a HAR file")
	// ErrTooLarge says that one value is larger than MaxEntryBytes.
	ErrTooLarge = fmt.Errorf("one value is larger than %d MiB", MaxEntryBytes>>20)
	// ErrCut says that a file ends too early.
	ErrCut = errors.New("the file is cut")

	errNoLog     = fmt.Errorf(`%w: its object has no "log" with "entries", and is no entry with a "request" either`, ErrNoHAR)
	errNoEntries = fmt.Errorf(`%w: its "log" has no array of "entries"`, ErrNoHAR)
)

// EntryError is a bad entry among others; the next call of Next reads on.
type EntryError struct {
	Index int // of the entry in the file, from 0
	Err   error
}

func (e *EntryError) Error() string { return fmt.Sprintf("entry %d: %v", e.Index, e.Err) }
func (e *EntryError) Unwrap() error { return e.Err }

// BrokenError says that a file cannot be read on, because it is cut or because where its
// next entry starts cannot be told. The entries before stand.
type BrokenError struct {
	Index int // of the first entry that could not be read, from 0
	Err   error
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("from entry %d on it cannot be read: %v", e.Index, e.Err)
}
func (e *BrokenError) Unwrap() error { return e.Err }

// sniffBytes is how much of a file noHAR looks at.
const sniffBytes = 512

// noHAR says what a file is that starts with text and is not of JSON.
func noHAR(text string) error {
	text = text[:min(len(text), sniffBytes)]
	for _, known := range []struct{ start, what string }{
		{"PK\x03\x04", "it is a zip archive: unpack it first"},
		{"\x1f\x8b", "it is compressed with gzip twice: unpack it first"},
		{"\x28\xb5\x2f\xfd", "it is compressed with zstd: unpack it first"},
		{"\xff\xfe", "it is text in UTF-16: save it as UTF-8"},
		{"\xfe\xff", "it is text in UTF-16: save it as UTF-8"},
		{"<", `it is HTML or XML: export the recorded traffic ("Save all as HAR"), not the page`},
	} {
		if strings.HasPrefix(text, known.start) {
			return fmt.Errorf("%w: %s", ErrNoHAR, known.what)
		}
	}
	switch {
	case text == "":
		return fmt.Errorf("%w: it is empty: export the traffic again", ErrNoHAR)
	case isBinary(text):
		return fmt.Errorf("%w: it is binary: export the recorded traffic as HAR", ErrNoHAR)
	}
	return fmt.Errorf("%w: it is not JSON: export the recorded traffic as HAR", ErrNoHAR)
}

func isBinary(text string) bool {
	if strings.IndexByte(text, 0) >= 0 {
		return true
	}
	if len(text) == sniffBytes {
		text = text[:sniffBytes-utf8.UTFMax] // a character at the edge may be cut
	}
	return !utf8.ValidString(text)
}
