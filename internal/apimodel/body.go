package apimodel

import (
	"akita/internal/shape"
	"akita/internal/witness"
)

// maxMediaTypes bounds the media types of the bodies of one operation or status.
const maxMediaTypes = 50

// Body sums up the bodies of one media type.
type Body struct {
	Count uint64            `json:"count"`
	Cut   uint64            `json:"cut,omitzero"` // bodies that were not seen in full; they are not in Shape
	Sizes Sizes             `json:"sizes,omitzero"`
	Shape *shape.Shape      `json:"shape,omitzero"` // of the bodies that could be read
	Files map[string]uint64 `json:"files,omitzero"` // fields of a form that held files
	Parts map[string]uint64 `json:"parts,omitzero"` // what else is known of the fields of a form, see Form
	// Unread counts the bodies that were not read, by reason. Those that are cut are not among
	// them.
	Unread map[witness.Unread]uint64 `json:"unread,omitzero"`
	// Quirks counts what a strict parser refuses in JSON.
	Quirks map[witness.Quirk]uint64 `json:"quirks,omitzero"`

	Actions map[string]*Action `json:"actions,omitzero"` // by ActionKey
	Acted   uint64             `json:"acted,omitzero"`   // bodies that are of actions
	Batches uint64             `json:"batches,omitzero"` // those of them that are lists
}

func newBody() *Body { return &Body{} }

func addBody(bodies *map[string]*Body, none *uint64, seen *witness.Body) {
	if seen == nil {
		*none++
		return
	}
	one := Body{Count: 1, Shape: seen.Shape}
	if seen.Cut {
		one.Cut, one.Shape = 1, nil
	} else {
		one.addFacts(seen)
		one.addActions(seen)
	}
	mergeBody(bodies, seen.MediaType, &one).Sizes.add(seen.Size)
}

// addFacts adds what is known of a body that is not cut, beside its shape.
func (b *Body) addFacts(seen *witness.Body) {
	b.addForm(seen)
	if seen.Unread != "" {
		b.Unread = map[witness.Unread]uint64{seen.Unread.Known(): 1}
	}
	if len(seen.Quirks) > 0 {
		b.Quirks = make(map[witness.Quirk]uint64, len(seen.Quirks))
	}
	for _, quirk := range seen.Quirks {
		b.Quirks[quirk] = 1
	}
}

// ByReason counts the bodies that were not read by reason, with those that are cut among them.
func (b *Body) ByReason() map[string]uint64 {
	if len(b.Unread) == 0 && b.Cut == 0 {
		return nil
	}
	counts := make(map[string]uint64, len(b.Unread)+1)
	for reason, n := range b.Unread {
		counts[string(reason)] += n
	}
	if b.Cut > 0 {
		counts[witness.Truncated] += b.Cut
	}
	return counts
}

func mergeBodies(bodies *map[string]*Body, o map[string]*Body) {
	for mediaType, q := range o {
		mergeBody(bodies, mediaType, q)
	}
}

// mergeBody adds q to the bodies of its media type and returns them. With more than maxMediaTypes all
// bodies become one without a shape, under Many.
func mergeBody(bodies *map[string]*Body, mediaType string, q *Body) *Body {
	if *bodies == nil {
		*bodies = make(map[string]*Body)
	}
	if _, over := (*bodies)[Many]; over {
		mediaType = Many
	}
	into := get(*bodies, mediaType, newBody)
	into.merge(q)
	if _, over := (*bodies)[Many]; !over && len(*bodies) <= maxMediaTypes {
		return into
	}
	all := newBody()
	for _, one := range *bodies {
		all.Count += one.Count
		all.Cut += one.Cut
		all.Sizes.merge(one.Sizes)
		all.mergeFacts(one)
	}
	*bodies = map[string]*Body{Many: all}
	return all
}

func (b *Body) merge(q *Body) {
	b.Count += q.Count
	b.Cut += q.Cut
	b.Sizes.merge(q.Sizes)
	b.mergeFacts(q)
	if q.Shape != nil {
		if b.Shape == nil {
			b.Shape = new(shape.Shape)
		}
		b.Shape.Merge(q.Shape)
	}
	b.Files = merged(b.Files, q.Files, maxParams)
	b.Parts = merged(b.Parts, q.Parts, maxParts)
	b.Acted += q.Acted
	b.Batches += q.Batches
	b.mergeActions(q.Actions)
}

// merged adds the counts of o to counts, which may be nil.
func merged(counts, o map[string]uint64, limit int) map[string]uint64 {
	if len(o) == 0 {
		return counts
	}
	if counts == nil {
		counts = make(map[string]uint64, len(o))
	}
	mergeCounts(counts, o, limit)
	return counts
}

// mergeFacts adds the reasons and quirks of q. Reasons that are not known become one.
func (b *Body) mergeFacts(q *Body) {
	if b.Unread == nil && len(q.Unread) > 0 {
		b.Unread = make(map[witness.Unread]uint64, len(q.Unread))
	}
	for reason, n := range q.Unread {
		b.Unread[reason.Known()] += n
	}
	if b.Quirks == nil && len(q.Quirks) > 0 {
		b.Quirks = make(map[witness.Quirk]uint64, len(q.Quirks))
	}
	for quirk, n := range q.Quirks {
		if quirk.Known() {
			b.Quirks[quirk] += n
		}
	}
}
