package delta_test

import (
	"bytes"
	"strings"
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
		for key, m := range sent.Models() {
			if got, want := bytesOf(m), bytesOf(want[key]); !bytes.Equal(got, want) {
				t.Fatalf("the model of %+v differs from that of its calls", key)
			}
			delete(want, key)
		}
		if len(want) > 0 {
			t.Fatalf("%d models are missing", len(want))
		}
	})
}

func bytesOf(m *apimodel.Model) []byte {
	var w packed.Writer
	m.Pack(&w)
	return w.Bytes()
}

func TestBadDeltas(t *testing.T) {
	t.Parallel()
	whole := fold([]witness.Witness{
		{Method: "GET", Template: "/a", Start: start}, {Method: "GET", Path: []witness.Segment{{Literal: "b"}}},
	}).Encode()
	twice := bytes.Clone(whole)
	twice[delta.MagicBytes] = 3 // models, with the last one again
	twice = append(twice, whole[len(whole)/2:]...)
	for name, c := range map[string]struct {
		encoded []byte
		want    string
	}{
		"nothing":         {nil, "does not begin like a delta"},
		"lines":           {[]byte(`{"method":"GET"}`), "does not begin like a delta"},
		"cut off":         {whole[:len(whole)-1], "cut off"},
		"more after it":   {append(bytes.Clone(whole), 0), "the delta has ended"},
		"of another part": {bytes.Replace(whole, []byte("/a"), []byte("/b"), 1), "a route is not of the part"},
	} {
		if _, err := delta.Decode(c.encoded); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := delta.Decode(twice); err == nil {
		t.Error("a delta with too many models is decoded")
	}
}

func TestIsEncoded(t *testing.T) {
	t.Parallel()
	if !delta.IsEncoded(delta.New().Encode()[:delta.MagicBytes]) {
		t.Error("the beginning of a delta is not one")
	}
	for _, text := range []string{"", "AKD", "akd1", `{"method":"GET"}`} {
		if delta.IsEncoded([]byte(text)) {
			t.Errorf("%q is a delta", text)
		}
	}
}

// Decode never panics, takes memory in proportion to its input, and returns only what is encoded to
// something that it accepts again.
func FuzzDecode(f *testing.F) {
	f.Add(fold([]witness.Witness{{Method: "GET", Template: "/a", Start: start}}).Encode())
	f.Add(fold([]witness.Witness{{Method: "POST", Host: "a.test", Path: []witness.Segment{{Literal: "b"}}}}).Encode())
	f.Fuzz(func(t *testing.T, encoded []byte) {
		d, err := delta.Decode(encoded)
		if err != nil {
			return
		}
		again, err := delta.Decode(d.Encode())
		if err != nil {
			t.Fatalf("what was decoded cannot be decoded again: %v", err)
		}
		for _, m := range again.Models() {
			sum := m.Clone()
			sum.Merge(m)
		}
	})
}
