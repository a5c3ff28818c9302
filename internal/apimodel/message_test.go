package apimodel

import (
	"testing"
	"time"

	"akita/internal/shape"
	"akita/internal/witness"
)

// The value of a segment is kept under its distance from the end of the path, so that the same value
// has the same key with and without a prefix.
func TestRequestKeepsPathValuesFromTheEnd(t *testing.T) {
	t.Parallel()
	value := witness.Segment{Kind: &shape.Shape{Ints: 1}}
	word := witness.Segment{Literal: "users"}
	var r Request
	r.add(&witness.Witness{Path: []witness.Segment{word, value, word, value}})
	r.add(&witness.Witness{Path: []witness.Segment{{Literal: "v1"}, word, value, word, value}})
	if r.Count != 2 || r.NoBody != 2 {
		t.Errorf("%d requests, %d without a body, want 2 and 2", r.Count, r.NoBody)
	}
	for fromEnd, want := range map[int]uint64{1: 2, 2: 0, 3: 2, 4: 0} {
		if got := r.Args.Calls(PathArg(fromEnd, 0)); got != want {
			t.Errorf("%d calls had a value in segment %d from the end, want %d", got, fromEnd, want)
		}
	}
}

// Each value of a segment is kept apart, and so is a date that may be a version.
func TestRequestKeepsEachValueOfASegment(t *testing.T) {
	t.Parallel()
	lines := witness.Segment{
		Prefix: "Lines(", Kind: &shape.Shape{Ints: 1}, Suffix: ",",
		More: []witness.SegmentValue{{Kind: &shape.Shape{Strs: 1}, Suffix: ")"}},
	}
	var r Request
	r.add(&witness.Witness{Path: []witness.Segment{{Literal: "api"}, {Literal: "2024-01-05"}, lines}})
	for key, want := range map[string]uint64{
		PathArg(1, 0): 1, PathArg(1, 1): 1, PathArg(1, 2): 0, PathArg(2, 0): 1, PathArg(3, 0): 0,
	} {
		if got := r.Args.Calls(key); got != want {
			t.Errorf("%d calls had the value %s, want %d", got, key, want)
		}
	}
}

func TestResponse(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	answer := &witness.Body{MediaType: "application/json", Shape: &shape.Shape{Objs: 1}}
	one, other := newResponse(), newResponse()
	one.add(&witness.Witness{Start: start, LatencyMs: 10, Response: answer, Streamed: true, SamePage: true})
	one.add(&witness.Witness{LatencyMs: 0}) // unknown time and latency
	other.add(&witness.Witness{Start: start.Add(time.Hour), LatencyMs: 30, Response: answer})
	one.merge(other)
	if one.Count != 3 || one.NoBody != 1 || one.Streamed != 1 || one.SamePage != 1 || one.Bodies["application/json"].Count != 2 {
		t.Errorf("got %+v", one)
	}
	if want := (Period{start, start.Add(time.Hour)}); one.Seen != want {
		t.Errorf("seen in %+v, want %+v", one.Seen, want)
	}
	if n := one.Latency.Count(); n != 2 {
		t.Errorf("%v latencies are kept, want 2", n)
	}
}
