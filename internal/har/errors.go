package har

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Errors of a file. Their messages hold no text of the file.
var (
	// ErrNotHAR means that a file is not an HTTP archive. The errors that wrap it state what
	// the file is and what to do.
	ErrNotHAR = errors.New("not a HAR file")
	// ErrTooLarge means that one value is larger than MaxEntryBytes.
	ErrTooLarge = fmt.Errorf("one value is larger than %d MiB", MaxEntryBytes>>20)
	// ErrTruncated means that a file ends inside a value.
	ErrTruncated = errors.New("the file is truncated")

	errNoLog     = fmt.Errorf(`%w: it has neither "log" with "entries" nor "request"`, ErrNotHAR)
	errNoEntries = fmt.Errorf(`%w: its "log" has no array "entries"`, ErrNotHAR)
)

// EntryError is the error of one bad entry. The decoder can read the next one.
type EntryError struct {
	Index int // of the entry in the file, from 0
	Err   error
}

func (e *EntryError) Error() string { return fmt.Sprintf("entry %d: %v", e.Index, e.Err) }
func (e *EntryError) Unwrap() error { return e.Err }

// BrokenError means that the rest of a file cannot be read: the file is truncated, or the
// start of its next entry cannot be found. The entries before are valid.
type BrokenError struct {
	Index int // of the first entry that could not be read, from 0
	Err   error
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("cannot read from entry %d on: %v", e.Index, e.Err)
}
func (e *BrokenError) Unwrap() error { return e.Err }

// sniffBytes is the number of bytes of a file that notHAR inspects.
const sniffBytes = 512

// notHAR returns the error for a file that starts with text and is not JSON.
func notHAR(text string) error {
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
			return fmt.Errorf("%w: %s", ErrNotHAR, known.what)
		}
	}
	switch {
	case text == "":
		return fmt.Errorf("%w: it is empty: export the traffic again", ErrNotHAR)
	case isBinary(text):
		return fmt.Errorf("%w: it is binary: export the recorded traffic as HAR", ErrNotHAR)
	}
	return fmt.Errorf("%w: it is not JSON: export the recorded traffic as HAR", ErrNotHAR)
}

func isBinary(text string) bool {
	if strings.IndexByte(text, 0) >= 0 {
		return true
	}
	if len(text) == sniffBytes {
		text = text[:sniffBytes-utf8.UTFMax] // the last character may be incomplete
	}
	return !utf8.ValidString(text)
}
