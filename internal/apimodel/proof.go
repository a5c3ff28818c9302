package apimodel

import (
	"strings"

	"akita/internal/witness"
)

// proof is how much a call proves of its path. Calls are kept apart by it, each kind
// within a budget of its own: what proves little, such as a scanner's thousands of
// guesses, never pushes out what proves more. It depends on the call alone.
type proof int

const (
	served  proof = iota // answered with 2xx, and not with a page, which some servers have for any path
	handled              // refused, or failed, after a look at the request
	barred               // refused or redirected by what may stand before any path, or a value that was not found
	missing              // nothing but words, and there is no such thing
	proofs
)

// proofOf tells how much a call proves.
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

func isPage(b *witness.Body) bool { return b != nil && strings.Contains(b.MediaType, "html") }
