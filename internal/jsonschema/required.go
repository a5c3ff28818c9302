package jsonschema

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
	refused := w.refused
	w.refused, w.whole = nil, false
	if refused != nil && refused.Object != nil {
		w.refused = refused.Object.Fields.Get(name)
	}
	return w
}

// inside returns the writer for the items of an array.
func (w Writer) inside() Writer {
	if w.refused != nil {
		w.refused = w.refused.Items
	}
	return w
}

// apart returns a writer that ignores refused bodies.
func (w Writer) apart() Writer {
	w.refused = nil
	return w
}
