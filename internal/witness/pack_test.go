package witness_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// A record holds what a line holds.
func TestRecordsAreReadAsLines(t *testing.T) {
	t.Parallel()
	var packer witness.Packer
	rapid.Check(t, func(t *rapid.T) {
		var text []byte
		var lines []byte
		for range rapid.IntRange(0, 5).Draw(t, "calls") {
			e := hartest.Draw(t)
			w := witness.FromEntry(&e, witness.Options{})
			line, err := witness.AppendLine(nil, &w)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, line...)
			if rapid.Bool().Draw(t, "as a line") {
				text = append(text, line...)
			} else if text, err = packer.Append(text, &w); err != nil {
				t.Fatal(err)
			}
		}
		read, err := witness.AppendLines(nil, string(text))
		if err != nil || string(read) != string(lines) {
			t.Fatalf("read\n%s, %v\nwant\n%s", read, err, lines)
		}
	})
}

func TestAppendRecordIsBounded(t *testing.T) {
	t.Parallel()
	w := witness.Witness{Method: "GET", Path: []witness.Segment{{Literal: strings.Repeat("a", witness.MaxLineBytes)}}}
	record, err := new(witness.Packer).Append([]byte("before"), &w)
	if !errors.Is(err, witness.ErrMalformed) || string(record) != "before" {
		t.Errorf("%d bytes, %v", len(record), err)
	}
}

func TestBadRecords(t *testing.T) {
	t.Parallel()
	w := witness.Witness{Method: "GET", Template: "/a", Status: 200}
	good, err := new(witness.Packer).Append(nil, &w)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"nothing":        nil,
		"a mark":         good[:1],
		"cut off":        good[:len(good)-1],
		"more behind":    append(bytes.Clone(good), 0),
		"a method":       bytes.Replace(good, []byte("GET"), []byte("get"), 1),
		"a short length": append([]byte{good[0], good[1] - 1}, good[2:len(good)-1]...),
		"no length":      {good[0], 0x80},
	} {
		if err := new(witness.Unpacker).Read(new(witness.Witness), string(bad)); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

// Whatever a record holds, it is refused, or it is a witness that a line can hold.
func FuzzUnpacker(f *testing.F) {
	w := witness.Witness{Method: "GET", Template: "/a", Status: 200, Response: &witness.Body{MediaType: "a/b"}}
	record, err := new(witness.Packer).Append(nil, &w)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(record))
	f.Fuzz(func(t *testing.T, text string) {
		for record := range witness.Records(text) {
			var w witness.Witness
			if err := new(witness.Unpacker).Read(&w, record); err != nil {
				continue
			}
			line, err := witness.AppendLine(nil, &w)
			if err != nil {
				continue // it is too long
			}
			if err := w.ReadLine(string(line), nil); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
		}
	})
}
