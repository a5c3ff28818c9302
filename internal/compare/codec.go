package compare

import (
	"fmt"
	"maps"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/facts"
	"akita/internal/packed"
)

// recordingVersion is the version of the encoding of recordings. UnmarshalRecording refuses a newer one.
const recordingVersion = 1

// MarshalBinary encodes the recording for UnmarshalRecording. Equal recordings are equal bytes.
func (r Recording) MarshalBinary() ([]byte, error) {
	model, err := r.Model.MarshalBinary()
	if err != nil {
		return nil, err
	}
	w := packed.NewWriter("", len(model)+len(model)/2)
	w.Uint(recordingVersion)
	w.Blob(string(model))
	w.Uint(uint64(len(r.Dates)))
	for _, key := range slices.SortedFunc(maps.Keys(r.Dates), apimodel.OperationKey.Compare) {
		for _, text := range []string{key.Host, key.Method, key.Path, key.Base} {
			w.Text(text)
		}
		w.Bool(key.IsRoute)
		of := r.Dates[key]
		w.Uint(uint64(len(of)))
		for _, k := range slices.SortedFunc(maps.Keys(of), facts.Key.Compare) {
			for _, text := range []string{string(k.Kind), k.In, k.MediaType, k.Path, k.Value} {
				w.Text(text)
			}
			w.Int(of[k].First)
			w.Int(of[k].Last - of[k].First)
		}
	}
	return w.Bytes(), nil
}

// UnmarshalRecording decodes a recording that MarshalBinary encoded.
func UnmarshalRecording(encoded []byte) (Recording, error) {
	return unmarshalRecording(encoded, apimodel.Unmarshal)
}

// UnmarshalForeign is like UnmarshalRecording for a recording from another machine: it checks that its
// model is one of calls, without literals. It forgets the dates.
func UnmarshalForeign(encoded []byte) (Recording, error) {
	r, err := unmarshalRecording(encoded, apimodel.UnmarshalForeign)
	r.Dates = make(Dates)
	return r, err
}

func unmarshalRecording(encoded []byte, decode func([]byte) (*apimodel.Model, error)) (Recording, error) {
	in := packed.NewReader(encoded)
	if v := in.Uint(); in.Err() == nil && v != recordingVersion {
		return Recording{}, fmt.Errorf("decode recording: it has version %d, and this akita reads up to %d: upgrade akita",
			v, recordingVersion)
	}
	model := in.Blob()
	r := Recording{Dates: make(Dates)}
	for range in.Len() {
		key := apimodel.OperationKey{
			Host: in.Text(), Method: in.Text(), Path: in.Text(), Base: in.Text(), IsRoute: in.Bool(),
		}
		of := make(map[facts.Key]facts.HourRange)
		for range in.Len() {
			k := facts.Key{
				Kind: facts.Kind(in.Text()), In: in.Text(), MediaType: in.Text(), Path: in.Text(), Value: in.Text(),
			}
			first := in.Int()
			of[k] = facts.HourRange{First: first, Last: first + in.Int()}
			if in.Err() != nil {
				break
			}
		}
		r.Dates[key] = of
		if in.Err() != nil {
			break
		}
	}
	if in.Err() == nil && in.Rest() > 0 {
		in.Refuse("data follow the recording")
	}
	if err := in.Err(); err != nil {
		return Recording{}, fmt.Errorf("decode recording: %w", err)
	}
	var err error
	if r.Model, err = decode([]byte(model)); err != nil {
		return Recording{}, fmt.Errorf("decode recording: %w", err)
	}
	return r, nil
}
