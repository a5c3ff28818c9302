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
		one.addForm(seen)
		one.addActions(seen)
	}
	mergeBody(bodies, seen.MediaType, &one).Sizes.add(seen.Size)
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
	}
	*bodies = map[string]*Body{Many: all}
	return all
}

func (b *Body) merge(q *Body) {
	b.Count += q.Count
	b.Cut += q.Cut
	b.Sizes.merge(q.Sizes)
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
