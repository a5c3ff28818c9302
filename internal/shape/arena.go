package shape

// Arena hands out the memory of shapes that live for one witness only: a fold copies
// what it keeps, so the next witness can have the same memory. The nil Arena hands
// out memory of its own each time.
type Arena struct {
	shapes  [][]Shape
	objects [][]Object
	fields  [][]Field
	n       struct{ shapes, objects, fields int } // handed out
}

const (
	slabShapes  = 128
	slabObjects = 64
	slabFields  = 512
)

// Reset takes all memory back: nothing that the arena handed out may be used any more.
func (a *Arena) Reset() {
	if a != nil {
		a.n.shapes, a.n.objects, a.n.fields = 0, 0, 0
	}
}

// Shape returns an empty shape.
func (a *Arena) Shape() *Shape {
	if a == nil {
		return new(Shape)
	}
	return next(&a.shapes, &a.n.shapes, slabShapes)
}

func (a *Arena) object() *Object {
	if a == nil {
		return new(Object)
	}
	return next(&a.objects, &a.n.objects, slabObjects)
}

// next hands out one value of a slab, emptied.
func next[T any](slabs *[][]T, n *int, size int) *T {
	slab, i := *n/size, *n%size
	if slab == len(*slabs) {
		*slabs = append(*slabs, make([]T, size))
	}
	*n++
	one := &(*slabs)[slab][i]
	var empty T
	*one = empty
	return one
}

// appendField appends to the fields of one object. An object's list starts with room for a few
// fields and moves to the heap where that is not enough.
func (a *Arena) appendField(fields Fields, f Field) Fields {
	const room = 12
	if fields != nil || a == nil {
		return append(fields, f)
	}
	if a.n.fields%slabFields+room > slabFields {
		a.n.fields += slabFields - a.n.fields%slabFields
	}
	slab, i := a.n.fields/slabFields, a.n.fields%slabFields
	if slab == len(a.fields) {
		a.fields = append(a.fields, make([]Field, slabFields))
	}
	a.n.fields += room
	return append(a.fields[slab][i:i:i+room], f)
}
