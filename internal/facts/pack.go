package facts

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/packed"
)

// version is the first number of an encoded record.
const version = 1

// maxSpanHours is the length of the longest span: a month.
const maxSpanHours = 31 * 24

// maxUnpacked bounds the memory that a malformed length takes: the hours of 14 days, with some room.
const maxUnpacked = 512

// ErrUnsupported means that another version of this package wrote a record.
var ErrUnsupported = errors.New("record of facts of another version")

// MarshalBinary returns the encoding of the record: equal records are equal bytes. It returns no error.
func (r *Record) MarshalBinary() ([]byte, error) {
	var w packed.Writer
	w.Uint(version)
	w.Uint(uint64(len(r.operations)))
	for _, key := range slices.SortedFunc(maps.Keys(r.operations), apimodel.OperationKey.Compare) {
		for _, text := range []string{key.Host, key.Method, key.Path, key.Base} {
			w.Text(text)
		}
		w.Bool(key.IsRoute)
		r.operations[key].pack(&w)
	}
	return w.Bytes(), nil
}

func (h History) pack(w *packed.Writer) {
	w.Uint(uint64(len(h)))
	for _, k := range slices.SortedFunc(maps.Keys(h), Key.Compare) {
		for _, text := range []string{string(k.Kind), k.In, k.MediaType, k.Path, k.Value} {
			w.Text(text)
		}
		f := h[k]
		w.Int(f.First)
		w.Int(f.Last - f.First)
		w.Uint(uint64(len(f.spans)))
		at := f.First
		for _, s := range f.spans {
			w.Int(s.start - at)
			w.Uint(uint64(s.hours))
			w.Uint(s.count)
			at = s.end()
		}
	}
}

// Unmarshal reads what MarshalBinary wrote. The error wraps packed.ErrMalformed or ErrUnsupported.
func Unmarshal(encoded []byte) (*Record, error) {
	record := NewRecord()
	err := eachRecorded(encoded, func(key apimodel.OperationKey, r *packed.Reader) {
		record.operations[key] = unpackHistory(r)
	})
	if err != nil {
		return nil, err
	}
	return record, nil
}

// eachRecorded calls unpack for the history of each operation of an encoded record.
func eachRecorded(encoded []byte, unpack func(apimodel.OperationKey, *packed.Reader)) error {
	r := packed.NewReader(encoded)
	if v := r.Uint(); r.Err() == nil && v != version {
		return fmt.Errorf("%w: %d", ErrUnsupported, v)
	}
	for range r.Len() {
		key := apimodel.OperationKey{
			Host: r.Text(), Method: r.Text(), Path: r.Text(), Base: r.Text(), IsRoute: r.Bool(),
		}
		unpack(key, r)
		if r.Err() != nil {
			break
		}
	}
	if r.Rest() > 0 {
		r.Refuse("data follow the record")
	}
	return r.Err()
}

func unpackHistory(r *packed.Reader) History {
	h := make(History)
	for range r.Len() {
		k, f := unpackKey(r), unpackFact(r)
		at, n := f.First, r.Len()
		f.spans = make([]span, 0, min(n, maxUnpacked))
		for range n {
			s := unpackSpan(r, at)
			f.spans = append(f.spans, s)
			at = s.end()
		}
		if r.Err() != nil {
			break
		}
		h[k] = &f
	}
	return h
}

func unpackKey(r *packed.Reader) Key {
	return Key{Kind(r.Text()), r.Text(), r.Text(), r.Text(), r.Text()}
}

// unpackFact reads a fact without its spans.
func unpackFact(r *packed.Reader) Fact {
	f := Fact{First: r.Int()}
	f.Last = f.First + r.Int()
	return f
}

// unpackSpan reads a span. at is the end of the one before.
func unpackSpan(r *packed.Reader, at int64) span {
	return span{start: at + r.Int(), hours: int(min(r.Uint(), maxSpanHours)), count: r.Uint()}
}
