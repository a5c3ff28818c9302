package apimodel

import (
	"strings"

	"akita/internal/witness"
)

// proof is the degree to which a call proves that its path exists. Calls are kept apart by it, each
// degree within limits of its own, so that calls that prove little, such as a scanner's thousands of
// guesses, never displace those that prove more. It depends on the call alone.
type proof int

const (
	// served: answered with 2xx, and not with a page, which some servers return for any path.
	served proof = iota
	// handled: refused or failed after the application read the request.
	handled
	// barred: refused or redirected, which servers may do for any path, or not found at a path that
	// holds a value.
	barred
	// missing: not found, at a path of words.
	missing
	proofs
)

// proofOf returns the degree to which a call proves that its path exists.
func proofOf(w *witness.Witness) proof {
	switch {
	case IsMissing(w.Status) && hasValue(w.Path):
		return barred
	case IsMissing(w.Status):
		return missing
	case w.Status == 401, w.Status == 403, w.Status/100 == 3:
		return barred
	case w.Status/100 == 2 && isPage(w.Response):
		return barred
	case w.Status/100 == 2:
		return served
	}
	return handled
}

// IsMissing reports whether a status means that the operation does not exist.
func IsMissing(status int) bool { return status == 404 || status == 405 || status == 501 }

func hasValue(path []witness.Segment) bool {
	for _, s := range path {
		if s.Kind != nil {
			return true
		}
	}
	return false
}

// isPage reports whether a body is a page, rather than data that are labelled as one.
func isPage(b *witness.Body) bool {
	return b != nil && strings.Contains(b.MediaType, "html") && (b.Shape == nil || b.Shape.Objs+b.Shape.Arrs == 0)
}
