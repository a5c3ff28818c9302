package witness

import (
	"strings"

	"akita/internal/format"
	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
)

// credentials returns how a call authenticated. A header, a cookie or a query parameter counts if its
// name says that it is a credential; its value is read only to distinguish schemes, and a JWT from an
// opaque token.
func credentials(e *har.Entry, query []har.Pair) []Auth {
	var found []Auth
	add := func(a Auth) {
		if a.Name != "" && shape.IsDataParameter(a.Name) {
			a.Name = withheld
		}
		for _, f := range found {
			if f == a {
				return
			}
		}
		found = append(found, a)
	}
	for _, h := range e.Request.Headers {
		switch {
		case h.Value == "":
		case strings.EqualFold(h.Name, "authorization"):
			add(authorization(h.Value))
		case names.IsCredentialHeader(h.Name):
			add(Auth{Type: AuthAPIKey, In: "header", Name: strings.ToLower(h.Name)})
		}
	}
	for _, q := range query {
		if names.IsCredentialParameter(q.Name) && q.Value != "" {
			add(Auth{Type: AuthAPIKey, In: "query", Name: q.Name})
		}
	}
	for _, c := range cookies(e) {
		if names.IsSessionCookie(c.Name) && c.Value != "" {
			add(Auth{Type: AuthCookie, In: "cookie", Name: c.Name})
		}
	}
	return found
}

// withheld replaces the name of a credential that may reveal whose it is.
const withheld = "withheld"

// authorization reads the scheme of an Authorization header (RFC 9110, section 11.4).
// A scheme of its own, such as Django REST Framework's "Token", is an API key in that header.
func authorization(value string) Auth {
	scheme, token, _ := strings.Cut(strings.TrimSpace(value), " ")
	switch strings.ToLower(scheme) {
	case "basic":
		return Auth{Type: AuthBasic}
	case "digest":
		return Auth{Type: AuthDigest}
	case "bearer":
		a := Auth{Type: AuthBearer}
		if format.Valid(format.JWT, strings.TrimSpace(token)) {
			a.Format = "JWT"
		}
		return a
	}
	if names.IsAuthScheme(scheme) {
		return Auth{Type: AuthOther, In: "header", Name: "authorization"}
	}
	return Auth{Type: AuthAPIKey, In: "header", Name: "authorization"}
}
