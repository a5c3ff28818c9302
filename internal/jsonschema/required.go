package jsonschema

// ManyCalls is how many accepted calls tell a demand of the API from a habit of its clients: what one
// call in four leaves out is in all of ten calls in one case of eighteen only.
const ManyCalls = 10

// requires reports whether objects have to have a field. So many of them were seen, and all had it
// if always is set.
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

// below returns the writer of what stands under a field.
func (w Writer) below(name string) Writer {
	refused := w.refused
	w.refused, w.whole = nil, false
	if refused != nil && refused.Object != nil {
		w.refused = refused.Object.Fields.Get(name)
	}
	return w
}

// inside returns the writer of an array's items.
func (w Writer) inside() Writer {
	if w.refused != nil {
		w.refused = w.refused.Items
	}
	return w
}

// apart returns a writer that compares with nothing that was refused.
func (w Writer) apart() Writer {
	w.refused = nil
	return w
}
