package wire_test

import (
	"context"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"akita/client"
	"akita/test/leaks/canary"
	"akita/test/leaks/evidence"
)

// leakTest sends canaries through a daemon and a server, and looks at what was uploaded.
type leakTest struct {
	*pair
	ctx   context.Context
	tap   *evidence.Tap
	trace client.Trace
	from  *middleware
	sent  int
}

func startLeakTest(t *testing.T) *leakTest {
	t.Helper()
	l := &leakTest{ctx: contextFor(t, 5*time.Minute)}
	l.pair = startWith(t, func(p *pair) {
		tap, err := evidence.Listen(p.ServerURL(), true)
		check(t, err)
		t.Cleanup(func() {
			if err := tap.Close(); err != nil {
				t.Error(err)
			}
		})
		p.UpstreamURL = tap.URL()
		l.tap = tap
	})
	trace, err := l.api.StartTrace(l.ctx, project, time.Hour)
	check(t, err)
	l.trace, l.from = trace, newMiddleware(t, l.DaemonURL(), "clinic")
	check(t, l.from.activated(l.ctx, trace))
	return l
}

// send sends calls in order. The daemon may refuse some of them.
func (l *leakTest) send(entries ...any) {
	l.t.Helper()
	for batch := range slices.Chunk(entries, 20) {
		body := map[string]any{
			"client_name": l.from.name, "batch_id": uuid.NewString(), "trace_events": batch,
		}
		var answer struct {
			Details struct{ Drops int } `json:"trace_event_details"`
		}
		status, err := l.from.post(l.ctx, "/traces/"+l.trace.Name+"/events", body, &answer)
		check(l.t, err)
		if status != http.StatusAccepted && status != http.StatusUnprocessableEntity {
			l.t.Fatalf("send events: status %d", status)
		}
		l.sent += len(batch) - answer.Details.Drops
	}
}

// finish waits until the model holds all calls, stops both programs, and adds what the server
// stored to what was uploaded.
func (l *leakTest) finish() {
	l.t.Helper()
	l.waitForModel(l.sent)
	check(l.t, l.daemon.Stop(l.ctx))
	check(l.t, l.server.Stop(l.ctx))
	for _, name := range []string{"akita.db", "queue.db"} {
		check(l.t, l.tap.AddDatabase(filepath.Join(l.ServerData, name)))
	}
}

// TestNoCanaryLeaves puts data of each kind in each place of a call. Of texts that look like
// names, the first calls of a new place may carry some.
func TestNoCanaryLeaves(t *testing.T) {
	t.Parallel()
	const texts = 20
	l := startLeakTest(t)
	numbers := rand.New(rand.NewPCG(1, 2))
	type sent struct {
		place canary.Place
		kind  canary.Kind
		text  string
	}
	seen := make(map[string]bool)
	var all []sent
	for i, place := range canary.Places {
		kinds := canary.Random
		if place.Value && !strings.Contains(place.Name, "segment") { // a word in a path may be the API's
			kinds = append(kinds[:len(kinds):len(kinds)], canary.Person)
		}
		for j, kind := range kinds {
			var entries []any
			for n, text := range kind.DrawOthers(numbers, texts, seen) {
				entries = append(entries, place.Entry(operation(i, j), n, text))
				all = append(all, sent{place, kind, text})
			}
			l.send(entries...)
		}
	}
	l.finish()
	left, random, leaked := make(map[string]int), 0, 0
	for _, s := range all {
		what := s.kind.Name + " as " + s.place.Name
		allowed := s.place.Allowed(s.kind)
		rare := allowed == 0 && !s.place.Strict() // a random text may look like a name by chance
		if rare {
			random++
		}
		if !l.tap.Has(s.text) {
			continue
		}
		if rare {
			leaked++
			t.Logf("%s left: %q", what, s.text)
		} else if left[what]++; left[what] > allowed {
			t.Errorf("%s left: %q, number %d, of which %d may", what, s.text, left[what], allowed)
		}
	}
	if leaked*1000 > random {
		t.Errorf("%d of %d random texts left as names, at most 0.1 %% may", leaked, random)
	}
}

// operation returns a name for the operation of one place and kind.
func operation(place, kind int) string {
	return "unit" + string(rune('a'+place/26)) + string(rune('a'+place%26)) + string(rune('a'+kind))
}

// TestNamesOfTheAPILeave plants a name in each place that holds names, often enough to be one of
// the API: it shows that the search finds what leaves there.
func TestNamesOfTheAPILeave(t *testing.T) {
	t.Parallel()
	l := startLeakTest(t)
	for i, place := range canary.Places {
		if place.Planted == "" {
			continue
		}
		var entries []any
		for n := range 40 {
			entries = append(entries, place.Entry(operation(i, 0), n, place.Planted))
		}
		l.send(entries...)
	}
	l.finish()
	for _, place := range canary.Places {
		if place.Planted != "" && !l.tap.Has(place.Planted) {
			t.Errorf("%s: %s did not leave, or was not found", place.Name, place.Planted)
		}
	}
}

// TestNamesOfPeopleDoNotLeave sends a map with 200 names in one call, and 300 calls with
// another name each in an object that has fields too.
func TestNamesOfPeopleDoNotLeave(t *testing.T) {
	t.Parallel()
	l := startLeakTest(t)
	random := rand.New(rand.NewPCG(3, 4))
	first := canary.GivenNames(random, 200)
	l.send(canary.MapEntry("patients", first))
	var entries []any
	full := canary.Person.DrawAll(random, 300)
	for n, name := range full {
		entries = append(entries, canary.Places[0].Entry("doctors", n, name))
	}
	l.send(entries...)
	l.finish()
	if n := count(l.tap, first); n > 0 {
		t.Errorf("%d of 200 names left from a map", n)
	}
	if n := count(l.tap, full); n > 3 {
		t.Errorf("%d of 300 names left as fields, at most 3 may", n)
	}
}

func count(s *evidence.Tap, texts []string) int {
	n := 0
	for _, text := range texts {
		if s.Has(text) {
			n++
		}
	}
	return n
}
