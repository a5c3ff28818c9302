package delta_test

import (
	"bytes"
	"testing"
	"time"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/delta"
	"akita/internal/har/hartest"
	"akita/internal/hour"
	"akita/internal/packed"
	"akita/internal/witness"
)

var start = time.Date(2026, 1, 5, 9, 30, 0, 0, time.UTC)

func drawCalls(t *rapid.T) []witness.Witness {
	calls := make([]witness.Witness, rapid.IntRange(0, 20).Draw(t, "calls"))
	for i := range calls {
		e := hartest.Draw(t)
		calls[i] = witness.FromEntry(&e, witness.Options{})
		if rapid.Bool().Draw(t, "is at a time") {
			calls[i].Start = start.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes")) * time.Minute)
		}
	}
	return calls
}

func fold(calls []witness.Witness) *delta.Delta {
	d := delta.New()
	for i := range calls {
		d.Add(&calls[i])
	}
	return d
}

func decoded(t *rapid.T, encoded []byte) *delta.Delta {
	d, err := delta.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A delta holds what its calls hold, in any order, and the same after it was sent.
func TestDeltaIsTheSumOfItsCalls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calls := drawCalls(t)
		d := fold(calls)
		encoded := d.Encode()
		if again := fold(rapid.Permutation(calls).Draw(t, "order")).Encode(); !bytes.Equal(again, encoded) {
			t.Fatal("another order gives another delta")
		}
		sent := decoded(t, encoded)
		if !bytes.Equal(sent.Encode(), encoded) || sent.Calls() != len(calls) || sent.Len() != d.Len() {
			t.Fatalf("%d calls in %d models are sent, %d in %d were folded", sent.Calls(), sent.Len(), len(calls), d.Len())
		}
		want := make(map[delta.Key]*apimodel.Model)
		for i := range calls {
			key := delta.Key{Part: apimodel.PartOf(&calls[i])}
			if !calls[i].Start.IsZero() {
				key.Hour = hour.Of(calls[i].Start)
			}
			if want[key] == nil {
				want[key] = apimodel.New()
			}
			want[key].Add(&calls[i])
		}
		for key, s := range sent.Sums() {
			if got, want := bytesOf(s), packedBytes(want[key]); !bytes.Equal(got, want) {
				t.Fatalf("the model of %+v differs from that of its calls", key)
			}
			delete(want, key)
		}
		if len(want) > 0 {
			t.Fatalf("%d models are missing", len(want))
		}
	})
}

// bytesOf returns all that a sum holds.
func bytesOf(s *delta.Sum) []byte {
	m := apimodel.New()
	if _, err := s.AddTo(m, delta.OwnMinutes, new(witness.Unpacker)); err != nil {
		panic(err)
	}
	return packedBytes(m)
}

func packedBytes(m *apimodel.Model) []byte {
	var w packed.Writer
	m.Pack(&w)
	return w.Bytes()
}

// What a daemon folds from the records of its spool, or from the lines of an earlier version, holds what
// the calls hold, with their places and without, and also if it has folded them before it wrote them.
func TestDeltaOfRecordsIsTheSumOfTheirCalls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calls := drawCalls(t)
		want := fold(calls)
		d := delta.New()
		for len(calls) > 0 {
			n := rapid.IntRange(1, len(calls)).Draw(t, "calls of a bundle")
			write := rapid.SampledFrom([]func([]byte, *witness.Witness) ([]byte, error){
				witness.AppendLine, new(witness.Packer).Append,
			}).Draw(t, "form")
			var records []byte
			var places delta.Places
			read := delta.New()
			for i := range calls[:n] {
				more, err := write(records, &calls[i])
				if err == nil {
					err = read.AddRead(&calls[i], more[len(records):])
				}
				if err != nil {
					t.Fatal(err)
				}
				records = more
				places.Append(&calls[i])
			}
			var err error
			switch rapid.SampledFrom([]string{"folded before", "with places", "without places"}).Draw(t, "bundle") {
			case "folded before":
				err = d.Take(read)
			case "with places":
				err = d.AddRecords(string(records), places)
			case "without places":
				err = d.AddRecords(string(records), nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			calls = calls[n:]
		}
		sent := decoded(t, d.Encode())
		if sent.Calls() != want.Calls() || d.Calls() != want.Calls() || sent.Models() > want.Models() {
			t.Fatalf("%d calls in %d models are sent, want %d in at most %d",
				sent.Calls(), sent.Models(), want.Calls(), want.Models())
		}
		sums := make(map[delta.Key][]byte)
		for key, s := range want.Sums() {
			sums[key] = bytesOf(s)
		}
		for key, s := range sent.Sums() {
			if !bytes.Equal(bytesOf(s), sums[key]) {
				t.Fatalf("the sum of %+v differs from that of its calls", key)
			}
			delete(sums, key)
		}
		if len(sums) > 0 {
			t.Fatalf("%d sums are missing", len(sums))
		}
	})
}

func TestBadRecords(t *testing.T) {
	t.Parallel()
	w := witness.Witness{Method: "GET", Template: "/a"}
	line, err := witness.AppendLine(nil, &w)
	if err != nil {
		t.Fatal(err)
	}
	var one, two delta.Places
	one.Append(&w)
	two.Append(&w)
	two.Append(&w)
	for name, c := range map[string]struct {
		lines  string
		places delta.Places
	}{
		"no witness":              {"{}\n", nil},
		"too few places":          {string(line) + string(line), one},
		"too many places":         {string(line), two},
		"places that are cut":     {string(line) + string(line), two[:len(two)-1]},
		"a bad line after a good": {string(line) + "{}\n", two},
		"a bad line before":       {"{}\n" + string(line), two},
	} {
		if err := delta.New().AddRecords(c.lines, c.places); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}
