package jsonschema

import "akita/internal/shape"

// ManyCalls is the number of accepted calls from which on a field that all of them have is required
// by the API, and not a habit of its clients. A field that one call in four leaves out is in all of
// ten calls only in one case of eighteen.
const ManyCalls = 10

// requires reports whether objects must have a field. objects is the number that was seen, and always
// reports whether all of them had the field.
func (w Writer) requires(name string, always bool, objects uint64) bool {
	sent := w.subject.Sent
	switch {
	case !always:
		return false
	case sent == nil:
		return true
	case w.isPartial():
		return false
	}
	return min(objects, sent.Accepted) >= ManyCalls || sent.Accepted > 0 && w.refusedWithout(name) > 0
}

// isPartial reports whether any part may be left out.
func (w Writer) isPartial() bool { return w.subject.Sent != nil && w.subject.Sent.Partial }

// refusedWithout counts the objects in refused bodies that did not have a field.
func (w Writer) refusedWithout(name string) uint64 {
	if w.refused == nil || w.refused.Object == nil {
		return 0
	}
	var with uint64
	if f := w.refused.Object.Fields.Get(name); f != nil {
		with = f.Count()
	}
	return w.refused.Objs - min(with, w.refused.Objs)
}

// below returns the writer for the values of a field.
func (w Writer) below(name string) Writer {
	w.refused, w.all, w.whole, w.isEntry = fieldOf(w.refused, name), fieldOf(w.all, name), false, false
	return w
}

// fieldOf returns the shape of a field of the objects in s, nil if there is none.
func fieldOf(s *shape.Shape, name string) *shape.Shape {
	if s == nil || s.Object == nil {
		return nil
	}
	return s.Object.Fields.Get(name)
}

// inside returns the writer for the items of an array.
func (w Writer) inside() Writer {
	if w.refused != nil {
		w.refused = w.refused.Items
	}
	if w.all != nil {
		w.all = w.all.Items
	}
	return w
}

// apart returns a writer that ignores refused bodies and other actions.
func (w Writer) apart() Writer {
	w.refused, w.all = nil, nil
	return w
}

// sharing counts the objects in bodies of all actions that have a field, 0 if one of them has it not.
func (w Writer) sharing(name string) uint64 {
	if f := fieldOf(w.all, name); f != nil && f.Count() >= w.all.Objs {
		return w.all.Objs
	}
	return 0
}
