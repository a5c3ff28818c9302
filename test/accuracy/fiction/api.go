package fiction

import (
	"encoding/base64"
	"fmt"
)

// API is one fictitious API.
type API struct {
	Name       string
	Host       string
	Routes     RouteStyle
	Operations []*Operation
	// Noise holds paths that scanners call and that do not exist.
	Noise []string
	// Forbidden holds methods that existing paths answer with 405.
	Forbidden []MethodPath
	Missing   *Type // the JSON body of a 404 for noise; nil: an HTML page
}

// MethodPath is a method on a path template.
type MethodPath struct{ Method, Path string }

// RouteStyle is the notation of the framework's routes.
type RouteStyle int

// The route styles.
const (
	DjangoPath    RouteStyle = iota // "users/<int:pk>/"
	DjangoPattern                   // "^users/(?P<pk>[^/.]+)/$"
	Template                        // "/users/{pk}"
)

// Operation is a method on a path template.
type Operation struct {
	Method string
	Path   string // "/users/{id}"
	Weight float64
	Params map[string]*Type // of the path
	Query  []Field
	// Signed are the names of query parameters that belong to a signature: they are part of the
	// credential and no parameters.
	Signed []string
	Header []Field
	Cookie []Field
	// Transport holds headers that are not part of the API: a document may have them or not.
	Transport []Field
	Auth      []Login // one of them, drawn, on each accepted call
	Bodies    []Body  // one of them is drawn; none: no body
	// BodyMissing is the share of calls without a body.
	BodyMissing float64
	Answers     []Answer
	// Preflight marks what a browser sends before a call: a document may have it or not.
	Preflight bool
}

// Body is one media type with its content.
type Body struct {
	MediaType string
	Type      *Type                // nil: opaque
	Opaque    func(r *Rand) string // the bytes, if Type is nil
	Lines     bool                 // Type is the type of one line or event
}

// Answer is one possible answer of an operation.
type Answer struct {
	Status int
	Share  float64 // among the answers
	Bodies []Body  // one of them is drawn; none: no body
	// Spoiled means that the request's body is invalid.
	Spoiled bool
	// Anonymous means that the call had no credentials.
	Anonymous bool
	// Headers holds headers that a document need not have.
	Headers map[string]string
	Returns []Field // headers that are part of the API
}

// Login is a set of credentials that are sent together; an empty set means no authentication.
type Login []Credential

// Credential is one credential.
type Credential struct {
	Scheme string // "basic", "bearer", "digest", "apiKey"
	In     string // of an API key: "header", "query" or "cookie"
	Name   string // of an API key
	Value  *Type
	Prefix string // of an API key in the Authorization header: "Token "
	// CSRF is a header that is sent with a session cookie and is not a credential.
	CSRF string
}

// Header returns the request header with the credential, as name and value.
func (c Credential) Header(secret string) (name, value string) {
	switch c.Scheme {
	case "basic":
		return "Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(secret))
	case "bearer":
		return "Authorization", "Bearer " + secret
	case "digest":
		const format = `Digest username="probe", realm="api", nonce="%s", uri="/", response="%s"`
		return "Authorization", fmt.Sprintf(format, secret, secret)
	}
	return c.Name, c.Prefix + secret
}
