package names

import _ "embed"

//go:embed words/headers.txt
var headerFile string

var (
	requestHeaders  = newHeaders("request")
	responseHeaders = newHeaders("response")
)

// headers holds the names of headers that are not part of an API.
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

// isAPI reports whether a header in lower case is part of an API.
func (h headers) isAPI(lower []byte) bool {
	if h.names.hasBytes(lower) || len(lower) > 0 && lower[0] == ':' {
		return false
	}
	return !hasAnyPrefix(lower, h.prefixes) || h.exceptions.hasBytes(lower)
}

// IsRequestHeader reports whether a request header, in any case, is part of an API. It is not if it is
// a credential, or if every client, library, browser or proxy sends it.
func IsRequestHeader(name string) bool {
	var buf [lowerSize]byte
	lower := appendLower(buf[:0], name)
	return requestHeaders.isAPI(lower) && !isClientHeader(lower) &&
		!containsAny(lower, csrfParts) && !IsCredentialHeader(name)
}

// IsResponseHeader reports whether a response header, in any case, is part of an API. It is not if
// servers and proxies set it by themselves.
func IsResponseHeader(name string) bool {
	var buf [lowerSize]byte
	return responseHeaders.isAPI(appendLower(buf[:0], name))
}
