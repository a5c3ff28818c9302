package shape

// Arena hands out the memory of shapes that live for one witness only: a fold copies
// what it keeps, so the next witness can have the same memory. The nil Arena hands
// out memory of its own each time.
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

// A list starts with room for as many as one value mostly has, and moves to the heap
// where that is not enough.
const (
	roomFields  = 12
	roomFormats = 2
)

// Reset takes all memory back: nothing that the arena handed out may be used any more.
func (a *Arena) Reset() { a.release(mark{}) }

// mark is how much an arena had handed out at some time.
type mark [6]int

func (a *Arena) mark() mark {
	if a == nil {
		return mark{}
	}
	return mark{a.shapes.used, a.objects.used, a.enums.used, a.lists.fields.used, a.lists.members.used, a.lists.formats.used}
}

// release takes back what was handed out since m.
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
	return append(a.lists.members.room(1), m)
}

// formats returns an empty list.
func (a *Arena) formats() Formats {
	if a == nil {
		return nil
	}
	return a.lists.formats.room(roomFormats)
}

// appendField appends to the fields of one object.
func (a *Arena) appendField(fields Fields, f Field) Fields {
	if fields == nil && a != nil {
		fields = a.lists.fields.room(roomFields)
	}
	return append(fields, f)
}

// slabs is memory for many values of one type.
type slabs[T any] struct {
	slabs [][]T
	used  int // values handed out
}

const slabLength = 384

// one hands out one value, emptied.
func (s *slabs[T]) one() *T {
	one := &s.room(1)[:1][0]
	var empty T
	*one = empty
	return one
}

// room hands out an empty list with room for n values; n divides slabLength.
func (s *slabs[T]) room(n int) []T {
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
