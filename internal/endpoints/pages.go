package endpoints

import (
	"maps"
	"strings"

	"akita/internal/apimodel"
)

// minPages is the number of paths that are answered with one page from which on the server is taken
// to answer any path with it, as a single-page application does. These paths are not endpoints.
const minPages = 3

// removePages removes the operations below p, the root of a host, that answer with the page that any
// path is answered with. It returns how many calls they had. The root path stays: it has the page.
func (p *place) removePages() (calls uint64) {
	page := make(map[int]bool) // its sizes
	paths := 0
	p.filterReads(func(op *operation) bool {
		if r := op.sum().page(); r != nil && r.SamePage > 0 {
			paths++
			for size := range sizesOf(r) {
				page[size] = true
			}
		}
		return true
	})
	if paths < minPages {
		return 0
	}
	isOther := func(op *operation) bool {
		r := op.sum().page()
		if r == nil || r.SamePage == 0 && !within(sizesOf(r), page) {
			return true
		}
		calls += op.count()
		return false
	}
	root := p.literals[""]
	for child := range p.children() {
		if child != root {
			child.filterReads(isOther)
		}
	}
	p.prune()
	return calls
}

// page returns the responses of an operation that answered with a page and nothing else, nil
// otherwise. That something was not modified or not found says nothing.
func (f *facts) page() *apimodel.Response {
	var page *apimodel.Response
	for status, r := range f.Responses {
		switch {
		case status == notModified || apimodel.IsMissing(status):
		case status/100 != 2 || page != nil || !isPage(r):
			return nil
		default:
			page = r
		}
	}
	return page
}

// isPage reports whether all bodies of a response are HTML.
func isPage(r *apimodel.Response) bool {
	for mediaType := range r.Bodies {
		if !strings.Contains(mediaType, "html") {
			return false
		}
	}
	return len(r.Bodies) > 0 && r.NoBody == 0
}

// sizesOf returns the sizes of the bodies of a page.
func sizesOf(r *apimodel.Response) apimodel.Sizes {
	sum := make(apimodel.Sizes)
	for _, b := range r.Bodies {
		for size, n := range b.Sizes {
			sum[size] += n
		}
	}
	return sum
}

// within reports whether sizes are known, and all in a set.
func within(sizes apimodel.Sizes, of map[int]bool) bool {
	for size := range sizes {
		if !of[size] {
			return false
		}
	}
	return len(sizes) > 0
}

// filterReads removes the operations at and below p that read and that keep does not keep.
func (p *place) filterReads(keep func(*operation) bool) {
	for _, method := range []string{"GET", "HEAD"} {
		if op := p.ops[method]; op != nil && !keep(op) {
			delete(p.ops, method)
		}
	}
	for child := range p.children() {
		child.filterReads(keep)
	}
}

// prune removes the places below p at and below which nothing was called. It reports whether p is
// such a place.
func (p *place) prune() (empty bool) {
	for _, of := range []map[string]*place{p.literals, p.params} {
		maps.DeleteFunc(of, func(_ string, child *place) bool { return child.prune() })
	}
	return len(p.ops)+len(p.literals)+len(p.params) == 0
}
