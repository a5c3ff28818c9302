package api

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
)

var timeType = reflect.TypeFor[time.Time]()

// list is the format of all lists.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

func writeJSON(w http.ResponseWriter, status int, mediaType string, value any) error {
	body, err := json.Marshal(value, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("encode response: %w", err)
	}
	return write(w, status, mediaType, body)
}

// write sends a response. It ignores errors of the connection, because the client
// has disconnected then.
func write(w http.ResponseWriter, status int, mediaType string, body []byte) error {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // the Content-Type is never HTML, and nosniff is set
	return nil
}

func ok(w http.ResponseWriter, value any) error {
	return writeJSON(w, http.StatusOK, "application/json", value)
}

func created(w http.ResponseWriter, value any) error {
	return writeJSON(w, http.StatusCreated, "application/json", value)
}

func noContent(w http.ResponseWriter) error {
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// download sends a file that a browser saves under the given name, while writeTo
// writes it.
func download(w http.ResponseWriter, mediaType, name string, writeTo func(io.Writer) error) error {
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Content-Type", mediaType)
	_ = writeTo(w) // it fails only if the client has disconnected
	return nil
}
