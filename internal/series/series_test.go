package series

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/har/hartest"
	"akita/internal/shape"
	"akita/internal/witness"
)

// timed is a call with its minute.
type timed struct {
	witness.Witness
	minute int
}

func drawCalls(t *rapid.T) []timed {
	calls := make([]timed, rapid.IntRange(0, 30).Draw(t, "calls"))
	for i := range calls {
		e := hartest.Draw(t)
		calls[i] = timed{witness.FromEntry(&e, witness.Options{}), rapid.IntRange(0, 59).Draw(t, "minute")}
	}
	return calls
}

// few keeps few operations, so that tests exceed it.
const few = 4

func seriesOf(calls []timed) *Series {
	s := newWithin(few)
	for i := range calls {
		s.Add(&calls[i].Witness, calls[i].minute)
	}
	return s
}

func render(t interface{ Fatal(...any) }, s *Series) string {
	encoded, err := s.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func TestSeriesIsACommutativeMonoid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calls := drawCalls(t)
		want := seriesOf(calls)
		shuffled := rapid.Permutation(calls).Draw(t, "order")
		cut := rapid.IntRange(0, len(shuffled)).Draw(t, "cut")
		left, right := seriesOf(shuffled[:cut]), seriesOf(shuffled[cut:])
		before := render(t, right)
		sum := newWithin(few)
		sum.Merge(left)
		sum.Merge(right)
		sum.Merge(New())
		if got, want := render(t, sum), render(t, want); got != want {
			t.Fatalf("another order and grouping give\n%q\nwant\n%q", got, want)
		}
		if render(t, right) != before {
			t.Fatal("merging changed what was merged in")
		}
		// Reducing to hours before or after merging is the same, and so is one side only.
		if n := sum.Calls(); n != uint64(len(calls)) || sum.AtMinute(7).Calls() != n {
			t.Fatalf("%d calls are counted, want %d", n, len(calls))
		}
		for cell := range sum.AtMinute(7).All() {
			if cell.At != 7 {
				t.Fatalf("%+v is not of the minute", cell)
			}
		}
		reduced := left.Reduced(0)
		reduced.Merge(right)
		other := right.Reduced(0)
		other.Merge(left)
		if got, want := render(t, reduced), render(t, want.Reduced(0)); got != want || render(t, other) != want {
			t.Fatalf("the sum by the hour is\n%q\nwant\n%q", got, want)
		}
	})
}

func TestEncodingIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newWithin(maxOperations)
		for _, c := range drawCalls(t) {
			s.Add(&c.Witness, c.minute)
		}
		for _, s := range []*Series{s, s.Reduced(rapid.IntRange(0, 700).Draw(t, "hour"))} {
			encoded := render(t, s)
			read, err := Unmarshal([]byte(encoded))
			if err != nil {
				t.Fatal(err)
			}
			if got := render(t, read); got != encoded || read.ByHour() != s.ByHour() {
				t.Fatalf("read as\n%q\nwant\n%q", got, encoded)
			}
		}
	})
}

func sized(size uint64) *witness.Body { return &witness.Body{Size: shape.Bucket(size)} }

func TestCallsAreCounted(t *testing.T) {
	t.Parallel()
	call := witness.Witness{Method: "GET", Host: "a.test", Template: "/a/{id}/", Status: 200, LatencyMs: 20}
	failed := call
	failed.Status, failed.LatencyMs, failed.Request, failed.Response = 500, 0, sized(5), sized(1000)
	unmatched := witness.Witness{Method: "GET", NoRoute: true, Status: 404}
	s := New()
	s.Add(&call, 3)
	s.Add(&failed, 3)
	s.Add(&failed, 3)
	s.Add(&call, 59)
	s.Add(&unmatched, 0)
	got := make(map[string]string)
	for cell, c := range s.All() {
		got[fmt.Sprint(cell.Operation.Path, " ", cell.Status, " ", cell.At)] = fmt.Sprint(
			c.Calls, " ", c.RequestBytes, " ", c.ResponseBytes, " ", c.Latency.Percentiles().P50)
	}
	for cell, want := range map[string]string{
		"/a/{id}/ 200 3": "1 0 0 20", "/a/{id}/ 200 59": "1 0 0 20", "/a/{id}/ 500 3": "2 12 1536 0", " 404 0": "1 0 0 0",
	} {
		if got[cell] != want {
			t.Errorf("%s: %q, want %q", cell, got[cell], want)
		}
	}
	if len(got) != 4 {
		t.Errorf("%d cells, want 4: %v", len(got), got)
	}
}

// Operations beyond the bound count in the rest, in whatever order they come.
func TestOperationsAreBounded(t *testing.T) {
	t.Parallel()
	var calls []timed
	for i := range 3 * few {
		w := witness.Witness{Method: "GET", Template: fmt.Sprintf("/%d/", i), Status: 200}
		calls = append(calls, timed{w, i}, timed{w, i})
	}
	s := seriesOf(calls)
	var rest, kept uint64
	for cell, c := range s.All() {
		if cell.Operation == (apimodel.OperationKey{}) {
			rest += c.Calls
		} else {
			kept += c.Calls
		}
	}
	if kept != 2*few || rest != 4*few {
		t.Errorf("%d calls of operations and %d others, want %d and %d", kept, rest, 2*few, 4*few)
	}
}
