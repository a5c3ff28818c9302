package apimodel

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"akita/internal/shape"
	"akita/internal/witness"
)

// Caps on the sets that an operation keeps; a set over its cap is forgotten as a whole.
const (
	maxParams     = 200 // names of one kind of parameter
	maxMediaTypes = 50  // media types of one body
	maxAuths      = 50  // combinations of credentials
	maxViews      = 20  // names of views
)

// operation sums up the calls of one method at one place.
type operation struct {
	Accepted  request           `json:"accepted,omitzero"` // calls answered below 400, or not at all
	Rejected  request           `json:"rejected,omitzero"` // calls answered with 400 and above
	Responses map[int]*response `json:"responses,omitzero"`
	Auth      map[string]uint64 `json:"auth,omitzero"`    // accepted calls by authKey
	AuthBad   map[string]uint64 `json:"authbad,omitzero"` // rejected calls by authKey
	Views     map[string]uint64 `json:"views,omitzero"`
	period

	answered *shape.Shape // what answer returned; nil after a change
}

// request sums up the requests of an operation.
type request struct {
	Count   uint64           `json:"count,omitzero"`
	Args    params           `json:"args,omitzero"` // in the path: by name in a known template, else by argName
	Query   params           `json:"query,omitzero"`
	Headers params           `json:"headers,omitzero"`
	Cookies params           `json:"cookies,omitzero"`
	Bodies  map[string]*body `json:"bodies,omitzero"` // by media type
	NoBody  uint64           `json:"nobody,omitzero"`
}

// response sums up the answers of one status.
type response struct {
	Count    uint64           `json:"count"`
	Latency  *latency         `json:"latency,omitzero"`
	Headers  params           `json:"headers,omitzero"`
	Bodies   map[string]*body `json:"bodies,omitzero"` // by media type
	NoBody   uint64           `json:"nobody,omitzero"`
	Streamed uint64           `json:"streamed,omitzero"`
	Seen     period           `json:"seen,omitzero"`
}

// params sums up parameters by name; over maxParams it is nil and Many.
type params struct {
	ByName map[string]*param `json:"byname,omitzero"`
	Many   bool              `json:"many,omitzero"`
}

// param sums up one parameter.
type param struct {
	Count      uint64                       `json:"count"` // calls that carried it
	Repeated   uint64                       `json:"repeated,omitzero"`
	Shape      *shape.Shape                 `json:"shape,omitzero"`
	Converters map[witness.Converter]uint64 `json:"converters,omitzero"` // of a route's parameter: calls by what the route says it is
}

// body sums up the bodies of one media type.
type body struct {
	Count uint64            `json:"count"`
	Cut   uint64            `json:"cut,omitzero"` // of them not wholly seen; they are not in Shape
	Sizes sizes             `json:"sizes,omitzero"`
	Shape *shape.Shape      `json:"shape,omitzero"` // of those that could be read
	Files map[string]uint64 `json:"files,omitzero"` // fields of a form that were files
}

func newOperation() *operation {
	return &operation{Responses: make(map[int]*response), Auth: make(map[string]uint64), AuthBad: make(map[string]uint64), Views: make(map[string]uint64)}
}
func newResponse() *response { return &response{Latency: newLatency()} }
func newParam() *param       { return &param{Shape: new(shape.Shape)} }
func newBody() *body         { return &body{} }

// add counts one call.
func (op *operation) add(w *witness.Witness) {
	op.answered = nil
	req, auth := &op.Accepted, op.Auth
	if w.Status >= 400 {
		req, auth = &op.Rejected, op.AuthBad
	}
	req.add(w)
	count(auth, authKey(w.Auth), 1, maxAuths)
	get(op.Responses, w.Status, newResponse).add(w)
	if w.View != "" {
		count(op.Views, w.View, 1, maxViews)
	}
	op.extend(w.Start, w.Start)
}

// merge adds o to op; o stays as it is.
func (op *operation) merge(o *operation) {
	op.answered = nil
	op.Accepted.merge(&o.Accepted)
	op.Rejected.merge(&o.Rejected)
	for status, r := range o.Responses {
		get(op.Responses, status, newResponse).merge(r)
	}
	mergeCounts(op.Auth, o.Auth, maxAuths)
	mergeCounts(op.AuthBad, o.AuthBad, maxAuths)
	mergeCounts(op.Views, o.Views, maxViews)
	op.extend(o.First, o.Last)
}

// calls is the number of calls summed up.
func (op *operation) calls() uint64 { return op.Accepted.Count + op.Rejected.Count }

// request is what the request looks like: as in the calls that were accepted, and only
// without any of those as in the others, which prove little.
func (op *operation) request() *request {
	if op.Accepted.Count > 0 {
		return &op.Accepted
	}
	return &op.Rejected
}

// auth is how calls authenticated, by the same rule as request.
func (op *operation) auth() map[string]uint64 {
	if op.Accepted.Count > 0 {
		return op.Auth
	}
	return op.AuthBad
}

func (r *request) add(w *witness.Witness) {
	r.Count++
	r.Args.add(w.PathArgs)
	for i, segment := range w.Path {
		if segment.Kind != nil {
			r.Args.add([]witness.Param{{Name: argName(len(w.Path) - i), Shape: segment.Kind}})
		}
	}
	r.Query.add(w.Query)
	r.Headers.add(w.Headers)
	r.Cookies.add(w.Cookies)
	addBody(&r.Bodies, &r.NoBody, w.Request)
}

// argName is the name in Args of the value in a segment of the path, counted from the path's
// end: what is taken out in front, such as a version, does not move it.
func argName(fromEnd int) string { return strconv.Itoa(fromEnd) }

func (r *request) merge(o *request) {
	r.Count += o.Count
	r.Args.merge(&o.Args)
	r.Query.merge(&o.Query)
	r.Headers.merge(&o.Headers)
	r.Cookies.merge(&o.Cookies)
	r.NoBody += o.NoBody
	mergeBodies(&r.Bodies, o.Bodies)
}

func (r *response) add(w *witness.Witness) {
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

func (r *response) merge(o *response) {
	r.Count += o.Count
	r.Latency.merge(o.Latency)
	r.Headers.merge(&o.Headers)
	r.NoBody += o.NoBody
	r.Streamed += o.Streamed
	r.Seen.extend(o.Seen.First, o.Seen.Last)
	mergeBodies(&r.Bodies, o.Bodies)
}

func (p *params) add(seen []witness.Param) {
	for _, s := range seen {
		one := p.get(s.Name)
		if one == nil {
			return
		}
		one.Count++
		if s.Repeated {
			one.Repeated++
		}
		one.countConverter(s.Converter, 1)
		one.Shape.Merge(s.Shape)
		p.cap()
	}
}

func (p *params) merge(o *params) {
	if o.Many {
		p.ByName, p.Many = nil, true
	}
	for name, q := range o.ByName {
		one := p.get(name)
		if one == nil {
			return
		}
		one.Count += q.Count
		one.Repeated += q.Repeated
		for converter, n := range q.Converters {
			one.countConverter(converter, n)
		}
		one.Shape.Merge(q.Shape)
		p.cap()
	}
}

// get returns the parameter of a name, nil where there are too many names.
func (p *params) get(name string) *param {
	if p.Many {
		return nil
	}
	if p.ByName == nil {
		p.ByName = make(map[string]*param)
	}
	return get(p.ByName, name, newParam)
}

func (p *params) cap() {
	if len(p.ByName) > maxParams {
		p.ByName, p.Many = nil, true
	}
}

func addBody(bodies *map[string]*body, none *uint64, seen *witness.Body) {
	if seen == nil {
		*none++
		return
	}
	one := body{Count: 1, Shape: seen.Shape}
	if seen.Cut {
		one.Cut, one.Shape = 1, nil
	} else if len(seen.Files) > 0 {
		one.Files = make(map[string]uint64, len(seen.Files))
		for _, name := range seen.Files {
			one.Files[name] = 1
		}
	}
	mergeBody(bodies, seen.MediaType, &one).Sizes.add(seen.Size)
}

func mergeBodies(bodies *map[string]*body, o map[string]*body) {
	for mediaType, q := range o {
		mergeBody(bodies, mediaType, q)
	}
}

// mergeBody adds q to the bodies of its media type, which it returns. Over maxMediaTypes all
// bodies become one without a shape, under many.
func mergeBody(bodies *map[string]*body, mediaType string, q *body) *body {
	if *bodies == nil {
		*bodies = make(map[string]*body)
	}
	if _, over := (*bodies)[many]; over {
		mediaType = many
	}
	into := get(*bodies, mediaType, newBody)
	into.merge(q)
	if _, over := (*bodies)[many]; !over && len(*bodies) <= maxMediaTypes {
		return into
	}
	all := newBody()
	for _, one := range *bodies {
		all.Count += one.Count
		all.Cut += one.Cut
		all.Sizes.merge(one.Sizes)
	}
	*bodies = map[string]*body{many: all}
	return all
}

func (b *body) merge(q *body) {
	b.Count += q.Count
	b.Cut += q.Cut
	b.Sizes.merge(q.Sizes)
	if q.Shape != nil {
		if b.Shape == nil {
			b.Shape = new(shape.Shape)
		}
		b.Shape.Merge(q.Shape)
	}
	if len(q.Files) == 0 {
		return
	}
	if b.Files == nil {
		b.Files = make(map[string]uint64, len(q.Files))
	}
	mergeCounts(b.Files, q.Files, maxParams)
}

// many is the key that stands for a set of counts over its cap.
const many = "\x00many"

func count(counts map[string]uint64, key string, n uint64, limit int) {
	if _, over := counts[many]; over {
		counts[many] += n
		return
	}
	if _, ok := counts[key]; !ok {
		key = strings.Clone(key)
	}
	counts[key] += n
	if len(counts) <= limit {
		return
	}
	var sum uint64
	for _, c := range counts {
		sum += c
	}
	clear(counts)
	counts[many] = sum
}

func mergeCounts(counts, o map[string]uint64, limit int) {
	for _, key := range sortedKeys(o) {
		if key == many {
			for k, c := range counts {
				if k != many {
					counts[many] += c
					delete(counts, k)
				}
			}
			counts[many] += o[many]
			continue
		}
		count(counts, key, o[key], limit)
	}
}

// authKey writes the credentials of one call as a map key; "" for none.
func authKey(auths []witness.Auth) string {
	if len(auths) == 0 {
		return ""
	}
	keys := make([]string, len(auths))
	for i, a := range auths {
		keys[i] = strings.Join([]string{string(a.Type), a.In, url.QueryEscape(a.Name), a.Format}, "|")
	}
	slices.Sort(keys)
	return strings.Join(keys, "&")
}

// parseAuthKey reads what authKey wrote.
func parseAuthKey(key string) []witness.Auth {
	if key == "" || key == many {
		return nil
	}
	var auths []witness.Auth
	for one := range strings.SplitSeq(key, "&") {
		parts := strings.SplitN(one, "|", 4)
		for len(parts) < 4 {
			parts = append(parts, "")
		}
		name, err := url.QueryUnescape(parts[2])
		if err != nil { // authKey escaped it
			name = parts[2]
		}
		auths = append(auths, witness.Auth{Type: witness.AuthType(parts[0]), In: parts[1], Name: name, Format: parts[3]})
	}
	return auths
}
