package compare_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/packed"
	"akita/internal/witness"
)

// every returns a recording of all rows, at different hours.
func every(t *testing.T) compare.Recording {
	t.Helper()
	rows := comparetest.Rows()
	var calls []comparetest.Call
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		row := rows[name]
		row.Call.After = time.Duration(len(calls)) * 20 * time.Minute
		calls = append(calls, row.Call)
	}
	return comparetest.Recording(t, nil, calls...)
}

func TestRecordingsAreDecoded(t *testing.T) {
	t.Parallel()
	encoded, err := every(t).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	r, err := compare.UnmarshalRecording(encoded)
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.MarshalBinary()
	if err != nil || !bytes.Equal(again, encoded) {
		t.Errorf("the recording has changed: %d bytes, were %d; %v", len(again), len(encoded), err)
	}
	d := comparetest.Document(t, comparetest.Pets)
	want, _ := every(t).Traffic()
	got, _ := r.Traffic()
	comparetest.Equal(t, "decoded", compare.Drift(d, got), compare.Drift(d, want))
}

func TestMalformedRecordingsAreRefused(t *testing.T) {
	t.Parallel()
	encoded, err := every(t).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := compare.UnmarshalRecording(append([]byte{2}, encoded[1:]...)); err == nil ||
		!strings.Contains(err.Error(), "upgrade akita") {
		t.Errorf("a newer version: %v", err)
	}
	for name, text := range map[string][]byte{
		"nothing": nil, "the half": encoded[:len(encoded)/2], "more": append(slices.Clone(encoded), 1),
	} {
		if _, err := compare.UnmarshalRecording(text); !errors.Is(err, packed.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzUnmarshalRecording(f *testing.F) {
	f.Add([]byte{1, 0, 0})
	f.Add([]byte("\x01\x06\x04\x00\x00\x00\x00\x00\x00\x01\x02a\x02b\x02c\x00\x01\x01"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := compare.UnmarshalRecording(text)
		if err != nil {
			return
		}
		if _, err := r.MarshalBinary(); err != nil {
			t.Error(err)
		}
		r.Traffic()
	})
}

// FuzzUnmarshalForeign compares whatever passes the checks.
func FuzzUnmarshalForeign(f *testing.F) {
	m := apimodel.New()
	m.Add(&witness.Witness{Method: "GET", Host: "a.test", Path: []witness.Segment{{Literal: "a"}}, Status: 200})
	m.Add(&witness.Witness{Method: "GET", Template: "/b", Status: 404})
	body, err := compare.Recording{Model: m}.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Fuzz(func(_ *testing.T, text []byte) {
		r, err := compare.UnmarshalForeign(text)
		if err != nil {
			return
		}
		x, y := compare.SidesOfOneAPI(r, compare.Recording{Model: m})
		compare.Cover(x, y, nil)
		compare.Cover(y, x, nil)
	})
}
