package names

import _ "embed"

//go:embed words/signatures.txt
var signatureFile string

var (
	signatures    = setsOf(signatureFile)
	signedHeaders = setOf(credentialFile, "signed-header")
)

// Signature is a way to sign a request in its query.
type Signature struct {
	name  string // of the parameter that holds the signature
	parts set    // the parameters that belong to it
}

// QuerySignature returns the signature that a query parameter holds, by its name in any case. It is
// one if another parameter is part of it.
func QuerySignature(parameter string) (Signature, bool) {
	var buf [lowerSize]byte
	lower := appendLower(buf[:0], parameter)
	parts, ok := signatures[string(lower)]
	if !ok {
		return Signature{}, false
	}
	return Signature{string(lower), parts}, true
}

// Has reports whether a query parameter, in any case, holds the signature or belongs to it.
func (s Signature) Has(parameter string) bool {
	var buf [lowerSize]byte
	lower := appendLower(buf[:0], parameter)
	return string(lower) == s.name || s.parts.hasBytes(lower)
}

// IsOAuth reports whether it is a signature of OAuth 1.0 (RFC 5849), which has a scheme.
func (s Signature) IsOAuth() bool { return s.name == "oauth_signature" }

// IsSignedHeader reports whether a header, in any case, belongs to a signed request.
func IsSignedHeader(name string) bool { return signedHeaders.hasInAnyCase(name) }
