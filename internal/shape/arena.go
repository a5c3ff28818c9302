package shape

// Arena allocates shapes that live only as long as one witness. A model copies what it keeps, so that
// the next witness can reuse the memory. The nil Arena allocates on the heap.
type Arena struct {
	shapes  slabs[Shape]
	objects slabs[Object]
	enums   slabs[Enum]
	lists   struct {
		fields  slabs[Field]
		members slabs[Member]
		formats slabs[FormatCount]
	}
}

// A list starts with room for the usual number of elements, and moves to the heap if it needs more.
const (
	roomFields  = 12
	roomFormats = 2
)

// Reset releases all memory. Nothing that the arena allocated may be used afterwards.
func (a *Arena) Reset() { a.release(mark{}) }

// mark is how much an arena had allocated at some time.
type mark [6]int

func (a *Arena) mark() mark {
	if a == nil {
		return mark{}
	}
	return mark{
		a.shapes.used, a.objects.used, a.enums.used,
		a.lists.fields.used, a.lists.members.used, a.lists.formats.used,
	}
}

// release releases what was allocated since m.
func (a *Arena) release(m mark) {
	if a == nil {
		return
	}
	a.shapes.used, a.objects.used, a.enums.used = m[0], m[1], m[2]
	a.lists.fields.used, a.lists.members.used, a.lists.formats.used = m[3], m[4], m[5]
}

// Shape returns an empty shape.
func (a *Arena) Shape() *Shape {
	if a == nil {
		return new(Shape)
	}
	return a.shapes.one()
}

func (a *Arena) object() *Object {
	if a == nil {
		return new(Object)
	}
	return a.objects.one()
}

func (a *Arena) enum() *Enum {
	if a == nil {
		return new(Enum)
	}
	return a.enums.one()
}

// members returns a list of one member.
func (a *Arena) members(m Member) []Member {
	if a == nil {
		return []Member{m}
	}
	return append(a.lists.members.list(1), m)
}

// formats returns an empty list with room for the formats of one value.
func (a *Arena) formats() Formats {
	if a == nil {
		return nil
	}
	return a.lists.formats.list(roomFormats)
}

// appendField appends to the fields of one object.
func (a *Arena) appendField(fields Fields, f Field) Fields {
	if fields == nil && a != nil {
		fields = a.lists.fields.list(roomFields)
	}
	return append(fields, f)
}

// roomForFields returns an empty list with room for n fields, at most MaxFields.
func (a *Arena) roomForFields(n int) Fields {
	if a == nil {
		return make(Fields, 0, n)
	}
	return a.lists.fields.list(n)
}

// slabs allocates values of one type in large pieces.
type slabs[T any] struct {
	slabs [][]T
	used  int // values allocated
}

const slabLength = 384

// one allocates one value, set to zero.
func (s *slabs[T]) one() *T {
	one := &s.list(1)[:1][0]
	var empty T
	*one = empty
	return one
}

// list allocates an empty list with room for n values, at most slabLength.
func (s *slabs[T]) list(n int) []T {
	if s.used%slabLength+n > slabLength {
		s.used += slabLength - s.used%slabLength
	}
	slab, i := s.used/slabLength, s.used%slabLength
	if slab == len(s.slabs) {
		s.slabs = append(s.slabs, make([]T, slabLength))
	}
	s.used += n
	return s.slabs[slab][i : i : i+n]
}
