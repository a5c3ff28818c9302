package jsonschema

import (
	"slices"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// Words as keys are data where there are many, none of them is in every Object, and all
// that stands under them is alike; or where there are so many, or ever new ones, that it
// need not be; or where all are codes of one list.
const (
	minCodeKeys    = 3
	minMapKeys     = 6
	manyMapKeys    = 40
	maxMapPresence = 0.67 // of a key, on average, unless records stand under it
	minNewKeys     = 8    // of which half came once only
	minNewObjects  = 5
	maxNewPresence = 0.35
)

// wordMap returns what stands under the keys of objects that are maps with words for
// keys; nil where they are records.
func wordMap(o *shape.Object, count uint64) *shape.Shape {
	alike := areAlike(o.Fields)
	if !(alike && areCodes(o.Fields)) && !areWordKeys(o.Fields, count, alike) {
		return nil
	}
	values := o.Values.Clone()
	if values == nil {
		values = new(shape.Shape)
	}
	for _, f := range o.Fields {
		values.Merge(f.Shape)
	}
	return values
}

// areAlike reports whether the same stands under all fields, as far as it was seen.
func areAlike(fields shape.Fields) bool {
	return !slices.ContainsFunc(fields, func(f shape.Field) bool { return shape.Likeness(fields[0].Shape, f.Shape) < 1 })
}

// areCodes reports whether all fields are codes in upper case of one list: nobody names
// the fields of a record so.
func areCodes(fields shape.Fields) bool {
	return len(fields) >= minCodeKeys && slices.ContainsFunc([]format.Format{format.Currency, format.Country}, func(list format.Format) bool {
		return !slices.ContainsFunc(fields, func(f shape.Field) bool { return !names.IsAcronym(f.Name) || !format.Detect(f.Name).Has(list) })
	})
}

// areWordKeys judges fields by how often they came, in so many objects. Where the same
// record stands under each, as in no record, it is enough that none is always there.
func areWordKeys(fields shape.Fields, count uint64, alike bool) bool {
	keys := len(fields)
	if keys < minMapKeys || count < 2 {
		return false
	}
	var entries uint64
	once := 0
	for _, f := range fields {
		n := f.Shape.Count()
		if n >= count {
			return false
		}
		if n == 1 {
			once++
		}
		entries += n
	}
	presence := float64(entries) / float64(count) / float64(keys)
	if presence > maxMapPresence {
		return alike && shape.IsDistinctive(fields[0].Shape)
	}
	everNew := keys >= minNewKeys && once*2 >= keys && count >= minNewObjects && presence <= maxNewPresence
	return alike || keys >= manyMapKeys || everNew
}
