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
	document *declared.Document        // names the routes of calls; nil for none
	models   map[int64]*apimodel.Model // by hour since 1970
	matched  uint64                    // calls whose path the document has
	tests    uint64                    // calls that are marked as those of tests
	options  witness.Options
	arena    shape.Arena
}

func newHours(document *declared.Document) *hours {
	h := &hours{document: document, models: make(map[int64]*apimodel.Model)}
	h.options = witness.Options{Enums: true, Arena: &h.arena, Cache: new(witness.Cache), Pages: new(witness.Pages)}
	return h
}

// add adds a call.
func (h *hours) add(e *har.Entry) error {
	w := witness.FromEntry(e, h.options)
	if h.document != nil && h.document.Name(&w, witness.AddressOf(e).Escaped, h.options) {
		h.matched++
	}
	if e.Akita.IsTest {
		h.tests++
	}
	at := e.Started.Unix() / int64(time.Hour/time.Second)
	if h.models[at] == nil {
		h.models[at] = apimodel.New()
	}
	h.models[at].Add(&w)
	h.arena.Reset()
	return nil
}

// recording returns what the calls show.
func (h *hours) recording() compare.Recording {
	r := compare.Recording{Model: apimodel.New(), Dates: make(compare.Dates)}
	for _, hour := range slices.Sorted(maps.Keys(h.models)) {
		r.Model.Merge(h.models[hour])
		r.Dates.AddHour(hour, h.models[hour])
	}
	return r
}
