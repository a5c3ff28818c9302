// Package shape describes values without their content: JSON types, formats, lengths, fields. A Shape
// sums up any number of values. Merge is associative and commutative, and the zero Shape is its
// identity. A Shape is bounded in size: it holds counts, and sets that become "many" at a cap.
package shape

import (
	"math/bits"
	"slices"
	"strings"
)

// Caps on the sets of one shape. A set that exceeds its cap is forgotten as a whole, which keeps Merge
// independent of order and grouping.
const (
	// MaxDepth bounds how deep values are read; deeper ones are opaque.
	MaxDepth = 40
	// MaxFields bounds the fields of a record; an object with more is a map.
	MaxFields = 256
	// MaxKeySets bounds the combinations of fields that are kept of objects.
	MaxKeySets = 24
	// MaxTags bounds the values of a field that names kinds of objects.
	MaxTags = 24
	// MaxEnum bounds the distinct members of a string that may be an enum.
	MaxEnum = 24
	// MaxNameBytes bounds a field's name; a longer one is data.
	MaxNameBytes = 128
)

// Shape sums up the values seen in one place.
type Shape struct {
	Nulls   uint64
	Bools   uint64
	Ints    uint64 // numbers without fraction and exponent
	Nums    uint64 // other numbers
	Strs    uint64
	Arrs    uint64
	Objs    uint64
	Opaques uint64 // values that were not read

	Empties uint64  // strings that are empty
	Formats Formats // of strings, and of integers
	Lengths Buckets // of strings, in bytes
	Sizes   Buckets // of arrays, in items
	Widths  Buckets // of integers, in bits
	Enum    *Enum   // offline only

	Items  *Shape  // all elements of the arrays
	Object *Object // the objects
}

// Buckets is the set of sizes seen. Bit n stands for sizes of n bits: bit 0 for 0, and bit n for
// 2^(n-1) to 2^n-1.
type Buckets uint64

// Bucket returns the set of one size.
func Bucket(size uint64) Buckets { return 1 << min(bits.Len64(size), 63) }

// Max returns the largest size that the set may stand for.
func (b Buckets) Max() uint64 {
	if b == 0 {
		return 0
	}
	return 1<<(bits.Len64(uint64(b))-1) - 1
}

// Object sums up the objects seen in one place. Fields are the values of names that are code; the
// values of keys that are data (ids, dates, …) are summed up in Values.
type Object struct {
	Fields   Fields
	Sets     []KeySet // which fields occurred together; nil if every object had all of Fields, or if Many
	Many     bool     // more than MaxKeySets combinations
	Tags     []Tag    // the kinds of objects by value, if one field names the kind of all; offline only
	Untagged bool     // no field names the kind of all, or there are more than MaxTags kinds: Tags is empty
	Wide     bool     // more than MaxFields names: Fields is empty, and all are in Values
	Keys     *Shape   // the keys that are data, as strings
	Values   *Shape   // the values of those keys
}

// Field is one field of a record. Shape.Count returns the number of records that have it.
type Field struct {
	Name  string
	Shape *Shape
}

// Fields is sorted by name.
type Fields []Field

// KeySet is one combination of fields.
type KeySet struct {
	Names string // sorted, joined by newlines
	Count uint64
}

// Get returns the shape of a field, nil if no object had it.
func (f Fields) Get(name string) *Shape {
	if i, ok := f.find(name); ok {
		return f[i].Shape
	}
	return nil
}

func (f Fields) find(name string) (int, bool) {
	return slices.BinarySearchFunc(f, name, func(f Field, name string) int {
		return strings.Compare(f.Name, name)
	})
}

// index returns the index of a field, -1 if there is none. It is for the few fields of usual objects:
// most names differ in length already, so that this is faster than find.
func (f Fields) index(name string) int {
	for i := range f {
		if f[i].Name == name {
			return i
		}
	}
	return -1
}

// Count returns the number of values summed up.
func (s *Shape) Count() uint64 {
	if s == nil {
		return 0
	}
	return s.Nulls + s.Bools + s.Ints + s.Nums + s.Strs + s.Arrs + s.Objs + s.Opaques
}

// Clone returns a shape that shares nothing with s, not even the memory of names.
func (s *Shape) Clone() *Shape {
	if s == nil {
		return nil
	}
	c := new(Shape)
	c.Merge(s)
	return c
}

// Merge adds the values that o sums up. It does not change o, and both share nothing afterwards.
func (s *Shape) Merge(o *Shape) { s.merge(o, maxTagLevels) }

// merge is Merge with a limit on the levels of kinds inside kinds (maxTagLevels).
func (s *Shape) merge(o *Shape, levels int) {
	if o == nil {
		return
	}
	s.Nulls += o.Nulls
	s.Bools += o.Bools
	s.Ints += o.Ints
	s.Nums += o.Nums
	s.Strs += o.Strs
	s.Opaques += o.Opaques
	s.Empties += o.Empties
	s.Formats.merge(o.Formats)
	s.Lengths |= o.Lengths
	s.Sizes |= o.Sizes
	s.Widths |= o.Widths
	s.mergeEnum(o)
	if o.Items != nil {
		if s.Items == nil {
			s.Items = new(Shape)
		}
		s.Items.merge(o.Items, levels)
	}
	if o.Object != nil {
		if s.Object == nil {
			s.Object = new(Object)
		}
		s.Object.merge(s.Objs, o.Object, o.Objs, levels)
	}
	s.Arrs += o.Arrs
	s.Objs += o.Objs
}

// Clone returns a copy of p, the sum of n objects, that shares nothing with it.
func (p *Object) Clone(n uint64) *Object {
	c := new(Object)
	c.merge(0, p, n, maxTagLevels)
	return c
}

// merge adds q, the sum of m objects, to p, the sum of n.
func (p *Object) merge(n uint64, q *Object, m uint64, levels int) {
	p.mergeTags(n, q, m, levels)
	p.mergeAll(n, q, m, levels)
}

// mergeAll merges everything but the kinds of these objects. levels applies to the objects inside.
func (p *Object) mergeAll(n uint64, q *Object, m uint64, levels int) {
	p.mergeSets(n, q, m)
	p.mergeMembers(q, levels)
}

// mergeMembers merges fields and entries. Call mergeSets before, which needs the old fields.
func (p *Object) mergeMembers(q *Object, levels int) {
	if q.Keys != nil {
		p.mergeEntries(q.Keys, q.Values, levels)
	}
	p.Wide = p.Wide || q.Wide
	if p.Wide {
		p.spill(p.Fields, levels)
		p.Fields = nil
		p.spill(q.Fields, levels)
		return
	}
	p.Fields = mergeFields(p.Fields, q.Fields, levels)
	if len(p.Fields) > MaxFields {
		p.Wide = true
		p.spill(p.Fields, levels)
		p.Fields = nil
	}
	if p.Wide {
		p.Sets, p.Many = nil, true
	}
}

// spill counts fields as entries of a map and drops their names.
func (p *Object) spill(fields Fields, levels int) {
	for _, f := range fields {
		keys := Shape{Strs: f.Shape.Count(), Lengths: Bucket(uint64(len(f.Name)))}
		p.mergeEntries(&keys, f.Shape, levels)
	}
}

func (p *Object) mergeEntries(keys, values *Shape, levels int) {
	if p.Keys == nil {
		p.Keys, p.Values = new(Shape), new(Shape)
	}
	p.Keys.Merge(keys)
	p.Values.merge(values, levels)
}

// mergeFields merges two sorted lists. The result may reuse the memory of p, but never that of q.
func mergeFields(p, q Fields, levels int) Fields {
	if len(q) == 0 {
		return p
	}
	missing := 0
	for i, j := 0, 0; j < len(q); {
		switch {
		case i == len(p) || p[i].Name > q[j].Name:
			missing++
			j++
		case p[i].Name < q[j].Name:
			i++
		default:
			p[i].Shape.merge(q[j].Shape, levels)
			i++
			j++
		}
	}
	if missing == 0 {
		return p
	}
	out := make(Fields, 0, len(p)+missing)
	for i, j := 0, 0; i < len(p) || j < len(q); {
		switch {
		case j == len(q) || i < len(p) && p[i].Name < q[j].Name:
			out = append(out, p[i])
			i++
		case i == len(p) || p[i].Name > q[j].Name:
			s := new(Shape)
			s.merge(q[j].Shape, levels)
			out = append(out, Field{Name: strings.Clone(q[j].Name), Shape: s})
			j++
		default:
			out = append(out, p[i])
			i++
			j++
		}
	}
	return out
}

// mergeSets merges the combinations of fields. Merge p.Fields and q.Fields after it.
func (p *Object) mergeSets(n uint64, q *Object, m uint64) {
	if p.Many || q.Many || n == 0 && q.Sets == nil {
		p.Sets, p.Many = nil, p.Many || q.Many
		return
	}
	if n > 0 && p.Sets == nil && q.Sets == nil && sameNames(p.Fields, q.Fields) {
		return
	}
	if p.Sets == nil && n > 0 {
		p.Sets = p.sets(n)
	}
	if q.Sets == nil {
		p.addSet(q.Fields, m)
	}
	for _, set := range q.Sets {
		i, found := slices.BinarySearchFunc(p.Sets, set.Names, func(s KeySet, names string) int {
			return strings.Compare(s.Names, names)
		})
		if !found {
			p.Sets = slices.Insert(p.Sets, i, KeySet{Names: strings.Clone(set.Names)})
		}
		p.Sets[i].Count += set.Count
	}
	if len(p.Sets) > MaxKeySets {
		p.Sets, p.Many = nil, true
	}
}

// addSet adds m objects with these fields.
func (p *Object) addSet(fields Fields, m uint64) {
	i, found := slices.BinarySearchFunc(p.Sets, fields, compareNames)
	if !found {
		p.Sets = slices.Insert(p.Sets, i, KeySet{Names: joinNames(fields)})
	}
	p.Sets[i].Count += m
}

// compareNames compares the names of a set with those of fields, without joining them.
func compareNames(s KeySet, fields Fields) int {
	rest := s.Names
	for i, f := range fields {
		if i > 0 {
			if rest == "" {
				return -1
			}
			if rest[0] != '\n' {
				return int(rest[0]) - '\n'
			}
			rest = rest[1:]
		}
		n := min(len(rest), len(f.Name))
		if c := strings.Compare(rest[:n], f.Name[:n]); c != 0 {
			return c
		}
		if n < len(f.Name) {
			return -1
		}
		rest = rest[n:]
	}
	return len(rest)
}

// sets returns Sets for n objects. If Sets is nil, it returns the one set that nil stands for.
func (p *Object) sets(n uint64) []KeySet {
	if p.Sets != nil || n == 0 {
		return slices.Clone(p.Sets)
	}
	return []KeySet{{Names: joinNames(p.Fields), Count: n}}
}

// KeySets returns the combinations of fields of n objects; none if there are more than MaxKeySets.
func (p *Object) KeySets(n uint64) []KeySet {
	if p.Many {
		return nil
	}
	return p.sets(n)
}

func joinNames(fields Fields) string {
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.Name)
	}
	return b.String()
}

func sameNames(p, q Fields) bool {
	return slices.EqualFunc(p, q, func(a, b Field) bool { return a.Name == b.Name })
}
