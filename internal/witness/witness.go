// Package witness turns a call into a witness: its shape, never its values.
// A witness is what may leave the machine (docs/security.md has the list). Everything
// here is pure and fails closed: what cannot be parsed leaves only as a media type and
// a size.
package witness

import (
	"time"

	"akita/internal/shape"
)

// Witness is one observed call, obfuscated.
type Witness struct {
	Start     time.Time `json:"start,omitzero"`      // UTC, to the millisecond; zero where unknown
	LatencyMs float64   `json:"latency_ms,omitzero"` // to the microsecond; 0 where unknown
	Method    string    `json:"method"`              // upper case
	Scheme    string    `json:"scheme,omitzero"`     // "http" or "https"; "" where unknown
	Host      string    `json:"host,omitzero"`       // lower case, with a port that is not the scheme's; "" where unknown

	Template     string    `json:"template,omitzero"`      // OpenAPI path template of the framework's route, "/users/{pk}/"
	BaseTemplate string    `json:"base_template,omitzero"` // of a route with optional parts: Template without them, where it differs
	View         string    `json:"view,omitzero"`          // the framework's name of the view
	NoRoute      bool      `json:"no_route,omitzero"`      // the framework says that no route matched: Path has kinds only
	Path         []Segment `json:"path,omitzero"`          // without a template: the path, segment by segment
	PathArgs     []Param   `json:"path_args,omitzero"`     // values of the template's parameters

	Query   []Param `json:"query,omitzero"`   // sorted by name, like all parameters
	Headers []Param `json:"headers,omitzero"` // request headers that say something of the API, in lower case
	Cookies []Param `json:"cookies,omitzero"` // request cookies that are no credentials
	Auth    []Auth  `json:"auth,omitzero"`    // credentials seen, without their values
	Request *Body   `json:"request,omitzero"` // nil without a body

	Status          int     `json:"status,omitzero"`           // 0 where no answer came
	Response        *Body   `json:"response,omitzero"`         // nil without a body
	ResponseHeaders []Param `json:"response_headers,omitzero"` // those that say something of the API
	Streamed        bool    `json:"streamed,omitzero"`         // the response was a stream
}

// Segment is one segment of a path: a literal that looks like a word, or the kind of
// what stood there. All empty: an empty segment, such as after a trailing slash.
type Segment struct {
	Literal string       `json:"literal,omitzero"`
	Kind    *shape.Shape `json:"kind,omitzero"`
	Suffix  string       `json:"suffix,omitzero"` // what followed the value: an ending (".csv") or an action (":cancel")
}

// Param is a named value's shape.
type Param struct {
	Name     string       `json:"name"`
	Shape    *shape.Shape `json:"shape"`
	Repeated bool         `json:"repeated,omitzero"` // the name came more than once; Shape is that of all its values
}

// Body is a body's media type and shape.
type Body struct {
	MediaType string        `json:"media_type,omitzero"` // lower case, without parameters
	Size      shape.Buckets `json:"size,omitzero"`       // of its length in bytes
	Shape     *shape.Shape  `json:"shape,omitzero"`      // nil where the body is opaque
	Files     []string      `json:"files,omitzero"`      // the fields of a form that are files
	Cut       bool          `json:"cut,omitzero"`        // not wholly seen: what is absent proves nothing
}

// Auth is one credential of a call.
type Auth struct {
	Type AuthType `json:"type"`
	// In (header, query or cookie) and Name say where an API key or a session stood.
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
	AuthOther  AuthType = "other" // another Authorization scheme
)

// Options say how much of a call a witness may carry.
type Options struct {
	// StrictPaths withholds path segments that look like words too.
	StrictPaths bool
	// Enums keeps literal members of what may be an enum; for offline use only.
	Enums bool
	// Arena is where shapes are made: the witness holds until its next Reset. nil is the heap.
	Arena *shape.Arena
}
