package facts

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/packed"
)

func TestEncodingIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := draw(t, "hours")
		r.Set(240, 24, counts(9, 3))
		encoded := render(t, r)
		read, err := Unmarshal([]byte(encoded))
		if err != nil {
			t.Fatal(err)
		}
		if got := render(t, read); got != encoded {
			t.Fatalf("read as\n%q\nwant\n%q", got, encoded)
		}
	})
}

func encodedRecord() []byte {
	r := NewRecord()
	r.Set(500, 1, counts(4, 2))
	encoded, _ := r.MarshalBinary() // it returns no error
	return encoded
}

func TestMalformedRecordsAreRefused(t *testing.T) {
	t.Parallel()
	whole := encodedRecord()
	for n := range whole {
		if _, err := Unmarshal(whole[:n]); !errors.Is(err, packed.ErrMalformed) {
			t.Errorf("cut off after %d bytes: %v", n, err)
		}
	}
	if _, err := Unmarshal(append(whole, 0)); !errors.Is(err, packed.ErrMalformed) {
		t.Errorf("with a byte more: %v", err)
	}
	if _, err := Unmarshal([]byte{version + 1}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("of another version: %v", err)
	}
}

func FuzzUnmarshal(f *testing.F) {
	f.Add(encodedRecord())
	f.Fuzz(func(t *testing.T, encoded []byte) {
		r, err := Unmarshal(encoded)
		if err != nil {
			return
		}
		if _, err := Unmarshal([]byte(render(t, r))); err != nil {
			t.Fatalf("what was read is not read again: %v", err)
		}
	})
}
