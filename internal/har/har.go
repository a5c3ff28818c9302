// Package har reads HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/)
// as a stream of entries, with limits, from files and from what a middleware posts.
// It keeps to what a witness needs and is forgiving where writers differ: unknown
// members are ignored, absent ones are zero.
package har

import "time"

// Entry is one call. Its strings are values seen on the wire: nothing of it may
// leave the machine but by way of package witness.
type Entry struct {
	Started time.Time     // startedDateTime; zero where absent or malformed
	Latency time.Duration // timings.wait where it is positive, else time; -1 where neither is known

	Request  Request
	Response Response
	Akita    Akita
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

// Response is the answer to a call.
type Response struct {
	Status  int // 0 where the call got no answer
	Headers []Pair
	Cookies []Pair
	Body    *Body // nil without content.text; Size still counts
	Size    int64 // content.size, or bodySize; -1 where unknown
}

// Body is the body of a request or a response.
type Body struct {
	MediaType string // as in Content-Type, with parameters
	Text      string // decoded where the entry says encoding: base64
	Params    []Param
}

// Pair is a header, a cookie or a query parameter.
type Pair struct{ Name, Value string }

// Param is one field of a form.
type Param struct {
	Name, Value           string
	FileName, ContentType string
}

// Akita is what our own middleware adds to an entry as "_akita": what the
// framework knows and traffic alone cannot tell.
type Akita struct {
	// Known reports whether the entry has a route at all, null included. Then an empty
	// Route without a View means that the request matched no route. Otherwise the route
	// is unknown.
	Known bool
	// Route is the route template as the framework writes it, for example
	// "api/users/<int:pk>/" or "^api/v1/orders/(?P<id>[^/]+)/$".
	Route string
	// Converters maps a route parameter's name to its converter ("int", "slug").
	Converters map[string]string
	// View is the view's name, for example "shop.views.UserViewSet.retrieve".
	View string
	// Streamed says that the response's body was streamed.
	Streamed bool
	// RequestCut and ResponseCut say that a body is not, or not wholly, in the entry.
	RequestCut, ResponseCut bool
}
