package shape

import (
	"math/bits"
	"strings"

	"akita/internal/format"
	"akita/internal/packed"
)

// A packed shape is the set of its members that are not zero, and these members in order.
const (
	hasNulls = 1 << iota
	hasBools
	hasInts
	hasNums
	hasStrs
	hasArrs
	hasObjs
	hasOpaques
	hasEmpties
	hasLengths
	hasSizes
	hasWidths
	hasFormats
	hasEnum
	hasItems
	hasObject
)

// counts returns the counts of a shape in the order of their bits.
func (s *Shape) counts() [12]*uint64 {
	return [12]*uint64{
		&s.Nulls, &s.Bools, &s.Ints, &s.Nums, &s.Strs, &s.Arrs, &s.Objs, &s.Opaques, &s.Empties,
		(*uint64)(&s.Lengths), (*uint64)(&s.Sizes), (*uint64)(&s.Widths),
	}
}

// Pack writes the shape for Unpack.
func (s *Shape) Pack(w *packed.Writer) {
	counts := s.counts()
	var members uint64
	for bit, count := range counts {
		if *count != 0 {
			members |= 1 << bit
		}
	}
	members |= bit(hasFormats, len(s.Formats) > 0) | bit(hasEnum, s.Enum != nil) |
		bit(hasItems, s.Items != nil) | bit(hasObject, s.Object != nil)
	w.Uint(members)
	for _, count := range counts {
		if *count != 0 {
			w.Uint(*count)
		}
	}
	if len(s.Formats) > 0 {
		w.Uint(uint64(len(s.Formats)))
		for _, c := range s.Formats {
			w.Text(c.Format.String())
			w.Uint(c.Count)
		}
	}
	if s.Enum != nil {
		s.Enum.pack(w)
	}
	if s.Items != nil {
		s.Items.Pack(w)
	}
	if s.Object != nil {
		s.Object.pack(w)
	}
}

func (e *Enum) pack(w *packed.Writer) {
	w.Bool(e.Many)
	w.Uint(uint64(len(e.Members)))
	for _, m := range e.Members {
		w.Text(m.Text)
		w.Uint(m.Count)
	}
}

// Members of a packed object.
const (
	isMany = 1 << iota
	isUntagged
	isWide
	hasKeys
	hasTags
	hasSets
)

// bit returns a bit of a set, 0 if it is not present.
func bit(b uint64, present bool) uint64 {
	if present {
		return b
	}
	return 0
}

func (p *Object) pack(w *packed.Writer) {
	w.Uint(bit(isMany, p.Many) | bit(isUntagged, p.Untagged) | bit(isWide, p.Wide) |
		bit(hasKeys, p.Keys != nil) | bit(hasTags, len(p.Tags) > 0) | bit(hasSets, len(p.Sets) > 0))
	w.Uint(uint64(len(p.Fields)))
	for _, f := range p.Fields {
		w.Text(f.Name)
		f.Shape.Pack(w)
	}
	if len(p.Sets) > 0 {
		p.packSets(w)
	}
	if len(p.Tags) > 0 {
		p.packTags(w)
	}
	if p.Keys != nil {
		p.Keys.Pack(w)
		p.Values.Pack(w)
	}
}

// packSets writes each combination of fields as the set of their numbers in Fields. Names would take
// more space, because most of them occur in most combinations.
func (p *Object) packSets(w *packed.Writer) {
	w.Uint(uint64(len(p.Sets)))
	for _, set := range p.Sets {
		w.Uint(set.Count)
		rest, more := set.Names, true
		for fields := p.Fields; len(fields) > 0; {
			var chunk uint64
			n := min(len(fields), setChunk)
			for i, f := range fields[:n] {
				if more && startsWith(rest, f.Name) {
					chunk |= 1 << i
					rest, more = strings.CutPrefix(rest[len(f.Name):], "\n")
				}
			}
			w.Uint(chunk)
			fields = fields[n:]
		}
	}
}

// setChunk is how many fields one number of a packed combination stands for.
const setChunk = 32

// startsWith reports whether the first of some names, joined by newlines, is name.
func startsWith(names, name string) bool {
	return strings.HasPrefix(names, name) && (len(names) == len(name) || names[len(name)] == '\n')
}

// unpackSets reads what packSets wrote. p.Fields are complete.
func (p *Object) unpackSets(r *packed.Reader) {
	for range r.Len() {
		set := KeySet{Count: r.Uint()}
		names := make(Fields, 0, len(p.Fields))
		for fields := p.Fields; len(fields) > 0; {
			chunk, n := r.Uint(), min(len(fields), setChunk)
			for i, f := range fields[:n] {
				if chunk>>i&1 == 1 {
					names = append(names, f)
				}
			}
			fields = fields[n:]
		}
		set.Names = joinNames(names)
		p.Sets = append(p.Sets, set)
	}
}

func (p *Object) packTags(w *packed.Writer) {
	w.Uint(uint64(len(p.Tags)))
	for _, t := range p.Tags {
		w.Text(t.Field)
		w.Text(t.Value)
		w.Uint(t.Count)
		w.Bool(t.Object != nil)
		if t.Object != nil {
			t.Object.pack(w)
		}
	}
}

// maxPackedLevels bounds the nesting of what Unpack reads: fields, and kinds of objects inside kinds.
const maxPackedLevels = (MaxDepth + 3) * (maxTagLevels + 1)

// Unpack reads what Pack wrote. The reader's Err returns the error.
func Unpack(r *packed.Reader) *Shape { return UnpackIn(r, nil) }

// UnpackIn is like Unpack. The shape is in the arena; a nil arena is the heap.
func UnpackIn(r *packed.Reader, a *Arena) *Shape {
	s := a.Shape()
	u := unpacker{Reader: r, arena: a}
	u.shape(s, maxPackedLevels)
	return s
}

// unpacker reads one shape. Without an arena, it allocates the shapes of fields and the formats in
// pieces.
type unpacker struct {
	*packed.Reader

	arena   *Arena
	fields  []Shape       // room
	formats []FormatCount // room
}

// maxRoom bounds what is allocated at once.
const maxRoom = 32

func (u *unpacker) below(levels int) *Shape {
	s := u.arena.Shape()
	u.shape(s, levels-1)
	return s
}

// field returns an empty shape, for one of the fields that are left.
func (u *unpacker) field(left int) *Shape {
	if u.arena != nil {
		return u.arena.Shape()
	}
	if len(u.fields) == 0 {
		u.fields = make([]Shape, min(left, maxRoom))
	}
	s := &u.fields[0]
	u.fields = u.fields[1:]
	return s
}

// shape reads into s, which is empty.
func (u *unpacker) shape(s *Shape, levels int) {
	if levels == 0 {
		u.Refuse("a shape is nested too deep")
		return
	}
	members := u.Uint()
	counts := s.counts()
	for rest := members & (1<<len(counts) - 1); rest != 0; rest &= rest - 1 {
		*counts[bits.TrailingZeros64(rest)] = u.Uint()
	}
	if members&hasFormats != 0 {
		s.Formats = u.readFormats()
	}
	if members&hasEnum != 0 {
		s.Enum = unpackEnum(u.Reader)
	}
	if members&hasItems != 0 {
		s.Items = u.below(levels)
	}
	if members&hasObject != 0 {
		s.Object = u.object(levels - 1)
	}
}

func (u *unpacker) readFormats() Formats {
	n := u.Len()
	formats := u.roomFor(n)
	for range n {
		c := FormatCount{format.Named(u.Text()), u.Uint()}
		if c.Format == 0 {
			u.Refuse("an unknown format")
			return nil
		}
		formats = append(formats, c)
	}
	return formats
}

// roomFor returns an empty list with room for n formats.
func (u *unpacker) roomFor(n int) Formats {
	if u.arena != nil {
		return u.arena.formats()
	}
	if n > len(u.formats) {
		u.formats = make([]FormatCount, max(maxFormats, min(n, maxRoom)))
	}
	room := min(n, len(u.formats))
	formats := Formats(u.formats[:0:room])
	u.formats = u.formats[room:]
	return formats
}

// maxFormats is more than the formats of the values in one place.
const maxFormats = 8

func unpackEnum(r *packed.Reader) *Enum {
	e := &Enum{Many: r.Bool()}
	for range r.Len() {
		e.Members = append(e.Members, Member{r.Text(), r.Uint()})
	}
	return e
}

func (u *unpacker) object(levels int) *Object {
	p := u.arena.object()
	if levels == 0 {
		u.Refuse("an object is nested too deep")
		return p
	}
	members := u.Uint()
	p.Many, p.Untagged, p.Wide = members&isMany != 0, members&isUntagged != 0, members&isWide != 0
	n := u.Len()
	if n > 0 {
		p.Fields = u.arena.roomForFields(min(n, MaxFields))
	}
	for left := n; left > 0; left-- {
		f := Field{u.Text(), u.field(left)}
		u.shape(f.Shape, levels-1)
		if u.Err() != nil {
			return p
		}
		p.Fields = append(p.Fields, f)
	}
	if members&hasSets != 0 {
		p.unpackSets(u.Reader)
	}
	if members&hasTags != 0 {
		u.tags(p, levels)
	}
	if members&hasKeys != 0 {
		p.Keys, p.Values = u.below(levels), u.below(levels)
	}
	return p
}

func (u *unpacker) tags(p *Object, levels int) {
	for range u.Len() {
		t := Tag{Field: u.Text(), Value: u.Text(), Count: u.Uint()}
		if u.Bool() {
			t.Object = u.object(levels - 1)
		}
		p.Tags = append(p.Tags, t)
	}
}
