package endpoints

import (
	"strings"

	"akita/internal/apimodel"
	grammar "akita/internal/segment"
)

// A browser fetches pages, files and icons for itself. Such a call is one of the API only if the API
// itself serves it: code fetches the same, or it is a file that belongs to an object of the API, as
// "/users/7/avatar" does.

// adopt adds to the operations at and below p the calls of a browser that are calls of the API, and
// returns how many are not. p is nil below paths that the API does not have.
func (p *place) adopt(n *apimodel.Node, a adoption) (left uint64) {
	for method, op := range n.Operations() {
		if p.serves(method, op, a) {
			p.operation(method).addCalls(op, a.origin)
		} else {
			left += op.Calls()
		}
	}
	a.inObject = a.inObject || p != nil && a.depth > 0 && p.answersData()
	a.depth++
	for text, child := range n.Literals() {
		left += p.adoptBelow(child, p.wordFor(text), text, false, a)
	}
	for suffix, child := range n.Params() {
		var own *place
		if p != nil {
			own = p.params[suffix]
		}
		left += p.adoptBelow(child, own, suffix, true, a)
	}
	return left
}

// adoption is what is known on the way down to a call.
type adoption struct {
	origin

	isLive   bool // code calls the host
	inObject bool // code gets data from a place above
	depth    int
	hasName  bool // the last segment names a file: "logo.png"
}

// adoptBelow adopts what is below a segment; own is the place that it has, nil for none. A new place
// stays if a call was adopted there.
func (p *place) adoptBelow(child *apimodel.Node, own *place, key string, isParam bool, a adoption) (left uint64) {
	a.hasName = strings.Contains(key, ".")
	if own != nil || p == nil {
		return own.adopt(child, a)
	}
	grown := newPlace()
	if isParam {
		grown.arg.Merge(child.Values())
		grown.words = child.Words()
	}
	left = grown.adopt(child, a)
	if grown.calls() == 0 {
		return left
	}
	if isParam {
		p.param(key).merge(grown)
	} else {
		p.literal(key).merge(grown)
	}
	return left
}

// wordFor returns the place of a word below p, nil if there is none. A word may be a value of a
// parameter whose values are words.
func (p *place) wordFor(text string) *place {
	if p == nil {
		return nil
	}
	if own := p.literals[text]; own != nil {
		return own
	}
	_, suffix := grammar.CutSuffix(text)
	for _, suffix := range []string{suffix, ""} {
		if param := p.params[suffix]; param != nil && param.holdsWords() {
			return param
		}
	}
	return nil
}

// serves reports whether what a browser called at p is an operation of the API.
func (p *place) serves(method string, op *apimodel.Operation, a adoption) bool {
	switch {
	case p == nil:
		return false
	case p.ops[method] != nil:
		return speaks(p.ops[method].sum().Operation, op)
	case method == "GET" || method == "HEAD":
		return a.inObject && !a.hasName && isContent(op)
	}
	return a.isLive && !isReport(op)
}

// speaks reports whether all media types that a browser got are of kinds that code got too.
func speaks(code, browser *apimodel.Operation) bool {
	known := make(map[string]bool)
	for _, r := range code.Responses {
		for mediaType := range r.Bodies {
			known[kindOf(mediaType)] = true
		}
	}
	for _, r := range browser.Responses {
		for mediaType := range r.Bodies {
			if !known[kindOf(mediaType)] {
				return false
			}
		}
	}
	return true
}

// kindOf returns "image" for every image, "json" for every JSON, and other media types as they are.
func kindOf(mediaType string) string {
	switch kind, _, _ := strings.Cut(mediaType, "/"); kind {
	case "image", "audio", "video", "font":
		return kind
	}
	if strings.HasSuffix(mediaType, "json") {
		return "json"
	}
	return mediaType
}

// isContent reports whether all successful answers are files that people look at or listen to.
func isContent(op *apimodel.Operation) bool {
	found := false
	for status, r := range op.Responses {
		if status/100 != 2 {
			continue
		}
		for mediaType := range r.Bodies {
			switch kindOf(mediaType) {
			case "image", "audio", "video", "application/pdf", "application/octet-stream":
				found = true
			default:
				return false
			}
		}
	}
	return found
}

// isReport reports whether the browser reports something about a page, such as a violation of its
// policy.
func isReport(op *apimodel.Operation) bool {
	for _, r := range op.AllRequests() {
		for mediaType := range r.Bodies {
			if strings.Contains(mediaType, "report") {
				return true
			}
		}
	}
	return false
}

// answersData reports whether code gets data right there.
func (p *place) answersData() bool {
	for _, op := range p.ops {
		if s := op.sum().answer(); s.Objs+s.Arrs > 0 {
			return true
		}
	}
	return false
}
