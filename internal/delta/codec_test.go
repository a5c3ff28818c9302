package delta_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/delta"
	"akita/internal/shape"
	"akita/internal/witness"
)

func TestBadDeltas(t *testing.T) {
	t.Parallel()
	whole := fold([]witness.Witness{
		{Method: "GET", Template: "/a", Start: start}, {Method: "GET", Path: []witness.Segment{{Literal: "b"}}},
	}).Encode()
	alone := delta.New()
	call := witness.Witness{Method: "GET", Template: "/a", Start: start}
	line, err := witness.AppendLine(nil, &call)
	if err != nil {
		t.Fatal(err)
	}
	var places delta.Places
	places.Append(&call)
	if err := alone.AddRecords(string(line), places); err != nil {
		t.Fatal(err)
	}
	lone := alone.Encode()
	for name, c := range map[string]struct {
		encoded []byte
		want    string
	}{
		"nothing":         {nil, "does not begin like a delta"},
		"lines":           {[]byte(`{"method":"GET"}`), "does not begin like a delta"},
		"cut off":         {whole[:len(whole)-1], "cut off"},
		"more after it":   {append(bytes.Clone(whole), 0), "the delta has ended"},
		"of another part": {bytes.Replace(whole, []byte("/a"), []byte("/b"), 1), "a route is not of the part"},
		"a call of another part": {
			bytes.Replace(lone, []byte("/a"), []byte("/b"), 1), "a call is not of its hour and part",
		},
		"a call of another hour": {
			bytes.Replace(lone, []byte("T09:"), []byte("T10:"), 1), "a call is not of its hour and part",
		},
		"a call that is malformed": {bytes.Replace(lone, []byte("GET"), []byte("get"), 1), "not an HTTP method"},
		"the same part twice": {
			append([]byte("AKD2\x02"), bytes.Repeat(lone[delta.MagicBytes+1:], 2)...), "two sums of one hour and part",
		},
	} {
		if _, err := delta.Decode(c.encoded); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// A delta of a daemon that knew no consumers.
func TestDecodeOfAnEarlierDaemon(t *testing.T) {
	t.Parallel()
	encoded, err := hex.DecodeString("414b443102f2f73b87050001020000000100000106474554042f61010101020000000208706167650100000401000873697a" +
		"65010000040100000000000002000001900302000000000200000180c7efd7f1660001010200000180c7efd7f16600000000" +
		"01010305010101c801011e02000000f2f73bc120000101000000000001010100010101026200000103010000000000000000" +
		"00010000010001000000000100000180c7efd7f1660001010100000180c7efd7f16600000000000000000000000000000000" +
		"000000000000010103042f6201000100011e01000000")
	if err != nil {
		t.Fatal(err)
	}
	of := func(name string) witness.Witness {
		return witness.Witness{
			Method: "GET", Template: "/a", Start: start, Status: 200,
			Query: []witness.Param{{Name: name, Shape: &shape.Shape{Ints: 1}}},
		}
	}
	calls := []witness.Witness{of("page"), of("size"), {Method: "GET", Path: []witness.Segment{{Literal: "b"}}, Start: start}}
	d, err := delta.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := d.Encode(), fold(calls).Encode(); !bytes.Equal(got, want) {
		t.Errorf("it is\n%q\nwant\n%q", got, want)
	}
}

func TestIsEncoded(t *testing.T) {
	t.Parallel()
	if !delta.IsEncoded(delta.New().Encode()[:delta.MagicBytes]) {
		t.Error("the beginning of a delta is not one")
	}
	if !delta.IsEncoded([]byte("AKD1")) {
		t.Error("the beginning of a delta of an earlier daemon is not one")
	}
	for _, text := range []string{"", "AKD", "akd1", "AKD3", `{"method":"GET"}`} {
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
		for _, s := range again.Sums() {
			m := apimodel.New()
			for range 2 {
				if _, err := s.AddTo(m, delta.OwnMinutes, new(witness.Unpacker)); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
