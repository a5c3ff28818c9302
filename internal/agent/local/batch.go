package local

import (
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/har"
	"akita/internal/witness"
)

// maxLinesBytes bounds the witnesses of one request; the rest is dropped.
const maxLinesBytes = 8 << 20

// Errors of a body that is JSON, but not what the contract says.
var (
	errNotObject = errors.New("it is not an object")
	errWrongType = errors.New("a member has another type than it should")
)

// Reasons for dropping an entry; they hold no value of it.
var (
	errLarge    = errors.New("the witness is too large")
	errPanicked = errors.New("internal error")
)

// batch is a decoded events request: witnesses, no values.
type batch struct {
	client string
	id     string // the client's own id of the batch; "" without
	lines  []byte // NDJSON
	count  int    // of witnesses in lines
	drops  int    // entries that were not taken
	reason string // why the last of them was not

	options witness.Options
	entry   har.Entry
}

// decode reads the body as a stream; only one entry is in memory at a time.
func (b *batch) decode(body io.Reader) error {
	// What a string or an object inside an entry may be is for har to say:
	// here a fault in one entry must not spoil the others.
	dec := jsontext.NewDecoder(body, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	if dec.PeekKind() != '{' {
		if _, err := dec.ReadToken(); err != nil {
			return err
		}
		return errNotObject
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != '}' {
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		if err := b.member(dec, name.String()); err != nil {
			return err
		}
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	switch _, err := dec.ReadToken(); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("%w: more follows it", errNotObject)
}

func (b *batch) member(dec *jsontext.Decoder, name string) (err error) {
	switch name {
	case "client_name":
		b.client, err = readText(dec)
	case "batch_id":
		b.id, err = readText(dec)
	case "trace_events":
		err = b.events(dec)
	default: // no_more_events too: see traces.Registry.Find
		err = dec.SkipValue()
	}
	return err
}

// readText reads a string; null is an empty one.
func readText(dec *jsontext.Decoder) (string, error) {
	switch dec.PeekKind() {
	case 'n':
		return "", dec.SkipValue()
	case '"':
		token, err := dec.ReadToken()
		if err != nil {
			return "", err
		}
		return token.String(), nil
	case 0:
		return "", dec.SkipValue() // reports what is wrong
	}
	return "", errWrongType
}

func (b *batch) events(dec *jsontext.Decoder) error {
	switch dec.PeekKind() {
	case 'n', 0:
		return dec.SkipValue() // null is an empty array; 0 reports what is wrong
	case '[':
	default:
		return errWrongType
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != ']' {
		raw, err := dec.ReadValue()
		if err != nil {
			return err
		}
		if err := b.take(raw); err != nil {
			b.drops++
			b.reason = err.Error()
		}
	}
	_, err := dec.ReadToken()
	return err
}

// take makes the witness of one entry.
func (b *batch) take(raw []byte) (err error) {
	defer func() {
		// An entry is whatever an application was sent. If one finds a fault in
		// our code, it costs that one entry; what was panicked with may hold a
		// value and is not kept.
		if recover() != nil {
			err = errPanicked
		}
	}()
	if err := har.ParseEntry(raw, &b.entry); err != nil {
		return err
	}
	w := witness.FromEntry(&b.entry, b.options)
	if err := w.Validate(); err != nil { // the server would refuse the whole bundle
		return err
	}
	lines, err := witness.AppendLine(b.lines, &w)
	if err != nil {
		return err
	}
	if len(lines) > maxLinesBytes {
		return errLarge
	}
	b.lines = lines
	b.count++
	return nil
}
