package shape

// Arena allocates shapes that are needed for one witness only: Merge copies what it keeps, so the
// memory can be reused for the next witness. A nil Arena allocates on the heap.
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

// The initial capacity of lists, enough for most values. A list that exceeds it moves to the heap.
const (
	fieldsCapacity  = 12
	formatsCapacity = 2
)

// Reset frees all memory for reuse. Nothing that was allocated before may be used afterwards.
func (a *Arena) Reset() { a.release(mark{}) }

// mark records how much an arena has allocated.
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

// release frees what was allocated since m.
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

// formats returns an empty list.
func (a *Arena) formats() Formats {
	if a == nil {
		return nil
	}
	return a.lists.formats.list(formatsCapacity)
}

// appendField appends to the fields of one object.
func (a *Arena) appendField(fields Fields, f Field) Fields {
	if fields == nil && a != nil {
		fields = a.lists.fields.list(fieldsCapacity)
	}
	return append(fields, f)
}

// slabs allocates values of one type.
type slabs[T any] struct {
	slabs [][]T
	used  int // values allocated
}

const slabLength = 384

// one returns a zero value.
func (s *slabs[T]) one() *T {
	one := &s.list(1)[:1][0]
	var empty T
	*one = empty
	return one
}

// list returns an empty list with capacity for n values; n divides slabLength.
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
