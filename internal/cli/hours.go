package cli

import (
	"maps"
	"slices"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/witness"
)

// hours sums up calls by hour, so that what they show has dates.
type hours struct {
	document *declared.Document // names the routes of calls; nil for none
	models   map[time.Time]*apimodel.Model
	matched  uint64 // calls whose path the document has
	options  witness.Options
	arena    shape.Arena
}

func newHours(document *declared.Document) *hours {
	h := &hours{document: document, models: make(map[time.Time]*apimodel.Model)}
	h.options = witness.Options{Enums: true, Arena: &h.arena, Cache: new(witness.Cache), Pages: new(witness.Pages)}
	return h
}

// add adds a call.
func (h *hours) add(e *har.Entry) error {
	w := witness.FromEntry(e, h.options)
	if h.document != nil && h.document.Name(&w, witness.AddressOf(e).Escaped, h.options) {
		h.matched++
	}
	at := e.Started.UTC().Truncate(time.Hour)
	if h.models[at] == nil {
		h.models[at] = apimodel.New()
	}
	h.models[at].Add(&w)
	h.arena.Reset()
	return nil
}

// sum returns the model of all calls.
func (h *hours) sum() *apimodel.Model {
	if len(h.models) == 1 {
		for _, only := range h.models {
			return only
		}
	}
	all := apimodel.New()
	for _, of := range h.inOrder() {
		all.Merge(of.Model)
	}
	return all
}

func (h *hours) inOrder() (out []compare.Hour) {
	for _, start := range slices.SortedFunc(maps.Keys(h.models), time.Time.Compare) {
		out = append(out, compare.Hour{Start: start, Model: h.models[start]})
	}
	return out
}
