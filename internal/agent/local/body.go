package local

import (
	"errors"
	"io"
	"net/http"
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
	// Only a connection that cannot have a deadline fails here; it has none then.
	_ = control.SetReadDeadline(time.Now().Add(bodyTimeout))
	return http.MaxBytesReader(w, r.Body, maxBytes), func() { _ = control.SetReadDeadline(time.Time{}) }
}

// failBody says what is wrong with a body, without any value of it.
func failBody(w http.ResponseWriter, err error) {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		fail(w, http.StatusRequestEntityTooLarge, "Request body too large",
			"At most "+strconv.FormatInt(tooLarge.Limit, 10)+" bytes are taken; send fewer events at once.")
		return
	}
	fail(w, http.StatusBadRequest, "Invalid request body", bodyFault(err))
}

func bodyFault(err error) string {
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.Is(err, errMalformedTraceID), errors.Is(err, errBadClientName), errors.Is(err, errNotObject), errors.Is(err, errWrongType):
		return err.Error()
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "It ends before the JSON does."
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
