package apimodel_test

import (
	"fmt"
	"runtime"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/shape"
	"akita/internal/witness"
)

// scan returns calls of a scanner, which guesses words that are not operations.
func scan(calls int) []witness.Witness {
	witnesses := make([]witness.Witness, calls)
	for i := range witnesses {
		witnesses[i] = witness.Witness{
			Method: "GET", Host: "a.test", Status: 404,
			Path: []witness.Segment{{Literal: word(i % 47)}, {Literal: word(i / 47 % 47)}, {Literal: word(i / 47 / 47)}},
		}
		witnesses[i].Response = &witness.Body{
			MediaType: "application/json",
			Shape: &shape.Shape{
				Objs: 1, Object: &shape.Object{Fields: shape.Fields{{Name: "detail", Shape: &shape.Shape{Strs: 1}}}},
			},
		}
	}
	return witnesses
}

// word returns a word of letters, a different one for each number.
func word(n int) string {
	text := []byte("word")
	for n++; n > 0; n /= 26 {
		text = append(text, byte('a'+n%26))
	}
	return string(text)
}

func inferAll(b *testing.B, witnesses []witness.Witness) {
	b.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var m *apimodel.Model
	for b.Loop() {
		m = modelOf(witnesses)
		endpoints.Infer(m)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/(1<<20), "MiB-kept")
	runtime.KeepAlive(m)
	runtime.KeepAlive(witnesses)
}

func BenchmarkScanner(b *testing.B) { inferAll(b, scan(100_000)) }

func BenchmarkHosts(b *testing.B) {
	for _, status := range []int{200, 404} {
		b.Run(fmt.Sprint(status), func(b *testing.B) {
			witnesses := make([]witness.Witness, 100_000)
			for i := range witnesses {
				witnesses[i] = witness.Witness{
					Method: "GET", Host: word(i) + ".test", Status: status,
					Path: []witness.Segment{{Literal: "users"}, {Literal: "me"}},
				}
			}
			inferAll(b, witnesses)
		})
	}
}

// BenchmarkSiblings infers from sibling words whose responses all differ.
func BenchmarkSiblings(b *testing.B) {
	for _, siblings := range []int{100, 400, 1000} {
		b.Run(fmt.Sprint(siblings), func(b *testing.B) {
			m := apimodel.New()
			for i := range siblings {
				fields := shape.Fields{{Name: "ok", Shape: &shape.Shape{Bools: 1}}, {Name: "request", Shape: &shape.Shape{Strs: 1}}}
				for f := range 6 {
					fields = append(fields, shape.Field{Name: fmt.Sprintf("%s_%d", word(i), f), Shape: &shape.Shape{Strs: 1}})
				}
				w := witness.Witness{
					Method: "POST", Host: "a.test", Status: 200,
					Path: []witness.Segment{{Literal: "rpc"}, {Literal: "do" + word(i)}},
				}
				w.Response = &witness.Body{
					MediaType: "application/json", Shape: &shape.Shape{Objs: 1, Object: &shape.Object{Fields: fields}},
				}
				m.Add(&w)
			}
			for b.Loop() {
				if got := len(endpoints.Infer(m).Overview(endpoints.Filter{}).Endpoints); got != siblings {
					b.Fatalf("%d endpoints, want %d", got, siblings)
				}
			}
		})
	}
}
