package delta

import (
	"encoding/binary"
	"errors"

	"akita/internal/apimodel"
	"akita/internal/hour"
	"akita/internal/witness"
)

// Places are the hours, parts and operations of witnesses, in order: a varint and two uvarints each.
type Places []byte

// place is where a witness is counted. op is the hash of its operation: witnesses of one place are
// folded into one model, and one that is alone needs none.
type place struct {
	Key
	op uint32
}

func placeOf(w *witness.Witness) place {
	return place{Key: partOf(w), op: uint32(apimodel.OperationKeyOf(w).Hash())}
}

func partOf(w *witness.Witness) Key {
	key := Key{Part: apimodel.PartOf(w)}
	if !w.Start.IsZero() {
		key.Hour = hour.Of(w.Start)
	}
	return key
}

// Append appends the place of a witness.
func (p *Places) Append(w *witness.Witness) {
	of := placeOf(w)
	*p = binary.AppendVarint(*p, int64(of.Hour))
	*p = binary.AppendUvarint(*p, uint64(of.Part))
	*p = binary.AppendUvarint(*p, uint64(of.op))
}

// Cut returns the first place and the others. p must not be empty.
func (p Places) Cut() (first, rest Places) {
	rest = p
	if _, err := rest.next(); err != nil {
		return p, nil
	}
	return p[:len(p)-len(rest)], rest
}

var errBadPlaces = errors.New("the places of its witnesses are cut off")

// next takes the first place off.
func (p *Places) next() (place, error) {
	h, n := binary.Varint(*p)
	if n <= 0 {
		return place{}, errBadPlaces
	}
	*p = (*p)[n:]
	var numbers [2]uint64
	for i := range numbers {
		if numbers[i], n = binary.Uvarint(*p); n <= 0 {
			return place{}, errBadPlaces
		}
		*p = (*p)[n:]
	}
	return place{Key{hour.Hour(h), apimodel.Part(numbers[0])}, uint32(numbers[1])}, nil
}
