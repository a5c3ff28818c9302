package jsonschema

import (
	"slices"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// An object whose keys are words is a map in three cases: there are many keys, none of them in every
// object, and their values are alike; there are so many keys, or ever new ones, that their values need
// not be alike; or all keys are codes of one list.
const (
	minCodeKeys    = 3
	minMapKeys     = 6
	manyMapKeys    = 40
	maxMapPresence = 0.67 // of a key, on average, unless its values are records
	minNewKeys     = 8    // at least half of them occurred only once
	minNewObjects  = 5
	maxNewPresence = 0.35
)

// wordMap returns the values of objects that are maps with words as keys, or nil for records.
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

// areAlike reports whether the values of all fields are alike, as far as they were seen.
func areAlike(fields shape.Fields) bool {
	return !slices.ContainsFunc(fields, func(f shape.Field) bool {
		return shape.Likeness(fields[0].Shape, f.Shape) < 1
	})
}

// areCodes reports whether all fields are codes of one list, in upper case. Records never have such
// fields.
func areCodes(fields shape.Fields) bool {
	if len(fields) < minCodeKeys {
		return false
	}
	return slices.ContainsFunc([]format.Format{format.Currency, format.Country}, func(list format.Format) bool {
		isOther := func(f shape.Field) bool { return !names.IsAcronym(f.Name) || !format.Detect(f.Name).Has(list) }
		return !slices.ContainsFunc(fields, isOther)
	})
}

// areWordKeys reports whether fields are keys of a map, by how often each occurred in count objects.
// If every value is the same record, which is rare in records, it is enough that no field is in all
// objects.
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
