package witness

import (
	"hash/maphash"
	"strings"

	"akita/internal/har"
)

// Pages remembers which page was answered at which path, as hashes that never leave, to recognize a
// server that answers any path with one page, as a single-page application does. It is not safe for
// concurrent use; nil remembers nothing.
type Pages struct {
	seed  maphash.Seed
	paths map[uint64]uint64 // by page: the path at which it came first
}

// getMethod is the method of calls that ask for a page.
const getMethod = "GET"

// maxPages bounds the pages that are remembered.
const maxPages = 1000

// repeats reports whether the same page was answered before at another path.
func (p *Pages) repeats(path, page string) bool {
	if p == nil || page == "" {
		return false
	}
	if p.paths == nil || len(p.paths) >= maxPages {
		p.seed, p.paths = maphash.MakeSeed(), make(map[uint64]uint64)
	}
	key, at := maphash.String(p.seed, page), maphash.String(p.seed, path)
	first, known := p.paths[key]
	if !known {
		p.paths[key] = at
	}
	return known && first != at
}

// markPage records whether the response is the page that another path was answered with.
func (w *Witness) markPage(path string, b *har.Body, o Options) {
	if w.Method == getMethod && w.Status/100 == 2 && b != nil && w.Response != nil && !w.Response.Cut &&
		strings.Contains(w.Response.MediaType, "html") {
		w.SamePage = o.Pages.repeats(path, b.Text)
	}
}
