package local

import (
	"net/http"
	"time"

	"github.com/go-json-experiment/json"
)

// complaint is the body of an error.
type complaint struct {
	Message string `json:"message"`
	Detail  string `json:"detail,omitzero"`
}

func fail(w http.ResponseWriter, status int, message, detail string) {
	reply(w, status, complaint{message, detail})
}

// busy asks the client to try again later.
func busy(w http.ResponseWriter, message, detail string) {
	w.Header().Set("Retry-After", "5")
	fail(w, http.StatusServiceUnavailable, message, detail)
}

func reply(w http.ResponseWriter, status int, body any) {
	// SetWriteDeadline fails only if the connection has no deadlines.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTimeout))
	header := w.Header()
	header.Set("Content-Type", "application/json; charset=utf-8")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.MarshalWrite(w, body) // fails only if the client has gone
}
