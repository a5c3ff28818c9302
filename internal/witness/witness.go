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
	Start     time.Time // UTC, to the millisecond; zero where unknown
	LatencyMs float64   // to the microsecond; 0 where unknown
	Method    string    // upper case
	Scheme    string    // "http" or "https"; "" where unknown
	Host      string    // lower case, with a port that is not the scheme's; "" where unknown

	Template     string    // OpenAPI path template of the framework's route, "/users/{pk}/"
	BaseTemplate string    // Template without an optional version; "" if the route has none
	View         string    // the framework's name of the view
	NoRoute      bool      // the framework says that no route matched: Path has kinds only
	Path         []Segment // without a template: the path, segment by segment
	PathArgs     []Param   // values of the template's parameters

	Query   []Param // sorted by name, like all parameters
	Headers []Param // request headers that say something of the API, in lower case
	Cookies []Param // request cookies that are no credentials
	Auth    []Auth  // credentials seen, without their values
	Request *Body   // nil without a body

	Status          int     // 0 where no answer came
	Response        *Body   // nil without a body
	ResponseHeaders []Param // those that say something of the API
	Streamed        bool    // the response was a stream
}

// Segment is one segment of a path: a literal that looks like a word, or the kind of
// what stood there. All empty: an empty segment, such as after a trailing slash.
type Segment struct {
	Literal string
	Kind    *shape.Shape
	Echo    string // the member of the response that repeats what stood there; "" for none
	Suffix  string // what followed the value: an ending (".csv") or an action (":cancel")
}

// Param is a named value's shape.
type Param struct {
	Name      string
	Shape     *shape.Shape
	Repeated  bool      // the name came more than once; Shape is that of all its values
	Indexed   bool      // where Name has "[]", the call had the index of an item of a list
	Converter Converter // of a path parameter: what the route says it is
}

// Body is a body's media type and shape.
type Body struct {
	MediaType string        // lower case, without parameters
	Size      shape.Buckets // of its length in bytes
	Shape     *shape.Shape  // nil where the body is opaque
	Files     []string      // the fields of a form that are files
	Parts     []Part        // what else is known of fields of a form, sorted by name
	Cut       bool          // not wholly seen: what is absent proves nothing
	Actions   []Action      // of which actions it is, sorted; none if the URL is not shared by actions
	Batch     bool          // it is a list of what is sent for Actions, or answered to them
}

// Auth is one credential of a call.
type Auth struct {
	Type AuthType
	// In (header, query or cookie) and Name say where an API key or a session stood.
	In   string
	Name string
	// Format is "JWT" for a bearer token that is one. Of AuthOther it is the scheme that IANA
	// registered, in lower case, or "signature" for a signed request.
	Format string
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
	AuthOther  AuthType = "other" // another registered scheme, or a signature of the request
)

// Options say how much of a call a witness may carry.
type Options struct {
	// StrictPaths withholds path segments that look like words too.
	StrictPaths bool
	// Enums keeps literal members of what may be an enum; for offline use only.
	Enums bool
	// Arena is where shapes are made: the witness holds until its next Reset. nil is the heap.
	Arena *shape.Arena
	// Routes remembers routes from call to call; nil remembers nothing.
	Routes *Routes
}
