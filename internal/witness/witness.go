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
	Start     time.Time // UTC, to the millisecond; zero if unknown
	LatencyMs float64   // to the microsecond; 0 if unknown
	Method    string    // upper case
	Scheme    string    // "http" or "https"; "" if unknown
	Host      string    // lower case, with the port unless it is the scheme's default; "" if unknown

	Template     string    // OpenAPI path template of the framework's route, "/users/{pk}/"
	BaseTemplate string    // Template without an optional version; "" if the route has none
	View         string    // the framework's name of the view
	NoRoute      bool      // the framework says that no route matched: Path has kinds only
	Path         []Segment // the segments of the path; empty if there is a Template
	PathArgs     []Param   // values of the template's parameters

	Query   []Param // sorted by name, like all parameters
	Headers []Param // request headers that are part of the API, in lower case
	Cookies []Param // request cookies other than credentials
	Auth    []Auth  // credentials seen, without their values
	Request *Body   // nil without a body

	Status          int     // 0 without a response
	Response        *Body   // nil without a body
	ResponseHeaders []Param // headers that are part of the API
	Streamed        bool    // the response was a stream
	SamePage        bool    // another path was answered with the same page
	Browser         bool    // a browser made the call for itself: no code of a client reads the response
	Consumer        Consumer
}

// Segment is one segment of a path: a literal that looks like a word, or the shape of a value.
// The zero Segment is an empty segment, such as after a trailing slash.
type Segment struct {
	Literal string
	Kind    *shape.Shape
	Echo    string         // the member of the response that repeats the segment; "" for none
	Prefix  string         // the code before the value: "Products(", "@"
	Suffix  string         // the code after it: ")", an ending (".csv") or an action (":cancel")
	More    []SegmentValue // further values of the segment
}

// SegmentValue is the kind of a further value of a segment, and the code after it.
type SegmentValue struct {
	Kind   *shape.Shape
	Suffix string
}

// maxSegmentValues bounds More on the wire.
const maxSegmentValues = 16

// Param is the shape of a named value.
type Param struct {
	Name      string
	Shape     *shape.Shape
	Repeated  bool      // the name occurred more than once; Shape sums up all its values
	Indexed   bool      // Name has "[]" in place of the index of an item in a list
	Converter Converter // of a path parameter: its converter in the route
}

// Body is the media type and the shape of a body.
type Body struct {
	MediaType string        // lower case, without parameters
	Size      shape.Buckets // the length in bytes
	Shape     *shape.Shape  // nil if the body was not read
	Files     []string      // the fields of a form that hold files
	Parts     []Part        // further facts about the fields of a form, sorted by name
	Cut       bool          // not seen in full: that a field is absent proves nothing
	Unread    Unread        // why Shape is nil; "" if it is not, and if the body is cut
	Quirks    []Quirk       // what a strict parser refuses in JSON, sorted
	Actions   []Action      // its actions, sorted; none if the URL is not shared by actions
	Batch     bool          // it is a list of what is sent for Actions, or answered to them
}

// Auth is one credential of a call.
type Auth struct {
	Type AuthType
	// In (header, query or cookie) and Name give the place of an API key or a session.
	In   string
	Name string
	// Format is "JWT" for a bearer token of that form. For AuthOther it is the registered scheme in
	// lower case, or "signature" for a signed request.
	Format string
}

// AuthType is a way to authenticate.
type AuthType string

// The ways to authenticate that a witness distinguishes.
const (
	AuthBasic  AuthType = "basic"
	AuthBearer AuthType = "bearer"
	AuthDigest AuthType = "digest"
	AuthAPIKey AuthType = "api_key"
	AuthCookie AuthType = "cookie"
	AuthOther  AuthType = "other" // another registered scheme, or a signature of the request
)

// Options limits what a witness holds of a call.
type Options struct {
	// StrictPaths withholds path segments even if they look like words.
	StrictPaths bool
	// Enums keeps the literal members of possible enums; for offline use only.
	Enums bool
	// Arena allocates the shapes: the witness is valid until its next Reset. nil is the heap.
	Arena *shape.Arena
	// MaxExpanded is the maximum size that a compressed body is expanded to, in bytes; 0 is
	// content.MaxExpanded.
	MaxExpanded int
	// Cache remembers names and routes from call to call; nil remembers nothing.
	Cache *Cache
	// Pages remembers pages from call to call; nil remembers nothing.
	Pages *Pages
}
