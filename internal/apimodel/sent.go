package apimodel

import (
	"slices"

	"akita/internal/shape"
	"akita/internal/witness"
)

// Sent names what a request may have: a parameter, the media type of a body, a field of it, or a kind of
// credentials. It is a hash of their names, so that a consumer is known to have sent something for eight
// bytes in memory, and a bit where it is stored.
type Sent uint64

// SentParameter names a parameter in the query, a header or a cookie.
func SentParameter(in, name string) Sent { return sentFrom("parameter").of(in).of(name) }

// SentAuth names credentials of a type; "" is none.
func SentAuth(kind string) Sent { return sentFrom("auth").of(kind) }

// SentBody names a body of a media type.
func SentBody(mediaType string) Sent { return sentFrom("body").of(mediaType) }

// SentField names a field of such a body, by the names of fields on the way to it, each behind a newline
// if there is something before it. "[]" stands for the elements of an array, and "\n*" for the values
// under keys that are data (facts.Key).
func SentField(mediaType, path string) Sent { return SentBody(mediaType).with(path) }

func sentFrom(kind string) Sent {
	const basis = 14695981039346656037
	return Sent(basis).of(kind)
}

// of adds a text that ends.
func (s Sent) of(text string) Sent { return (s.with(text) ^ 0xff) * fnvPrime }

// with adds a text that may go on.
func (s Sent) with(text string) Sent {
	for i := range len(text) {
		s = (s ^ Sent(text[i])) * fnvPrime
	}
	return s
}

// HasSent reports whether an accepted call of the consumer had something.
func (c *Consumer) HasSent(s Sent) bool {
	_, found := slices.BinarySearch(c.sent, s)
	return found
}

// addSent adds what an accepted call had.
func (c *Consumer) addSent(w *witness.Witness) {
	var room [64]Sent
	all := appendSent(room[:0], w)
	slices.Sort(all)
	all = slices.Compact(all)
	if !isSubset(all, c.sent) {
		c.sent = union(c.sent, slices.Clone(all))
	}
}

// appendSent appends what a call had.
func appendSent(all []Sent, w *witness.Witness) []Sent {
	if len(w.Auth) == 0 {
		all = append(all, SentAuth(""))
	}
	for i := range w.Auth {
		all = append(all, SentAuth(string(w.Auth[i].Type)))
	}
	for _, p := range [...]struct {
		in     string
		params []witness.Param
	}{{"query", w.Query}, {"header", w.Headers}, {"cookie", w.Cookies}} {
		for i := range p.params {
			all = append(all, SentParameter(p.in, p.params[i].Name))
		}
	}
	if w.Request == nil {
		return all
	}
	body := SentBody(w.Request.MediaType)
	all = append(all, body)
	if w.Request.Cut {
		return all
	}
	for _, name := range w.Request.Files {
		all = append(all, body.with(name))
	}
	return appendFields(all, w.Request.Shape, body, false, maxSentDepth)
}

// maxSentDepth bounds the levels of the fields that a consumer is known to have sent.
const maxSentDepth = 20

// appendFields appends the fields in s, which is at a path; below says that the path is not empty.
func appendFields(all []Sent, s *shape.Shape, at Sent, below bool, depth int) []Sent {
	if s == nil || depth == 0 {
		return all
	}
	all = appendFields(all, s.Items, at.with("[]"), true, depth-1)
	if s.Object == nil {
		return all
	}
	all = appendFields(all, s.Object.Values, at.with("\n*"), true, depth-1)
	if below {
		at = at.with("\n")
	}
	for i := range s.Object.Fields {
		field := &s.Object.Fields[i]
		name := at.with(field.Name)
		all = appendFields(append(all, name), field.Shape, name, true, depth-1)
	}
	return all
}

// sendable returns all that consumers of the operation are known to have sent, sorted.
func (op *Operation) sendable() []Sent {
	all := make([]Sent, 0, 16)
	for credentials := range op.Auth {
		if credentials == "" {
			all = append(all, SentAuth(""))
		}
		for _, a := range Credentials(credentials) {
			all = append(all, SentAuth(string(a.Type)))
		}
	}
	request := &op.Accepted
	for _, p := range [...]struct {
		in     string
		params *Params
	}{{"query", &request.Query}, {"header", &request.Headers}, {"cookie", &request.Cookies}} {
		for name := range p.params.ByName {
			all = append(all, SentParameter(p.in, name))
		}
	}
	for mediaType, b := range request.Bodies {
		body := SentBody(mediaType)
		all = append(all, body)
		for name := range b.Files {
			all = append(all, body.with(name))
		}
		all = appendFields(all, b.Shape, body, false, maxSentDepth)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// union returns the union of two sorted sets. It changes none of them, and may return one.
func union(x, y []Sent) []Sent {
	if isSubset(y, x) {
		return x
	}
	if isSubset(x, y) {
		return y
	}
	sum := slices.Concat(x, y)
	slices.Sort(sum)
	return slices.Compact(sum)
}

// intersection returns what is in both of two sorted sets.
func intersection(x, y []Sent) []Sent {
	both := make([]Sent, 0, len(x))
	for _, s := range x {
		if _, found := slices.BinarySearch(y, s); found {
			both = append(both, s)
		}
	}
	return both
}

// isSubset reports whether all of x are in y; both are sorted.
func isSubset(x, y []Sent) bool {
	if len(x) > len(y) {
		return false
	}
	at := 0
	for _, s := range x {
		i, found := slices.BinarySearch(y[at:], s)
		if !found {
			return false
		}
		at += i + 1
	}
	return true
}
