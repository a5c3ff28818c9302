package series

import (
	"errors"
	"testing"

	"akita/internal/packed"
	"akita/internal/witness"
)

func encodedSeries() []byte {
	s := New()
	s.Add(&witness.Witness{Method: "GET", Template: "/a/", Status: 200, LatencyMs: 3}, 7)
	s.Add(&witness.Witness{Method: "GET", NoRoute: true, Status: 404}, 8)
	encoded, _ := s.MarshalBinary() // it returns no error
	return encoded
}

func TestMalformedSeriesAreRefused(t *testing.T) {
	t.Parallel()
	whole := encodedSeries()
	for n := range whole {
		if _, err := Unmarshal(whole[:n]); !errors.Is(err, packed.ErrMalformed) {
			t.Errorf("cut off after %d bytes: %v", n, err)
		}
	}
	if _, err := Unmarshal(append(whole, 0)); !errors.Is(err, packed.ErrMalformed) {
		t.Errorf("with a byte more: %v", err)
	}
	late := New()
	late.Add(&witness.Witness{Method: "GET", NoRoute: true, Status: 404}, 60)
	if _, err := Unmarshal([]byte(render(t, late))); !errors.Is(err, packed.ErrMalformed) {
		t.Errorf("with a minute 60: %v", err)
	}
	if _, err := Unmarshal([]byte{version + 1}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("of another version: %v", err)
	}
}

func FuzzUnmarshal(f *testing.F) {
	f.Add(encodedSeries())
	f.Fuzz(func(t *testing.T, encoded []byte) {
		s, err := Unmarshal(encoded)
		if err != nil {
			return
		}
		again, err := Unmarshal([]byte(render(t, s)))
		if err != nil || render(t, again) != render(t, s) {
			t.Fatalf("what was read is not read again: %v", err)
		}
	})
}
