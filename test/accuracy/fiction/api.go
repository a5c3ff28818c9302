package fiction

import "encoding/base64"

// API is one fictitious API.
type API struct {
	Name       string
	Host       string
	Routes     RouteStyle
	Operations []*Operation
	// Noise are paths that scanners ask for and that are not there.
	Noise []string
	// Forbidden are methods on templates of the API that are answered 405.
	Forbidden []MethodPath
	Missing   *Type // the JSON body of a 404 for noise; nil: a page of HTML
}

// MethodPath is a method on a path template.
type MethodPath struct{ Method, Path string }

// RouteStyle is how the API's framework writes its routes.
type RouteStyle int

// The ways to write routes.
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
	Header []Field
	Cookie []Field
	// Transport are headers that say nothing of the API: a document may have them or not.
	Transport []Field
	Auth      []Login // one of them, by chance, on each call that is accepted
	Bodies    []Body  // one of them; none: no body
	// BodyMissing is the share of calls without a body.
	BodyMissing float64
	Answers     []Answer
	// Preflight marks what a browser asks before a call: a document may have it or not.
	Preflight bool
}

// Body is one media type with what it carries.
type Body struct {
	MediaType string
	Type      *Type                // nil: opaque
	Opaque    func(r *Rand) string // the bytes, where Type is nil
	Lines     bool                 // the type is that of one line or event
}

// Answer is one way in which an operation answers.
type Answer struct {
	Status int
	Share  float64 // among the answers
	Bodies []Body  // one of them; none: no body
	// Spoiled says that the request was at fault: its body is not what it should be.
	Spoiled bool
	// Anonymous says that the call came without its credentials.
	Anonymous bool
	// Headers say nothing that a document must have.
	Headers map[string]string
	Returns []Field // headers that are part of the API
}

// Login is a set of credentials that are sent together; an empty one is none.
type Login []Credential

// Credential is one credential.
type Credential struct {
	Scheme string // "basic", "bearer", "digest", "apiKey"
	In     string // of an API key: "header", "query" or "cookie"
	Name   string // of an API key
	Value  *Type
	Prefix string // of an API key in the Authorization header: "Token "
	// CSRF is a header that goes with a session cookie and is no credential.
	CSRF string
}

// Header is the request header in which the credential stands, with its value.
func (c Credential) Header(secret string) (name, value string) {
	switch c.Scheme {
	case "basic":
		return "Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(secret))
	case "bearer":
		return "Authorization", "Bearer " + secret
	case "digest":
		return "Authorization", `Digest username="probe", realm="api", nonce="` + secret + `", uri="/", response="` + secret + `"`
	}
	return c.Name, c.Prefix + secret
}
