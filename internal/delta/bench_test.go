package delta_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"akita/internal/delta"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// endpointCalls returns calls, as lines, that are spread evenly over endpoints. Each response has 20
// fields.
func endpointCalls(calls, endpoints int) []byte {
	var lines []byte
	for i := range calls {
		body := `{"id":1`
		for f := range 19 {
			body += fmt.Sprintf(`,"field_%d_%d":"text %d"`, i%endpoints%50, f, i)
		}
		e := hartest.Call(fmt.Sprintf("/items/%d", i), 200, body+"}")
		w := witness.FromEntry(&e, witness.Options{})
		w.Template, w.Path = fmt.Sprintf("/items%d/{id}", i%endpoints), nil
		lines, _ = witness.AppendLine(lines, &w)
	}
	return lines
}

func foldLines(b *testing.B, lines []byte) *delta.Delta {
	b.Helper()
	d, reader := delta.New(), witness.NewReader(bytes.NewReader(lines))
	var w witness.Witness
	for {
		err := reader.Next(&w)
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			b.Fatal(err)
		}
		d.Add(&w)
	}
}

// The time of each is that of 1,000 calls.
func BenchmarkDelta(b *testing.B) {
	for _, endpoints := range []int{1, 50, 1000} {
		lines := endpointCalls(1000, endpoints)
		d := foldLines(b, lines)
		encoded := d.Encode()
		b.Run(fmt.Sprintf("fold/endpoints=%d", endpoints), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				foldLines(b, lines)
			}
		})
		b.Run(fmt.Sprintf("encode/endpoints=%d", endpoints), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Encode()
			}
		})
		b.Run(fmt.Sprintf("decode/endpoints=%d", endpoints), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := delta.Decode(encoded); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
