package witness

import (
	"strings"

	"akita/internal/names"
)

// askedMethod is the header with which a browser asks, before a call to another origin, whether
// it may send it (Fetch standard, "CORS-preflight request").
const askedMethod = "access-control-request-method"

// optionsMethod is the method of such a question.
const optionsMethod = "OPTIONS"

// IsPreflight reports whether the call is such a question: the browser's own, not the API's client's.
func (w *Witness) IsPreflight() bool {
	if w.Method != optionsMethod {
		return false
	}
	for _, h := range w.Headers {
		if h.Name == askedMethod {
			return true
		}
	}
	return false
}

// keepsHeader tells request headers whose names a witness keeps: those that say something of
// the API, and the one that tells a preflight.
func (w *Witness) keepsHeader(name string) bool {
	return names.IsRequestHeader(name) || w.Method == optionsMethod && strings.EqualFold(name, askedMethod)
}
