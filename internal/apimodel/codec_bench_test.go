package apimodel_test

import (
	"fmt"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// hourOfCalls is the model of some calls of one route, which answers with a record of 20 fields.
func hourOfCalls(b *testing.B) *apimodel.Model {
	b.Helper()
	text := `{"id":7`
	for f, value := range []string{`"some text"`, `12`, `true`, `"2026-01-01T09:00:00Z"`, `2.5`} {
		for n := range 4 {
			text += fmt.Sprintf(`,"field_%d_%d":%s`, f, n, value)
		}
	}
	s, err := shape.OfJSON(text+"}", shape.Options{})
	if err != nil {
		b.Fatal(err)
	}
	m := apimodel.New()
	for i := range 3 {
		m.Add(&witness.Witness{
			Start: time.Date(2026, 1, 1, 9, i, 0, 0, time.UTC), LatencyMs: float64(10 + i), Method: "GET",
			Host: "a.test", Scheme: "https", Template: "/items/{id}/", Status: 200,
			PathArgs: []witness.Param{{Name: "id", Shape: &shape.Shape{Ints: 1}}},
			Response: &witness.Body{MediaType: "application/json", Shape: s, Size: shape.Bucket(300)},
		})
	}
	return m
}

func BenchmarkUnmarshal(b *testing.B) {
	encoded, err := hourOfCalls(b).MarshalBinary()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(encoded)))
	var decoder apimodel.Decoder
	for b.Loop() {
		if _, err := decoder.Unmarshal(encoded); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMarshal(b *testing.B) {
	m := hourOfCalls(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.MarshalBinary(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMerge(b *testing.B) {
	m := hourOfCalls(b)
	sum := m.Clone()
	b.ReportAllocs()
	for b.Loop() {
		sum.Merge(m)
	}
}
