package apimodel

import "akita/internal/witness"

// Caps on the sets that an operation keeps; a set that exceeds its cap is forgotten as a whole.
const (
	maxAuths = 50 // combinations of credentials
	maxViews = 20 // names of views
)

// Operation sums up the calls of one method at one place.
type Operation struct {
	Accepted  Request           `json:"accepted,omitzero"` // calls answered below 400, or not at all
	Refused   Request           `json:"refused,omitzero"`  // calls answered with 400 or 422: the request was invalid
	Rejected  Request           `json:"rejected,omitzero"` // calls answered with any other status from 400 on
	Responses map[int]*Response `json:"responses,omitzero"`
	Auth      map[string]uint64 `json:"auth,omitzero"`    // accepted calls by credentials, see Credentials
	AuthBad   map[string]uint64 `json:"authbad,omitzero"` // rejected calls by credentials
	Views     map[string]uint64 `json:"views,omitzero"`
	Consumers Consumers         `json:"-"` // the models that were encoded as JSON have none
	Period
}

// NewOperation returns an operation without calls.
func NewOperation() *Operation {
	return &Operation{
		Responses: make(map[int]*Response),
		Auth:      make(map[string]uint64),
		AuthBad:   make(map[string]uint64),
		Views:     make(map[string]uint64),
	}
}

// add counts one call.
func (op *Operation) add(w *witness.Witness) {
	req, auth := &op.Accepted, op.Auth
	switch {
	case w.Status == 400 || w.Status == 422:
		req, auth = &op.Refused, op.AuthBad
	case w.Status >= 400:
		req, auth = &op.Rejected, op.AuthBad
	}
	req.add(w)
	count(auth, authKey(w.Auth), 1, maxAuths)
	get(op.Responses, w.Status, newResponse).add(w)
	if w.View != "" {
		count(op.Views, w.View, 1, maxViews)
	}
	op.extend(w.Start, w.Start)
	op.Consumers.add(w)
}

// Merge adds o to op. It does not change o, and both share nothing afterwards.
func (op *Operation) Merge(o *Operation) {
	op.Accepted.merge(&o.Accepted)
	op.Refused.merge(&o.Refused)
	op.Rejected.merge(&o.Rejected)
	for status, r := range o.Responses {
		get(op.Responses, status, newResponse).merge(r)
	}
	mergeCounts(op.Auth, o.Auth, maxAuths)
	mergeCounts(op.AuthBad, o.AuthBad, maxAuths)
	mergeCounts(op.Views, o.Views, maxViews)
	op.Consumers.merge(o.Consumers)
	op.extend(o.First, o.Last)
}

// Clone returns an operation that shares nothing with op.
func (op *Operation) Clone() *Operation {
	c := NewOperation()
	c.Merge(op)
	return c
}

// Calls returns the number of calls summed up.
func (op *Operation) Calls() uint64 { return op.Accepted.Count + op.Refused.Count + op.Rejected.Count }

// AllRequests returns the accepted, the refused and the rejected requests.
func (op *Operation) AllRequests() [3]*Request {
	return [3]*Request{&op.Accepted, &op.Refused, &op.Rejected}
}

// Request returns how the operation is called: what the accepted calls sent. If no call was
// accepted, it is what the others sent, which proves little.
func (op *Operation) Request() *Request {
	switch {
	case op.Accepted.Count > 0:
		return &op.Accepted
	case op.Refused.Count == 0:
		return &op.Rejected
	case op.Rejected.Count == 0:
		return &op.Refused
	}
	all := new(Request)
	all.merge(&op.Refused)
	all.merge(&op.Rejected)
	return all
}

// Authentication counts the calls that Request sums up by their credentials.
func (op *Operation) Authentication() map[string]uint64 {
	if op.Accepted.Count > 0 {
		return op.Auth
	}
	return op.AuthBad
}

// Latencies returns the latencies of all responses.
func (op *Operation) Latencies() *Latencies {
	sum := newLatencies()
	for _, r := range op.Responses {
		sum.Merge(r.Latency)
	}
	return sum
}
