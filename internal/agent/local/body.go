package local

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/agent/jsonstream"
)

var errBadClientName = errors.New("client_name is too long or not printable")

// limitedBody returns the request's body with limits of size and time. Its method done must
// be called when it has been read; otherwise the time limit would end the connection while
// the client waits for the answer.
func limitedBody(w http.ResponseWriter, r *http.Request, maxBytes int64) *pacedBody {
	return &pacedBody{
		body:    http.MaxBytesReader(w, r.Body, maxBytes),
		control: http.NewResponseController(w),
		limit:   bodyTimeout, patience: bodyTimeout,
	}
}

// pacedBody fails if a body arrives more slowly than minBodyRate for longer than
// bodyTimeout, or hurriedTimeout while others wait for its place. Only the time spent
// waiting for the client counts.
type pacedBody struct {
	body    io.Reader
	control *http.ResponseController
	first   []byte // what await has read

	mu       sync.Mutex
	limit    time.Duration // of patience
	patience time.Duration // that is left to wait
	began    time.Time     // when the present Read began; zero if there is none
}

// await waits until the body begins to arrive, or ends.
func (p *pacedBody) await() error {
	first := make([]byte, 1)
	n, err := p.Read(first)
	p.first = first[:n]
	if errors.Is(err, io.EOF) {
		return nil // the next Read returns it again
	}
	return err
}

// Read implements io.Reader.
func (p *pacedBody) Read(b []byte) (int, error) {
	if len(p.first) > 0 {
		n := copy(b, p.first)
		p.first = p.first[n:]
		return n, nil
	}
	p.mu.Lock()
	p.began = time.Now()
	p.setDeadline()
	p.mu.Unlock()
	n, err := p.body.Read(b)
	p.mu.Lock()
	defer p.mu.Unlock()
	earned := time.Duration(n) * time.Second / minBodyRate
	p.patience = min(p.patience+earned-time.Since(p.began), p.limit)
	p.began = time.Time{}
	return n, err
}

// hurry sets whether others wait for the body's place.
func (p *pacedBody) hurry(othersWait bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.limit = bodyTimeout; othersWait {
		p.limit = hurriedTimeout
	}
	if !p.began.IsZero() {
		p.patience -= time.Since(p.began)
		p.began = time.Now()
	}
	p.patience = min(p.patience, p.limit)
	if !p.began.IsZero() {
		p.setDeadline()
	}
}

// setDeadline limits the present Read. The caller holds mu.
func (p *pacedBody) setDeadline() {
	_ = p.control.SetReadDeadline(p.began.Add(p.patience)) // fails only if the connection has no deadlines
}

// done ends the time limit.
func (p *pacedBody) done() {
	_ = p.control.SetReadDeadline(time.Time{}) // as in setDeadline
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
		fail(w, http.StatusRequestTimeout, "Request body too slow",
			"It arrived more slowly than 64 KiB/s for 30 s, or for 2 s while others waited."+suffix)
		return
	}
	fail(w, http.StatusBadRequest, "Invalid request body", bodyFault(err)+suffix)
}

func bodyFault(err error) string {
	for _, known := range documentFailures {
		if errors.Is(err, known) {
			return err.Error()
		}
	}
	switch {
	case errors.Is(err, errMalformedTraceID), errors.Is(err, errBadClientName), errors.Is(err, errLateID),
		errors.Is(err, errLateTraces), errors.Is(err, errManyTraces),
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
