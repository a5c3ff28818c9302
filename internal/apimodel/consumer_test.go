package apimodel_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/hour"
	"akita/internal/shape"
	"akita/internal/witness"
)

// drawConsumed draws calls of one operation by consumers, over some hours.
func drawConsumed(t *rapid.T) []witness.Witness {
	calls := make([]witness.Witness, rapid.IntRange(1, 60).Draw(t, "calls"))
	for i := range calls {
		w := witness.Witness{
			Method: "POST", Template: "/orders", Status: rapid.SampledFrom([]int{0, 200, 201, 400, 401, 500}).Draw(t, "status"),
			Request: &witness.Body{MediaType: "application/json", Shape: new(shape.Shape)},
		}
		if rapid.IntRange(0, 9).Draw(t, "has time") > 0 {
			w.Start = time.Date(2026, 1, 5, rapid.IntRange(0, 30).Draw(t, "hour"), 5, 0, 0, time.UTC)
		}
		if n := rapid.IntRange(0, 5).Draw(t, "consumer"); n > 0 {
			w.Consumer = witness.Consumer{Name: []string{"", "app", "billing job", "curl", "web", "other"}[n]}
		}
		if n := rapid.IntRange(0, 12).Draw(t, "version"); n > 0 && w.Consumer.Name == "app" {
			w.Consumer.Version = fmt.Sprint("v", n)
		}
		for _, name := range []string{"page", "size", "sort"} {
			if rapid.Bool().Draw(t, name) {
				w.Query = append(w.Query, witness.Param{Name: name, Shape: &shape.Shape{Ints: 1}})
			}
		}
		text := rapid.SampledFrom([]string{`{}`, `{"sku":1}`, `{"items":[{"sku":"a"},{"gift":true}]}`, `[[{"a":1}]]`,
			`{"2026-01-05":{"note":""}}`}).Draw(t, "body")
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			t.Fatal(err)
		}
		w.Request.Shape = s
		if rapid.IntRange(0, 3).Draw(t, "auth") == 0 {
			w.Auth = []witness.Auth{{Type: witness.AuthBearer}}
		}
		calls[i] = w
	}
	return calls
}

// onlyOperation returns the operation of a model that has one.
func onlyOperation(t interface{ Fatalf(string, ...any) }, m *apimodel.Model) *apimodel.Operation {
	var ops []*apimodel.Operation
	for _, op := range m.Operations() {
		ops = append(ops, op)
	}
	if len(ops) != 1 {
		t.Fatalf("the model has %d operations", len(ops))
	}
	return ops[0]
}

// What is known of consumers is what their calls say, in any order and grouping, and after it was stored.
func TestConsumersAreWhatTheirCallsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calls := drawConsumed(t)
		cut := rapid.IntRange(0, len(calls)).Draw(t, "cut")
		order := rapid.Permutation(calls).Draw(t, "order")
		left, right := modelOf(order[:cut]), modelOf(order[cut:])
		if rapid.Bool().Draw(t, "stored") {
			var err error
			if left, err = apimodel.Unmarshal([]byte(render(t, left))); err != nil {
				t.Fatal(err)
			}
		}
		left.Merge(right)
		if render(t, left) != render(t, modelOf(calls)) {
			t.Fatal("another order and grouping give another model")
		}
		checkConsumers(t, onlyOperation(t, left), calls)
	})
}

// checkConsumers compares the consumers of an operation with its calls.
func checkConsumers(t *rapid.T, op *apimodel.Operation, calls []witness.Witness) {
	byName := make(map[string][]witness.Witness)
	for i := range calls {
		if name := calls[i].Consumer.Name; name != "" {
			byName[name] = append(byName[name], calls[i])
		}
	}
	if len(op.Consumers) != len(byName) {
		t.Fatalf("there are %d consumers, want %d", len(op.Consumers), len(byName))
	}
	for name, of := range byName {
		c := op.Consumers[name]
		if c == nil {
			t.Fatalf("%s is missing", name)
		}
		statuses := make(map[int]uint64)
		var first, last hour.Hour
		lastOf := make(map[string]hour.Hour)
		sent := make(map[apimodel.Sent]bool)
		for i := range of {
			w := &of[i]
			statuses[w.Status]++
			var at hour.Hour
			if !w.Start.IsZero() {
				at = hour.Of(w.Start)
				if first == 0 || at < first {
					first = at
				}
				last = max(last, at)
			}
			if v := w.Consumer.Version; v != "" {
				lastOf[v] = max(lastOf[v], at)
			}
			if w.Status < 400 {
				for _, s := range sentBy(w) {
					sent[s] = true
				}
			}
		}
		if !maps.Equal(c.Statuses(), statuses) || c.Calls() != uint64(len(of)) {
			t.Fatalf("%s has statuses %v of %d calls, want %v", name, c.Statuses(), c.Calls(), statuses)
		}
		if c.First != first || c.Last != last {
			t.Fatalf("%s was seen from %d to %d, want %d to %d", name, c.First, c.Last, first, last)
		}
		versions := slices.SortedFunc(maps.Keys(lastOf), func(x, y string) int {
			if lastOf[x] != lastOf[y] {
				return int(lastOf[y] - lastOf[x])
			}
			return -len(x)*1000 + len(y)*1000
		})
		if len(versions) <= 8 && !slices.Equal(c.Versions(), slices.Sorted(maps.Keys(lastOf))) {
			t.Fatalf("%s has versions %v, want %v", name, c.Versions(), lastOf)
		}
		for _, v := range c.Versions() {
			newer := 0
			for _, last := range lastOf {
				if last > lastOf[v] {
					newer++
				}
			}
			if newer >= 8 {
				t.Fatalf("%s has version %s, and %d are newer", name, v, newer)
			}
		}
		for _, s := range everySent {
			if c.HasSent(s) != sent[s] {
				t.Fatalf("%s has sent %d: %t, want %t", name, s, c.HasSent(s), sent[s])
			}
		}
	}
}

// A limited number of consumers is kept apart, whatever the order of calls.
func TestManyConsumers(t *testing.T) {
	t.Parallel()
	calls := make([]witness.Witness, 1500)
	for i := range calls {
		calls[i] = witness.Witness{
			Method: "GET", Template: "/a", Status: 200 + i%2*300, Start: time.Date(2026, 1, 5, i%24, 0, 0, 0, time.UTC),
			Consumer: witness.Consumer{Name: fmt.Sprintf("job-%d", i%700), Version: "1"},
		}
	}
	forward := modelOf(calls)
	backward := apimodel.New()
	for i := range calls {
		backward.Add(&calls[len(calls)-1-i])
	}
	halves := modelOf(calls[:600])
	second, err := apimodel.Unmarshal([]byte(render(t, modelOf(calls[600:]))))
	if err != nil {
		t.Fatal(err)
	}
	halves.Merge(second)
	if render(t, backward) != render(t, forward) || render(t, halves) != render(t, forward) {
		t.Error("another order or grouping gives another model")
	}
	of := onlyOperation(t, forward).Consumers
	var sum uint64
	for _, c := range of {
		sum += c.Calls()
	}
	other := of[witness.OtherConsumer]
	if len(of) != apimodel.MaxConsumers+1 || sum != 1500 || other == nil || len(other.Versions()) != 0 {
		t.Errorf("%d consumers with %d calls, others %+v", len(of), sum, other)
	}
}

func TestCallsOfUnknownConsumersAreNotTheirs(t *testing.T) {
	t.Parallel()
	op := onlyOperation(t, modelOf([]witness.Witness{{Method: "GET", Template: "/a", Status: 200}}))
	if len(op.Consumers) != 0 {
		t.Errorf("got %v", op.Consumers)
	}
}
