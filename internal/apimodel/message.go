package apimodel

import (
	"strconv"

	"akita/internal/format"
	"akita/internal/shape"
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
	SamePage uint64           `json:"samepage,omitzero"` // pages that another path was answered with too
	Seen     Period           `json:"seen,omitzero"`
}

func newResponse() *Response { return &Response{Latency: newLatencies()} }

func (r *Request) add(w *witness.Witness) {
	r.Count++
	r.Args.add(w.PathArgs)
	for i := range w.Path {
		s, fromEnd := &w.Path[i], len(w.Path)-i
		if format.IsDatedVersion(s.Literal) { // it may turn out to be a value
			r.Args.add([]witness.Param{{Name: PathArg(fromEnd, 0), Shape: shape.OfText(s.Literal, shape.Options{})}})
		}
		for value, kind := range s.Values() {
			r.Args.add([]witness.Param{{Name: PathArg(fromEnd, value), Shape: kind}})
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

// PathArg returns the key in Request.Args for a value in a segment of a path. Segments are counted
// from the end, so that the key stays the same if a prefix, such as a version, is removed. The first
// value of a segment is 0.
func PathArg(fromEnd, value int) string {
	if value == 0 {
		return strconv.Itoa(fromEnd)
	}
	return strconv.Itoa(fromEnd) + "." + strconv.Itoa(value)
}

func (r *Response) add(w *witness.Witness) {
	r.Count++
	if w.LatencyMs > 0 {
		r.Latency.Add(w.LatencyMs)
	}
	if w.Streamed {
		r.Streamed++
	}
	if w.SamePage {
		r.SamePage++
	}
	r.Seen.extend(w.Start, w.Start)
	r.Headers.add(w.ResponseHeaders)
	addBody(&r.Bodies, &r.NoBody, w.Response)
}

func (r *Response) merge(o *Response) {
	r.Count += o.Count
	r.Latency.Merge(o.Latency)
	r.Headers.merge(&o.Headers)
	r.NoBody += o.NoBody
	r.Streamed += o.Streamed
	r.SamePage += o.SamePage
	r.Seen.extend(o.Seen.First, o.Seen.Last)
	mergeBodies(&r.Bodies, o.Bodies)
}
