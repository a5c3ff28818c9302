package witness

// requestMethodHeader marks a preflight: the request by which a browser asks whether it may call
// another origin (Fetch standard, "CORS-preflight request").
const requestMethodHeader = "access-control-request-method"

// optionsMethod is the method of a preflight.
const optionsMethod = "OPTIONS"

// IsPreflight reports whether the call is a CORS preflight, which browsers send by themselves.
func (w *Witness) IsPreflight() bool {
	if w.Method != optionsMethod {
		return false
	}
	if w.Browser {
		return true
	}
	for _, h := range w.Headers {
		if h.Name == requestMethodHeader {
			return true
		}
	}
	return false
}

// keepsHeader reports whether a witness keeps a request header. It keeps the headers that are part
// of the API and the one that marks a preflight.
func (w *Witness) keepsHeader(h headerName) bool {
	return h.ofRequest || w.Method == optionsMethod && h.lower == requestMethodHeader
}
