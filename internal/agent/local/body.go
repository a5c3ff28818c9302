package local

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/agent/jsonstream"
)

var errBadClientName = errors.New("client_name is too long or not printable")

// limitedBody returns the request's body with limits of size and time. done must be
// called when the body has been read; otherwise the time limit would end the
// connection while the client waits for the answer.
func limitedBody(w http.ResponseWriter, r *http.Request, maxBytes int64) (body io.Reader, done func()) {
	control := http.NewResponseController(w)
	paced := &pacedBody{body: http.MaxBytesReader(w, r.Body, maxBytes), control: control, patience: bodyTimeout}
	// SetReadDeadline fails only if the connection has no deadlines.
	return paced, func() { _ = control.SetReadDeadline(time.Time{}) }
}

// pacedBody fails if a body arrives more slowly than minBodyRate for longer than
// bodyTimeout. Only the time spent waiting for the client counts.
type pacedBody struct {
	body     io.Reader
	control  *http.ResponseController
	patience time.Duration // that is left to wait
}

func (p *pacedBody) Read(b []byte) (int, error) {
	began := time.Now()
	_ = p.control.SetReadDeadline(began.Add(p.patience)) // see limitedBody
	n, err := p.body.Read(b)
	earned := time.Duration(n) * time.Second / minBodyRate
	p.patience = min(p.patience+earned-time.Since(began), bodyTimeout)
	return n, err
}

// failBody answers what is wrong with a body, without any value of it. suffix is
// appended to the message.
func failBody(w http.ResponseWriter, err error, suffix string) {
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		fail(w, http.StatusRequestEntityTooLarge, "Request body too large",
			fmt.Sprintf("At most %d bytes are allowed: send fewer events at once.", tooLarge.Limit)+suffix)
		return
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		fail(w, http.StatusRequestTimeout, "Request body too slow", "It arrived more slowly than 64 KiB/s for 30 s."+suffix)
		return
	}
	fail(w, http.StatusBadRequest, "Invalid request body", bodyFault(err)+suffix)
}

func bodyFault(err error) string {
	switch {
	case errors.Is(err, errMalformedTraceID), errors.Is(err, errBadClientName), errors.Is(err, errLateID),
		errors.Is(err, jsonstream.ErrNotObject), errors.Is(err, jsonstream.ErrWrongType):
		return err.Error()
	case errors.Is(err, jsonstream.ErrTooLong):
		return "A name in it is too long."
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "It ends before the JSON does."
	}
	if syntax, ok := errors.AsType[*jsonstream.SyntaxError](err); ok {
		return fmt.Sprintf("It is not JSON: see byte %d.", syntax.Offset)
	}
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return fmt.Sprintf("It is not JSON: see byte %d.", syntax.ByteOffset)
	}
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		return fmt.Sprintf("A member has the wrong type: see byte %d.", semantic.ByteOffset)
	}
	return "It cannot be read."
}

// clientName is the name by which a client is known.
func clientName(name string) string {
	if name == "" {
		return "unnamed"
	}
	return name
}

// validName reports whether a name can be shown and logged.
func validName(name string) bool {
	if name == "" || len(name) > maxNameBytes || !utf8.ValidString(name) {
		return false
	}
	for _, r := range name {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}
