package facts

import (
	"akita/internal/apimodel"
	"akita/internal/packed"
)

// Dates are the hours in which the facts of operations were seen. A fact without dates was seen in those of
// its operation.
type Dates map[apimodel.OperationKey]map[Key]HourRange

// HourRange is the first and the last hour in which something was seen, counted since 1970.
type HourRange struct{ First, Last int64 }

func (h HourRange) joined(o HourRange) HourRange {
	return HourRange{min(h.First, o.First), max(h.Last, o.Last)}
}

// Add adds that a fact was seen in some hours.
func (d Dates) Add(key apimodel.OperationKey, k Key, seen HourRange) {
	of := d[key]
	if of == nil {
		of = make(map[Key]HourRange)
		d[key] = of
	}
	if before, known := of[k]; known {
		seen = seen.joined(before)
	}
	of[k] = seen
}

// AddHour adds that the facts of a model were seen in an hour, also those that a Record does not have.
func (d Dates) AddHour(hour int64, m *apimodel.Model) {
	for key, op := range m.Operations() {
		for k := range OfOperation(op) {
			d.Add(key, k, HourRange{hour, hour})
		}
	}
}

// AddCounts adds what was counted in some hours. That several hours are counted together does not move the
// dates of what is known to have been seen in one of them; of anything else, the first hour counts.
func (d Dates) AddCounts(start int64, hours int, counts Counts) {
	for key, of := range counts {
		for k := range of {
			before, known := d[key][k]
			isDated := known && hours > 1 && before.Last >= start && before.First < start+int64(hours)
			if !k.IsAuxiliary() && !isDated {
				d.Add(key, k, HourRange{start, start})
			}
		}
	}
}

// AddRecord adds an encoded record, as far as it was seen from an hour up to, but not including, another
// one; 0 is no limit. What is counted by the day or month belongs to a range that has an hour of it, and its
// hour is the first one. The record is not kept, because it has a count for each hour. The error is that of
// Unmarshal.
func (d Dates) AddRecord(encoded []byte, from, to int64) error {
	return eachRecorded(encoded, func(key apimodel.OperationKey, r *packed.Reader) {
		for range r.Len() {
			k, f := unpackKey(r), unpackFact(r)
			seen, ok := unpackRange(r, f, from, to)
			if r.Err() != nil {
				return
			}
			if ok && !k.IsAuxiliary() {
				d.Add(key, k, seen)
			}
		}
	})
}

// unpackRange reads the spans of a fact, and returns when it was seen in a range of hours. ok is false if it
// was not.
func unpackRange(r *packed.Reader, f Fact, from, to int64) (seen HourRange, ok bool) {
	at := f.First
	for range r.Len() {
		s := unpackSpan(r, at)
		at = s.end()
		switch {
		case r.Err() != nil:
			return seen, false
		case s.end() <= from || to != 0 && s.start >= to:
			continue
		case !ok:
			seen.First, ok = max(s.start, f.First), true
		}
		seen.Last = min(s.end()-1, f.Last)
	}
	if from == 0 {
		seen.First = f.First // also if its count is deleted since
	}
	return seen, ok
}
