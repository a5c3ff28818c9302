// Package witness turns a call into a witness: its shape, never its values.
// A witness is what may leave the machine (see docs/security.md); everything here is
// pure and fails closed: what cannot be parsed leaves only as a media type and a size.
package witness

import (
	"time"

	"akita/internal/shape"
)

// Witness is one observed call, obfuscated.
type Witness struct {
	Start     time.Time `json:"start"`                     // UTC, to the millisecond
	LatencyMs float64   `json:"latency_ms,omitzero"`       // 0 where unknown
	Method    string    `json:"method"`                    // upper case
	Host      string    `json:"host,omitzero"`             // lower case; "" where unknown
	Template  string    `json:"template,omitzero"`         // OpenAPI path template of the framework's route, "/users/{pk}/"
	View      string    `json:"view,omitzero"`             // the framework's name of the view
	Path      []Segment `json:"path,omitzero"`             // without a template: the path, segment by segment
	NoRoute   bool      `json:"no_route,omitzero"`         // the framework says that no route matched: kinds only
	PathArgs  []Param   `json:"path_args,omitzero"`        // values of the template's parameters
	Query     []Param   `json:"query,omitzero"`            // one per name; Repeated where a name came twice
	Headers   []Param   `json:"headers,omitzero"`          // request headers that say something of the API
	Cookies   []Param   `json:"cookies,omitzero"`          // request cookies that are no credentials
	Auth      []Auth    `json:"auth,omitzero"`             // credentials seen, none of their values
	Request   *Body     `json:"request,omitzero"`          // nil without a body
	Status    int       `json:"status"`                    // 0 where no answer came
	Response  *Body     `json:"response,omitzero"`         // nil without a body
	Answered  []Param   `json:"response_headers,omitzero"` // response headers that say something of the API
	Streamed  bool      `json:"streamed,omitzero"`         // the response was a stream
}

// Segment is one segment of a path: a literal that looks like a word, or the
// kind of what stood there.
type Segment struct {
	Literal string       `json:"l,omitzero"`
	Kind    *shape.Shape `json:"k,omitzero"`
}

// Param is a named value's shape.
type Param struct {
	Name     string       `json:"name"`
	Shape    *shape.Shape `json:"shape"`
	Repeated bool         `json:"repeated,omitzero"` // the name came more than once; Shape is that of all its values
}

// Body is a body's media type and shape.
type Body struct {
	MediaType  string       `json:"media_type,omitzero"` // without parameters, lower case
	SizeBucket int          `json:"size,omitzero"`       // bits of the size in bytes: 0 is empty, n is 2^(n-1) to 2^n-1
	Shape      *shape.Shape `json:"shape,omitzero"`      // nil where the body is opaque
	Cut        bool         `json:"cut,omitzero"`        // not wholly seen: absent fields prove nothing
}

// Auth is one credential of a call.
type Auth struct {
	Type AuthType `json:"type"`
	// In and Name say where an API key or a session stood: header, query or cookie.
	In   string `json:"in,omitzero"`
	Name string `json:"name,omitzero"`
	// Format is "JWT" for a bearer token that is one.
	Format string `json:"format,omitzero"`
}

// AuthType is a way to authenticate.
type AuthType string

// The ways to authenticate that are told apart.
const (
	AuthBasic  AuthType = "basic"
	AuthBearer AuthType = "bearer"
	AuthDigest AuthType = "digest"
	AuthAPIKey AuthType = "api_key"
	AuthCookie AuthType = "cookie"
	AuthOther  AuthType = "other" // another Authorization scheme; Name is the scheme
)
