package witness_test

import (
	"testing"

	"akita/internal/witness"
)

// Read reuses memory: nothing of the witness before may remain, and its texts stay.
func TestUnpackerForgetsTheWitnessBefore(t *testing.T) {
	t.Parallel()
	full := witness.Witness{
		Method: "GET", Host: "a", View: "v", Path: []witness.Segment{{Literal: "first"}, {Literal: "b"}},
		Query: params("q"), Status: 200, Request: body(), Streamed: true,
	}
	full.Request.Actions[0].Shape, full.Request.Batch = nil, false
	empty := witness.Witness{Method: "PUT", Path: []witness.Segment{{Literal: "other"}}}
	var packer witness.Packer
	var unpacker witness.Unpacker
	var read witness.Witness
	var first string
	for _, w := range []*witness.Witness{&full, &empty} {
		record, err := packer.Append(nil, w)
		if err == nil {
			err = unpacker.Read(&read, string(record))
		}
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = read.Path[0].Literal
		}
	}
	line, err := witness.AppendLine(nil, &read)
	if err != nil || string(line) != `{"method":"PUT","path":[{"literal":"other"}]}`+"\n" || first != "first" {
		t.Errorf("the second witness is %s, %v, and a text of the first %s", line, err, first)
	}
}
