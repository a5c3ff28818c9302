package local

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"akita/internal/agent/traces"
	"akita/internal/delta"
)

// fox is another trace, which is on in some tests.
var fox = traces.Trace{
	ID: "lrn_0000000000000000000001", Name: "red-fox-1", ProjectID: panda.ProjectID, End: panda.End, SamplingRate: 1,
}

const foxPath = "/v1/services/django-demo/traces/red-fox-1/events"

// seen returns what is in the spool: the traces of bundles, those that they also have and those
// that they repeat, and how many witnesses.
func (b *bench) seen() map[string]int {
	b.t.Helper()
	got := make(map[string]int)
	dontWait, cancel := context.WithCancel(context.Background())
	cancel()
	for {
		bundles, err := b.spool.Next(dontWait, 100, 1<<20)
		if err != nil {
			return got
		}
		names := strings.NewReplacer(panda.ID, "panda", fox.ID, "fox")
		for _, b := range bundles {
			got[names.Replace(fmt.Sprintf("%s%v%v", b.TraceID, b.Also, b.Repeats))] += b.Count
		}
	}
}

func TestCallsOfSeveralTraces(t *testing.T) {
	t.Parallel()
	other := strings.Replace(entry, `"GET"`, `"POST"`, 1)
	if other == entry {
		t.Fatal("the entries are alike")
	}
	ids := `"trace_ids":["` + panda.ID + `","` + fox.ID + `","lrn_0000000000000000000009"],`
	taken := `{"trace_event_details":{"drops":0},"trace_ids":["` + panda.ID + `","` + fox.ID + `"]}`
	for name, c := range map[string]struct {
		requests [][2]string // path, body
		status   int
		answer   string // to the last one
		want     map[string]int
	}{
		"named by the middleware": {
			[][2]string{{eventsPath, `{"client_name":"web",` + ids + `"trace_events":[` + entry + `,` + entry + `]}`}},
			202, taken, map[string]int{"panda[fox][]": 2},
		},
		"named, and one is bad": {
			[][2]string{{eventsPath, `{"client_name":"web",` + ids + `"trace_events":[` + entry + `,1]}`}},
			422, `{"message":"Not all trace events were processed","trace_event_details":{"drops":1},` + taken[35:],
			map[string]int{"panda[fox][]": 1},
		},
		"no trace named": {
			[][2]string{{foxPath, `{"client_name":"web","trace_ids":[],"trace_events":[` + entry + `]}`}},
			202, `{"trace_event_details":{"drops":0},"trace_ids":["` + fox.ID + `"]}`, map[string]int{"fox[][]": 1},
		},
		"named too late": {
			[][2]string{{eventsPath, `{"client_name":"web","trace_events":[],"trace_ids":[]}`}},
			400, `{"message":"Invalid request body","detail":"trace_ids must stand before trace_events"}`, map[string]int{},
		},
		"named by a number": {
			[][2]string{{eventsPath, `{"trace_ids":[1]}`}},
			400, `{"message":"Invalid request body","detail":"a member has the wrong type"}`, map[string]int{},
		},
		"too many": {
			[][2]string{{eventsPath, `{"trace_ids":[""` + strings.Repeat(`,""`, maxTraceIDs) + `]}`}},
			400, `{"message":"Invalid request body","detail":"trace_ids has more than 100 traces"}`, map[string]int{},
		},
		"sent for each trace": {
			[][2]string{
				{eventsPath, `{"client_name":"web","trace_events":[` + entry + `]}`},
				{foxPath, `{"client_name":"web","trace_events":[` + other + `,` + entry + `,1,` + entry + `]}`},
			},
			422, "", map[string]int{"panda[][]": 1, "fox[][]": 2, "fox[][panda]": 1},
		},
		"of different clients": {
			[][2]string{
				{eventsPath, `{"client_name":"web","trace_events":[` + entry + `]}`},
				{foxPath, `{"client_name":"worker","trace_events":[` + entry + `]}`},
			},
			202, allTaken, map[string]int{"panda[][]": 1, "fox[][]": 1},
		},
		"a batch that is sent again": {
			[][2]string{
				{eventsPath, `{"client_name":"web","batch_id":"1","trace_events":[` + entry + `]}`},
				{foxPath, `{"client_name":"web","batch_id":"1","trace_events":[` + entry + `,` + other + `]}`},
				{foxPath, `{"client_name":"web","batch_id":"1","trace_events":[` + entry + `,` + other + `]}`},
			},
			202, allTaken, map[string]int{"panda[][]": 1, "fox[][]": 1, "fox[][panda]": 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.registry.Update("django-demo", []traces.Trace{panda, fox})
			var status int
			var answer string
			for _, request := range c.requests {
				status, answer = b.post(request[0], request[1])
			}
			if status != c.status || c.answer != "" && answer != c.answer {
				t.Errorf("got  %d %s\nwant %d %s", status, answer, c.status, c.answer)
			}
			if got := b.seen(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("the spool has %v, want %v", got, c.want)
			}
		})
	}
}

// No digest is made while one trace is on.
func TestOneTraceNotesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.post(eventsPath, `{"client_name":"web","trace_events":[`+entry+`]}`)
	if n := len(b.server.repeats.known); n != 0 {
		t.Errorf("%d digests, want none", n)
	}
}

func TestDivide(t *testing.T) {
	t.Parallel()
	a, ab := []string{"a"}, []string{"a", "b"}
	lines := []byte("1223334")
	one := delta.Places{2, 1, 1}
	places := slices.Concat(one, delta.Places{4, 2, 2}, delta.Places{6, 3, 3}, delta.Places{8, 4, 4})
	seen := []noted{{others: a}, {}, {others: ab}, {others: a}, {others: ab}}
	b := &block{sizes: []int{1, 2, 0, 3, 1}, places: places, calls: delta.New()}
	got := divide(lines, b, seen)
	want := []part{
		{a, []byte("1333"), delta.Places{2, 1, 1, 6, 3, 3}, nil, 2},
		{nil, []byte("22"), delta.Places{4, 2, 2}, nil, 1},
		{ab, []byte("4"), delta.Places{8, 4, 4}, nil, 1},
	}
	if !slices.EqualFunc(got, want, samePart) {
		t.Errorf("got %v, want %v", got, want)
	}
	got = divide(lines, b, make([]noted, 5))
	want = []part{{nil, lines, places, b.calls, 4}}
	if !slices.EqualFunc(got, want, samePart) {
		t.Errorf("got %v, want one part", got)
	}
}

func samePart(a, b part) bool {
	return slices.Equal(a.repeats, b.repeats) && bytes.Equal(a.records, b.records) &&
		slices.Equal(a.places, b.places) && a.calls == b.calls && a.count == b.count
}
