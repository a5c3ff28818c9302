package series

import (
	"fmt"
	"testing"

	"akita/internal/witness"
)

func benchmarkCalls() (calls []witness.Witness) {
	for i := range 1000 {
		calls = append(calls, witness.Witness{
			Method: "GET", Host: "a.test", Template: fmt.Sprintf("/items%d/{id}/", i%3), Status: 200 + i%20/19*300,
			LatencyMs: 5 + float64(i%97), Response: sized(900),
		})
	}
	return calls
}

func BenchmarkAdd(b *testing.B) {
	calls := benchmarkCalls()
	for b.Loop() {
		s := New()
		for i := range calls {
			s.Add(&calls[i], i/100)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(calls)), "ns/call")
}

// BenchmarkAddOne adds one call to a new series, as the first one of a part in a bundle is.
func BenchmarkAddOne(b *testing.B) {
	calls := benchmarkCalls()
	for b.Loop() {
		s := New()
		s.Add(&calls[0], 0)
	}
}

// BenchmarkStep merges 250 calls into the series of an hour with 60 minutes, and encodes it.
func BenchmarkStep(b *testing.B) {
	calls := benchmarkCalls()
	hour, step := New(), New()
	for minute := range 60 {
		for i := range calls {
			hour.Add(&calls[i], minute)
		}
	}
	for i := range 250 {
		step.Add(&calls[i], 59)
	}
	size := 0
	for b.Loop() {
		hour.Merge(step)
		encoded, _ := hour.MarshalBinary()
		size = len(encoded)
	}
	b.ReportMetric(float64(size), "bytes")
}
