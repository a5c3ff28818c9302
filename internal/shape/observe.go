package shape

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"akita/internal/format"
	"akita/internal/jsonscan"
)

// Options limits what a shape keeps of values.
type Options struct {
	Enums bool   // members of strings that may be enums, and kinds of objects; for offline use only
	Arena *Arena // where shapes are allocated; nil for the heap
}

// OfJSON returns the shape of a JSON text, or an error if it is not JSON. NaN and infinite numbers,
// which JSON does not have, are numbers.
func OfJSON(text string, o Options) (*Shape, error) {
	s, _, err := Observe(text, o)
	return s, err
}

// Observe is OfJSON that also reports whether the text holds NaN or infinite numbers.
func Observe(text string, o Options) (s *Shape, nonFinite bool, err error) {
	b := observer{Scanner: jsonscan.NewLenient(text), o: o}
	s = o.Arena.Shape()
	b.value(s, 0)
	b.End()
	if err := b.Err(); err != nil {
		return nil, false, err
	}
	return s, b.NonFinite(), nil
}

// OfText returns the shape of a value that is sent as text, such as a query parameter: an integer, a
// decimal number or a boolean if the text looks like one, else a string.
func OfText(text string, o Options) *Shape {
	s := o.Arena.Shape()
	switch {
	case text == "true" || text == "false" || text == "True" || text == "False":
		s.Bools = 1
	case isInteger(text):
		s.addInt(text, o.Arena)
	case isDecimal(text):
		s.Nums = 1
	default:
		s.addString(text, o)
	}
	return s
}

// isInteger reports whether text is an integer as JSON writes it, of at most 18 digits. Longer ones
// and those with leading zeros are identifiers rather than numbers.
func isInteger(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || len(digits) > 18 || digits[0] == '0' && (len(digits) > 1 || len(text) > 1) {
		return false
	}
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return false
		}
	}
	return true
}

func isDecimal(text string) bool {
	if text == "" || len(text) > 24 {
		return false
	}
	digits := strings.TrimPrefix(text, "-")
	whole, fraction, ok := strings.Cut(digits, ".")
	if !ok || whole == "" || fraction == "" || whole[0] == '0' && len(whole) > 1 {
		return false
	}
	for _, part := range []string{whole, fraction} {
		for i := range len(part) {
			if !isDigit(part[i]) {
				return false
			}
		}
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func (s *Shape) addInt(text string, a *Arena) {
	s.Ints++
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		s.Widths |= 1 << 63
		return
	}
	s.Formats.addSet(format.OfInteger(n), a)
	if n < 0 {
		n = -(n + 1)
	}
	s.Widths |= 1 << bits.Len64(uint64(n))
}

func (s *Shape) addString(text string, o Options) {
	s.Strs++
	s.Lengths |= Bucket(uint64(len(text)))
	if text == "" {
		s.Empties++
	}
	formats := format.Detect(text)
	s.Formats.addSet(formats, o.Arena)
	if o.Enums {
		s.addMember(text, !formats.Strong() && enumWord(text), o.Arena) // as MayBeMember
	}
}

// maxCode is the greatest length of a code of letters and digits that may be a member of an enum.
const maxCode = 8

// enumWord reports whether text may be a member of an enum: it is short and mostly letters, or a
// short code of letters and up to three digits, such as RS256.
func enumWord(text string) bool {
	if text == "" || len(text) > 32 {
		return false
	}
	letters, digits := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			letters++
		case '0' <= c && c <= '9':
			digits++
		case c == '_', c == '-', c == '.', c == '/':
		default:
			return false
		}
	}
	return letters*2 > len(text) || letters > 0 && digits <= 3 && len(text) <= maxCode
}

// isWhole reports whether a number is written without a fraction and without an exponent.
func isWhole(number string) bool {
	for i := range len(number) {
		if c := number[i]; !isDigit(c) && c != '-' {
			return false
		}
	}
	return true
}

type observer struct {
	jsonscan.Scanner
	o Options
}

// value adds the next value to s.
func (b *observer) value(s *Shape, depth int) {
	kind := b.Peek()
	if depth >= MaxDepth && (kind == jsonscan.Object || kind == jsonscan.Array) {
		b.Skip()
		s.Opaques++
		return
	}
	switch kind {
	case jsonscan.Null:
		b.Literal()
		s.Nulls++
	case jsonscan.True, jsonscan.False:
		b.Literal()
		s.Bools++
	case jsonscan.Number:
		switch text := b.Number(); {
		case text == "": // it is not valid
		case isWhole(text):
			s.addInt(text, b.o.Arena)
		default:
			s.Nums++ // with a fraction or an exponent, NaN, or Infinity
		}
	case jsonscan.String:
		s.addString(b.Text(), b.o)
	case jsonscan.Array:
		b.array(s, depth)
	case jsonscan.Object:
		b.object(s, depth)
	case jsonscan.None:
	}
}

func (b *observer) array(s *Shape, depth int) {
	s.Arrs++
	n := uint64(0)
	for b.Begin(); b.NextElement(); n++ {
		if s.Items == nil {
			s.Items = b.o.Arena.Shape()
		}
		b.value(s.Items, depth+1)
	}
	s.Sizes |= Bucket(n)
}

// object adds the next object to s. If a name is repeated, the first value counts: RFC 8259, section
// 4, does not define which one does.
func (b *observer) object(s *Shape, depth int) {
	b.Begin()
	if s.Objs > 0 && !b.o.Enums && len(s.Object.Fields) <= maxInPlace && !s.Object.Wide {
		b.inPlace(s, depth)
		return
	}
	before := b.o.Arena.mark()
	one := b.o.Arena.object()
	for name, ok := b.NextKey(); ok; name, ok = b.NextKey() {
		b.member(one, name, depth)
	}
	if b.o.Enums {
		one.tag()
	}
	if s.Objs == 0 {
		s.Object, s.Objs = one, 1
		return
	}
	s.Object.merge(s.Objs, one, 1, maxTagLevels)
	s.Objs++
	b.o.Arena.release(before) // merging copied what it keeps
}

// member adds the next value to a single object, under its name.
func (b *observer) member(one *Object, name string, depth int) {
	at := len(one.Fields)
	if at > 0 && one.Fields[at-1].Name >= name {
		i, found := one.Fields.find(name)
		if found {
			b.Skip()
			return
		}
		at = i
	}
	value := b.o.Arena.Shape()
	b.value(value, depth+1)
	switch {
	case one.Wide || IsDataKey(name):
		keys := new(Shape)
		keys.addString(name, Options{})
		one.mergeEntries(keys, value, maxTagLevels)
		return
	case at == len(one.Fields):
		one.Fields = b.o.Arena.appendField(one.Fields, Field{name, value})
	default:
		one.Fields = slices.Insert(one.Fields, at, Field{name, value})
	}
	if len(one.Fields) > MaxFields {
		one.Wide, one.Many = true, true
		one.spill(one.Fields, maxTagLevels)
		one.Fields = nil
	}
}

// maxInPlace bounds the fields of objects to which others are added in place.
const maxInPlace = 64

// inPlace adds an object, whose start was read, to the objects of s. It adds the values of known
// fields to their shapes without making new ones. The elements of an array are mostly alike, so this
// covers nearly all fields of a long array.
func (b *observer) inPlace(s *Shape, depth int) {
	p, rest := s.Object, b.o.Arena.object()
	var seen uint64 // the fields of p that are present
	for name, ok := b.NextKey(); ok; name, ok = b.NextKey() {
		i := p.Fields.index(name)
		switch {
		case i < 0:
			b.member(rest, name, depth)
		case seen>>i&1 != 0:
			b.Skip()
		default:
			seen |= 1 << i
			b.value(p.Fields[i].Shape, depth+1)
		}
	}
	hasAll := bits.OnesCount64(seen) == len(p.Fields) && len(rest.Fields) == 0 && !rest.Wide
	if !hasAll || p.Sets != nil {
		p.mergeSets(s.Objs, &Object{Fields: b.present(p.Fields, seen, rest.Fields), Many: rest.Many}, 1)
	}
	p.mergeMembers(rest, maxTagLevels)
	s.Objs++
}

// present returns the fields that are in the bit set seen, together with others, in order.
func (b *observer) present(some Fields, seen uint64, others Fields) Fields {
	var fields Fields
	for i, f := range some {
		for len(others) > 0 && others[0].Name < f.Name {
			fields = b.o.Arena.appendField(fields, others[0])
			others = others[1:]
		}
		if seen>>i&1 != 0 {
			fields = b.o.Arena.appendField(fields, f)
		}
	}
	return append(fields, others...)
}
