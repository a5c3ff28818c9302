package apimodel

import (
	"strconv"

	"akita/internal/witness"
)

// Request sums up the requests of an operation.
type Request struct {
	Count   uint64           `json:"count,omitzero"`
	Args    Params           `json:"args,omitzero"` // in the path: by name in a known template, else by PathArg
	Query   Params           `json:"query,omitzero"`
	Headers Params           `json:"headers,omitzero"`
	Cookies Params           `json:"cookies,omitzero"`
	Bodies  map[string]*Body `json:"bodies,omitzero"` // by media type
	NoBody  uint64           `json:"nobody,omitzero"`
}

// Response sums up the responses of one status.
type Response struct {
	Count    uint64           `json:"count"`
	Latency  *Latencies       `json:"latency,omitzero"`
	Headers  Params           `json:"headers,omitzero"`
	Bodies   map[string]*Body `json:"bodies,omitzero"` // by media type
	NoBody   uint64           `json:"nobody,omitzero"`
	Streamed uint64           `json:"streamed,omitzero"`
	Seen     Period           `json:"seen,omitzero"`
}

func newResponse() *Response { return &Response{Latency: newLatencies()} }

func (r *Request) add(w *witness.Witness) {
	r.Count++
	r.Args.add(w.PathArgs)
	for i, segment := range w.Path {
		if segment.Kind != nil {
			r.Args.add([]witness.Param{{Name: PathArg(len(w.Path) - i), Shape: segment.Kind}})
		}
	}
	r.Query.add(w.Query)
	r.Headers.add(w.Headers)
	r.Cookies.add(w.Cookies)
	addBody(&r.Bodies, &r.NoBody, w.Request)
}

func (r *Request) merge(o *Request) {
	r.Count += o.Count
	r.Args.merge(&o.Args)
	r.Query.merge(&o.Query)
	r.Headers.merge(&o.Headers)
	r.Cookies.merge(&o.Cookies)
	r.NoBody += o.NoBody
	mergeBodies(&r.Bodies, o.Bodies)
}

// PathArg returns the key in Request.Args for the value in a segment of a path. Segments are counted
// from the end, so that the key stays the same if a prefix, such as a version, is removed.
func PathArg(fromEnd int) string { return strconv.Itoa(fromEnd) }

func (r *Response) add(w *witness.Witness) {
	r.Count++
	if w.LatencyMs > 0 {
		r.Latency.add(w.LatencyMs)
	}
	if w.Streamed {
		r.Streamed++
	}
	r.Seen.extend(w.Start, w.Start)
	r.Headers.add(w.ResponseHeaders)
	addBody(&r.Bodies, &r.NoBody, w.Response)
}

func (r *Response) merge(o *Response) {
	r.Count += o.Count
	r.Latency.merge(o.Latency)
	r.Headers.merge(&o.Headers)
	r.NoBody += o.NoBody
	r.Streamed += o.Streamed
	r.Seen.extend(o.Seen.First, o.Seen.Last)
	mergeBodies(&r.Bodies, o.Bodies)
}
