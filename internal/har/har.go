// Package har reads HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as a
// stream of entries with limits on their size. Entries come from files and from middleware.
// The package reads only the members that a witness needs. It ignores unknown members, and
// absent members are zero, because writers differ.
package har

import "time"

// Entry is one call. Its strings are values of the traffic. Only package witness may pass
// something of them to another machine.
type Entry struct {
	Started time.Time     // startedDateTime; zero if absent or malformed
	Latency time.Duration // timings.wait if positive, else time; -1 if both are absent

	Request  Request
	Response Response
	Akita    Akita

	// What a browser's recording says of the reason of the call; "" if it says nothing.
	ResourceType string // _resourceType: "xhr", "image", "document"
	Initiator    string // _initiator.type: "script", "parser"
}

// Request is the request of a call.
type Request struct {
	Method  string
	URL     string // absolute, or a path only (old writers)
	Headers []Pair
	Cookies []Pair
	Query   []Pair
	Body    *Body // nil without postData
}

// Response is the response of a call.
type Response struct {
	Status  int // 0 if the call got no response
	Headers []Pair
	Cookies []Pair
	Body    *Body // nil without content.text
	Size    int64 // content.size, else bodySize, in bytes; -1 if unknown. It may be known without a Body
}

// Body is the body of a request or a response.
type Body struct {
	MediaType string // as in Content-Type, with parameters
	Text      string // decoded if the entry has it in base64
	Params    []Param
	File      string // the name of the file that has the text, which is not read yet; "" for none
	Fault     Fault  // why Text is not the body; "" if it is
}

// Fault is why a body that is said to be there is not.
type Fault string

// The faults of a body.
const (
	Damaged     Fault = "damaged"      // it is not valid in the encoding that it is said to have
	MissingFile Fault = "missing-file" // it is in a file that was not found
	TooLarge    Fault = "too-large"    // it is in a file that is too large
)

// Pair is a header, a cookie or a query parameter.
type Pair struct{ Name, Value string }

// Param is one field of a form.
type Param struct {
	Name, Value           string
	FileName, ContentType string
}

// Akita holds facts from the framework that our middleware adds to an entry as "_akita".
type Akita struct {
	// Known reports whether the entry has a route at all, null included. Then an empty
	// Route without a View means that the request matched no route. Otherwise the route
	// is unknown.
	Known bool
	// Route is the route template as the framework writes it, for example
	// "api/users/<int:pk>/" or "^api/v1/orders/(?P<id>[^/]+)/$".
	Route string
	// Converters maps the name of a route parameter to its converter ("int", "slug").
	Converters map[string]string
	// View is the name of the view, for example "shop.views.UserViewSet.retrieve".
	View string
	// IsTest reports whether a test made the call.
	IsTest bool
	// Streamed reports whether the body of the response was streamed.
	Streamed bool
	// RequestCut and ResponseCut report whether a body is missing from the entry, or a part
	// of it is.
	RequestCut, ResponseCut bool
	// Consumer is who made the call, as the application's code names it, and ConsumerVersion its version.
	Consumer, ConsumerVersion string
	// ConsumerInHeader reports whether Consumer is the value of a header.
	ConsumerInHeader bool
}
