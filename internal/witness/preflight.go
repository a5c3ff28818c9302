package witness

import (
	"strings"

	"akita/internal/names"
)

// askedMethod is the header by which a browser asks, before a call to another origin, whether it may
// make it (Fetch standard, "CORS-preflight request").
const askedMethod = "access-control-request-method"

// optionsMethod is the method of a preflight.
const optionsMethod = "OPTIONS"

// IsPreflight reports whether a browser made the call for itself, to ask whether another is allowed.
func (w *Witness) IsPreflight() bool {
	if w.Method != optionsMethod {
		return false
	}
	if w.Browser {
		return true
	}
	for _, h := range w.Headers {
		if h.Name == askedMethod {
			return true
		}
	}
	return false
}

// keepsHeader reports whether a witness keeps a request header: those that clients of the API choose
// to send, and the one that marks a preflight.
func (w *Witness) keepsHeader(name string) bool {
	return names.IsRequestHeader(name) || w.Method == optionsMethod && strings.EqualFold(name, askedMethod)
}
