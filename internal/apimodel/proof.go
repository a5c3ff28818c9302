package apimodel

import (
	"strings"

	"akita/internal/witness"
)

// proof is the level to which a call proves that its path exists. It depends on the call alone.
// Each level has a tree with its own budget, so that calls that prove little, such as the guesses
// of a scanner, never displace calls that prove more.
type proof int

const (
	served  proof = iota // 2xx, but not an HTML page: some servers return one for any path
	handled              // another response of the API
	barred               // 401, 403 or a redirect, possible for any path; a page; or a value that was not found
	missing              // 404, 405 or 501 for a path of words only
	proofs               // the number of levels
)

// proofOf returns the level of proof of a call.
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
