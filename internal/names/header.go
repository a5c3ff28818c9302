package names

import _ "embed"

//go:embed words/headers.txt
var headerFile string

var (
	requestHeaders  = newHeaders("request")
	responseHeaders = newHeaders("response")
)

// headers are those of which the names say nothing of an API.
type headers struct {
	names      set
	prefixes   []string
	exceptions set // headers of the API with such a prefix
}

func newHeaders(of string) headers {
	return headers{
		names:      setOf(headerFile, of),
		prefixes:   section(headerFile, of+"-prefix"),
		exceptions: setOf(headerFile, of+"-exception"),
	}
}

// isAPI reports whether a header in lower case is the API's.
func (h headers) isAPI(lower []byte) bool {
	if h.names.hasBytes(lower) || len(lower) > 0 && lower[0] == ':' {
		return false
	}
	return !hasAnyPrefix(lower, h.prefixes) || h.exceptions.hasBytes(lower)
}

// IsRequestHeader reports whether a request header, in any case, is one that the clients of an API
// choose to send, and neither a credential nor one that every client, library, browser or proxy sends.
func IsRequestHeader(name string) bool {
	var buf [lowerSize]byte
	lower := appendLower(buf[:0], name)
	return requestHeaders.isAPI(lower) && !isClientHeader(lower) &&
		!containsAny(lower, csrfParts) && !IsCredentialHeader(name)
}

// IsResponseHeader reports whether a response header, in any case, is one that the API's own code
// sets.
func IsResponseHeader(name string) bool {
	var buf [lowerSize]byte
	return responseHeaders.isAPI(appendLower(buf[:0], name))
}
