package witness

import (
	"strings"

	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
	"akita/internal/spelling"
)

// header returns the value of the first header of a name, "" for none. Names of headers are ASCII
// (RFC 9110, section 5.1).
func header(headers []har.Pair, name string) string {
	for i := range headers {
		if h := &headers[i]; len(h.Name) == len(name) && strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

// headerName is what the name of a header says.
type headerName struct {
	lower        string // in lower case, because its case has no meaning (RFC 9110, section 5.1)
	isName       bool   // it is code and not data
	ofRequest    bool   // a request header of this name is part of the API
	ofResponse   bool   // the same for a response header
	isCredential bool   // a request header of this name carries an API key or a token
	isSigned     bool   // a request header of this name belongs to a signed request
}

// readHeaderName reads the name of a header in any case.
func readHeaderName(name string) headerName {
	h := headerName{
		lower:        strings.ToLower(name),
		ofRequest:    names.IsRequestHeader(name),
		ofResponse:   names.IsResponseHeader(name),
		isCredential: names.IsCredentialHeader(name),
		isSigned:     names.IsSignedHeader(name),
	}
	// Its capitals may show that a name was generated, which the name in lower case would hide.
	isSpelled := !hasMixedCase(name) || spelling.IsName(name)
	h.isName = isSpelled && !shape.IsDataParameter(h.lower)
	return h
}

// hasMixedCase reports whether a capital letter follows a small one in name.
func hasMixedCase(name string) bool {
	for i := 1; i < len(name); i++ {
		if 'A' <= name[i] && name[i] <= 'Z' && 'a' <= name[i-1] && name[i-1] <= 'z' {
			return true
		}
	}
	return false
}
