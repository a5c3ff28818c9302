package local

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

var errBadClientName = errors.New("client_name: it is too long or not printable")

// limitedBody returns the request's body within its limits of size and time.
// done ends the limit of time when the body has been read: else it would end
// the connection while the answer is waited for.
func limitedBody(w http.ResponseWriter, r *http.Request, maxBytes int64) (body io.Reader, done func()) {
	control := http.NewResponseController(w)
	paced := &pacedBody{body: http.MaxBytesReader(w, r.Body, maxBytes), control: control, patience: bodyTimeout}
	// Only a connection that cannot have a deadline fails here; it has none then.
	return paced, func() { _ = control.SetReadDeadline(time.Time{}) }
}

// pacedBody fails where a body comes more slowly than minBodyRate for longer than
// bodyTimeout. Only the time that is spent waiting for the client counts.
type pacedBody struct {
	body     io.Reader
	control  *http.ResponseController
	patience time.Duration // what may be spent on waiting
}

func (p *pacedBody) Read(b []byte) (int, error) {
	began := time.Now()
	_ = p.control.SetReadDeadline(began.Add(p.patience)) // see limitedBody
	n, err := p.body.Read(b)
	earned := time.Duration(n) * time.Second / minBodyRate
	p.patience = min(p.patience+earned-time.Since(began), bodyTimeout)
	return n, err
}

// failBody says what is wrong with a body, without any value of it. more is
// said behind that.
func failBody(w http.ResponseWriter, err error, more string) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		fail(w, http.StatusRequestEntityTooLarge, "Request body too large",
			"At most "+strconv.FormatInt(tooLarge.Limit, 10)+" bytes are taken; send fewer events at once."+more)
	case errors.Is(err, os.ErrDeadlineExceeded):
		fail(w, http.StatusRequestTimeout, "Request body too slow", "It came more slowly than 64 KiB/s for 30 s."+more)
	default:
		fail(w, http.StatusBadRequest, "Invalid request body", bodyFault(err)+more)
	}
}

func bodyFault(err error) string {
	var scanned *syntaxError
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.Is(err, errMalformedTraceID), errors.Is(err, errBadClientName), errors.Is(err, errNotObject), errors.Is(err, errWrongType), errors.Is(err, errLateID):
		return err.Error()
	case errors.Is(err, errLong):
		return "A name in it is too long."
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "It ends before the JSON does."
	case errors.As(err, &scanned):
		return "It is not JSON: see byte " + strconv.FormatInt(scanned.offset, 10) + "."
	case errors.As(err, &syntax):
		return "It is not JSON: see byte " + strconv.FormatInt(syntax.ByteOffset, 10) + "."
	case errors.As(err, &semantic):
		return "A member has another type than it should: see byte " + strconv.FormatInt(semantic.ByteOffset, 10) + "."
	}
	return "It cannot be read."
}

// clientName is how a client is known; an empty name is none.
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
