// Package truth derives the truth about a fictitious API from its calls: exactly what an ideal
// reader of that traffic could know. What the calls leave open is marked as such, and a document
// may say anything about it.
package truth

// Truth is what some calls of an API show about it.
type Truth struct {
	API        string       `json:"api"`
	Calls      int          `json:"calls"`
	Operations []*Operation `json:"operations"`
	// Canaries are values that may not appear in a document.
	Canaries []string `json:"canaries"`
}

// Claim reports whether something must be in a document.
type Claim string

// The claims.
const (
	No   Claim = ""     // it must not
	Open Claim = "open" // the calls leave it open
	Yes  Claim = "yes"
)

// Operation is the truth about one operation.
type Operation struct {
	Method   string `json:"method"` // lower case
	Template string `json:"path"`
	// Exists is Open for an operation that a document may have or not.
	Exists    Claim                       `json:"exists"`
	Path      []PathParam                 `json:"params,omitempty"` // in the path's order
	Query     []Param                     `json:"query,omitempty"`
	Header    []Param                     `json:"header,omitempty"`
	Cookie    []Param                     `json:"cookie,omitempty"`
	Transport []string                    `json:"transport,omitempty"` // headers that a document may have or not
	Auth      []string                    `json:"auth"`                // alternatives; "" is none
	Request   map[string]*Node            `json:"request,omitempty"`   // by media type; nil: opaque
	Required  Claim                       `json:"required,omitempty"`  // the request's body
	Responses map[string]map[string]*Node `json:"responses"`           // by status and media type
	Returned  map[string][]Param          `json:"returned,omitempty"`  // response headers by status
	Plain     []string                    `json:"plain,omitempty"`     // optional response headers
	Samples   []string                    `json:"samples"`             // some paths that were called
}

// PathParam is a parameter of a path.
type PathParam struct {
	Name string `json:"name"`
	Node *Node  `json:"node"`
	// Literals are the values that were seen, if one cannot know that they are values of a
	// parameter: a single word. A document may have these instead of the parameter.
	Literals []string `json:"literals,omitempty"`
}

// Param is a parameter of the query, a header or a cookie.
type Param struct {
	Name     string `json:"name"`
	Node     *Node  `json:"node,omitempty"`
	Required Claim  `json:"required,omitempty"`
	// Seen is Open if only refused calls had it.
	Seen Claim `json:"seen"`
}

// Node is the truth about the values of one place.
type Node struct {
	Types []string `json:"types,omitempty"` // of JSON, without null; sorted
	// Also is another type under which the values can be described as well.
	Also         string            `json:"also,omitempty"`
	Null         bool              `json:"null,omitempty"`
	Format       *Format           `json:"format,omitempty"`
	Enum         *Enum             `json:"enum,omitempty"`
	Any          bool              `json:"any,omitempty"`   // the calls show nothing about what is below
	Inner        bool              `json:"inner,omitempty"` // below a tree's first level: only names of fields count
	Fields       map[string]*Field `json:"fields,omitempty"`
	Entry        *Node             `json:"entry,omitempty"` // of a map
	Items        *Node             `json:"items,omitempty"`
	Variants     [][]string        `json:"variants,omitempty"` // of records: the fields of each; at least two
	VariantsOpen bool              `json:"untold,omitempty"`   // too few records: the document may have variants or not
	Tag          string            `json:"tag,omitempty"`      // the field that distinguishes the variants

	records int // of which the fields are
}

// Field is a member of a record.
type Field struct {
	*Node
	Required bool `json:"required,omitempty"`
	// Open says that a document may have the field as required or not.
	Open bool `json:"open,omitempty"`
}

// Format holds the names of a format that a document may use.
type Format struct {
	Names []string `json:"names,omitempty"`
	Claim Claim    `json:"claim"`
}

// Enum holds the members of an enum.
type Enum struct {
	Members []string `json:"members,omitempty"` // seen
	Claim   Claim    `json:"claim"`
}

// IsCore reports whether a format is one of JSON Schema, which every reader knows.
func IsCore(format string) bool {
	switch format {
	case "date-time", "date", "time", "duration", "email", "uri", "ipv4", "ipv6", "uuid":
		return true
	}
	return false
}
