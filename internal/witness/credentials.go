package witness

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
)

// Signed is the Format of the credential of a signed request.
const Signed = "signature"

// withheld replaces the name of a credential if that may identify its owner.
const withheld = "withheld"

// proof is how a call authenticated. The headers and query parameters that belong to it are not
// parameters of the operation.
type proof struct {
	auths      []Auth
	signed     bool     // headers that belong to a signature are part of it
	headers    []string // in lower case
	parameters []string
}

// hasHeader reports whether a header is part of the proof.
func (p *proof) hasHeader(h headerName) bool {
	return p.signed && h.isSigned || slices.Contains(p.headers, h.lower)
}

// hasParameter reports whether a query parameter is part of the proof.
func (p *proof) hasParameter(name string) bool { return slices.Contains(p.parameters, name) }

// add adds a credential, once.
func (p *proof) add(a Auth) {
	if a.Name != "" && shape.IsDataParameter(a.Name) {
		a.Name = withheld
	}
	if !slices.Contains(p.auths, a) {
		p.auths = append(p.auths, a)
	}
}

// readCredentials reads how a call authenticated. Names decide. Values are looked at only to
// distinguish schemes, a JWT from an opaque token, and a key from another value under a name such
// as "key". userinfo reports whether the URL held a user name or a password.
func readCredentials(e *har.Entry, query, cookies []har.Pair, userinfo bool, cache *Cache) proof {
	var p proof
	p.readSignature(query)
	p.readHeaders(e.Request.Headers, cache)
	if userinfo && !slices.ContainsFunc(e.Request.Headers, isAuthorization) {
		p.add(Auth{Type: AuthBasic}) // a client turns it into a header (RFC 7617)
	}
	for _, q := range query {
		switch {
		case q.Value == "" || p.hasParameter(q.Name):
		case names.IsCredentialParameter(q.Name):
			p.add(Auth{Type: AuthAPIKey, In: "query", Name: q.Name})
		case isSecret(q.Value) && names.IsKeyLike(q.Name):
			p.parameters = append(p.parameters, q.Name)
			p.add(Auth{Type: AuthAPIKey, In: "query", Name: q.Name})
		}
	}
	for _, c := range cookies {
		if names.IsSessionCookie(c.Name) && c.Value != "" {
			p.add(Auth{Type: AuthCookie, In: "cookie", Name: c.Name})
		}
	}
	return p
}

func isAuthorization(h har.Pair) bool {
	return h.Value != "" && strings.EqualFold(h.Name, "Authorization")
}

// readSignature finds a signature in the query: a parameter that holds it, together with others
// that belong to it. A parameter of that name alone is an API key.
func (p *proof) readSignature(query []har.Pair) {
	for _, q := range query {
		signature, ok := names.QuerySignature(q.Name)
		if !ok || q.Value == "" {
			continue
		}
		var parts []string
		for _, other := range query {
			if signature.Has(other.Name) {
				parts = append(parts, other.Name)
			}
		}
		if len(parts) < 2 {
			continue
		}
		p.parameters = parts
		if signature.IsOAuth() {
			p.add(Auth{Type: AuthOther, Format: "oauth"})
		} else {
			p.add(Auth{Type: AuthOther, In: "query", Name: q.Name, Format: Signed})
		}
		return
	}
}

// readHeaders finds the credentials among headers.
func (p *proof) readHeaders(headers []har.Pair, cache *Cache) {
	signature, input := false, false
	session := "" // a temporary key, which a signature covers
	for _, h := range headers {
		if h.Value == "" {
			continue
		}
		read := cache.header(h.Name)
		switch name := read.lower; {
		case name == "authorization":
			p.add(p.authorization(h.Value))
		case name == "signature": // RFC 9421, or the draft before it
			signature, input = true, input || strings.Contains(h.Value, "keyId=")
		case name == "signature-input":
			input = true
		case !read.isCredential:
		case read.isSigned:
			session = name
		default:
			p.add(Auth{Type: AuthAPIKey, In: "header", Name: name})
		}
	}
	if signature && input {
		p.signed = true
		p.headers = append(p.headers, "signature")
		p.add(Auth{Type: AuthOther, In: "header", Name: "signature", Format: Signed})
	}
	if session != "" && !p.signed {
		p.add(Auth{Type: AuthAPIKey, In: "header", Name: session})
	}
}

// authorization reads the scheme of an Authorization header (RFC 9110, section 11.4). A scheme
// that is not registered, such as Django REST Framework's "Token", is an API key in that header.
func (p *proof) authorization(value string) Auth {
	scheme, token, _ := strings.Cut(strings.TrimSpace(value), " ")
	switch scheme = strings.ToLower(scheme); {
	case scheme == "basic":
		return Auth{Type: AuthBasic}
	case scheme == "digest":
		return Auth{Type: AuthDigest}
	case scheme == "bearer":
		a := Auth{Type: AuthBearer}
		if format.Valid(format.JWT, strings.TrimSpace(token)) {
			a.Format = "JWT"
		}
		return a
	case token != "" && names.IsSigningScheme(scheme):
		p.signed = true
		return Auth{Type: AuthOther, In: "header", Name: "authorization", Format: Signed}
	case token != "" && names.IsAuthScheme(scheme):
		if scheme == "dpop" {
			p.headers = append(p.headers, "dpop") // the proof of RFC 9449 beside the token
		}
		return Auth{Type: AuthOther, Format: scheme}
	}
	return Auth{Type: AuthAPIKey, In: "header", Name: "authorization"}
}

// minSecret is the least length of a text that is taken for a key.
const minSecret = 16

// isSecret reports whether text looks like a key: long, in one piece, and random. A UUID does not,
// because it is as likely to be an id.
func isSecret(text string) bool {
	if len(text) < minSecret || strings.ContainsAny(text, " \t,;:/?&") {
		return false
	}
	f := format.Detect(text)
	return !f.Has(format.UUID) &&
		(f.Has(format.Hex) && strings.ContainsAny(text, "abcdefABCDEF") || format.LooksRandom(text))
}
