// Package factstest simulates the traffic of an API that changes at known times, and checks that the
// feed of changes has these changes and nothing else.
package factstest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"akita/internal/facts"
	"akita/internal/shape"
	"akita/internal/witness"
)

// Simulation draws the calls of an API, whose endpoints change at known times.
type Simulation struct {
	rng       *random
	Start     time.Time
	endpoints []*endpoint
	plan      []planned
	shown     []shown // of the plan
	err       error   // of a body that was drawn and is not JSON
}

// endpoint is what the calls of a simulated endpoint look like.
type endpoint struct {
	path     string
	weight   int
	statuses map[int]float64 // besides 200: their share
	query    []member
	sent     []member // request body; none for a GET
	answered []member
	list     bool // the answer is a list of objects
	auth     map[witness.AuthType]float64
	media    string
	streamed bool
	absent   bool
}

// member is a field of a body, or a parameter.
type member struct {
	name  string
	rate  float64
	nulls float64
	value func(*random) string // JSON
}

// random is a generator of numbers (splitmix64).
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// IntN returns a number from 0 up to, but not including, n.
func (r *random) IntN(n uint64) int { return int(r.next() % n) }

// Float64 returns a number from 0 up to, but not including, 1.
func (r *random) Float64() float64 { return float64(r.next()>>11) / (1 << 53) }

func integer(r *random) string { return fmt.Sprint(r.IntN(100000)) }
func word(r *random) string {
	return fmt.Sprintf("%q", []string{"red", "green", "blue", "grey"}[r.IntN(4)])
}
func truth(r *random) string { return fmt.Sprint(r.IntN(2) == 0) }
func uuid(r *random) string {
	return fmt.Sprintf(`"%08x-%04x-4%03x-8%03x-%012x"`,
		r.IntN(1<<32), r.IntN(1<<16), r.IntN(1<<12), r.IntN(1<<12), r.IntN(1<<48))
}
func day(r *random) string    { return fmt.Sprintf(`"2026-%02d-%02d"`, 1+r.IntN(12), 1+r.IntN(28)) }
func object(r *random) string { return fmt.Sprintf(`{"city": %s, "zip": %s}`, word(r), integer(r)) }

// planned is a change that the simulation makes, and the entry that is expected for it.
type planned struct {
	day    int
	hour   int // of the day
	at     int // the index of the endpoint
	change func(*endpoint)
	want   string // what, kind, place, path and value
}

// shown are the hours of the first and the last call that shows a planned change; 0 for none.
type shown struct{ first, last int64 }

// New returns a simulation. It starts on a Monday.
func New(seed uint64) *Simulation {
	s := &Simulation{
		rng: &random{seed}, Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
	}
	for i := range 16 {
		e := &endpoint{
			path: fmt.Sprintf("/things%d/{id}/", i), weight: 2 + i%4, media: "application/json",
			statuses: map[int]float64{404: 0.03, 500: 0.004}, auth: map[witness.AuthType]float64{witness.AuthBearer: 1},
			query: []member{{"page", 0.4, 0, integer}, {"sort", 0.05 + 0.02*float64(i), 0, word}},
			answered: []member{
				{"id", 1, 0, integer}, {"name", 1, 0, word}, {"key", 1, 0, uuid}, {"address", 1, 0, object},
				{"note", 0.5, 0.1, word}, {"rare", 0.02, 0, integer}, {"odd", 0.1, 0.3, truth}, {"owner", 1, 0.2, uuid},
				{"color", 0.9, 0, word},
			},
			list: i%3 == 0,
		}
		if i%2 == 1 {
			e.sent = []member{{"name", 1, 0, word}, {"count", 0.3, 0, integer}, {"due", 0.05, 0, day}}
		}
		s.endpoints = append(s.endpoints, e)
	}
	s.endpoints[0].absent = true
	s.endpoints[14].statuses[409] = 0.2
	answered := func(name string, change func(*member)) func(*endpoint) {
		return func(e *endpoint) {
			for i := range e.answered {
				if e.answered[i].name == name {
					change(&e.answered[i])
				}
			}
		}
	}
	sets := func(rate, nulls float64) func(*member) {
		return func(m *member) { m.rate, m.nulls = rate, nulls }
	}
	holds := func(value func(*random) string) func(*member) { return func(m *member) { m.value = value } }
	asks := func(m member) func(*endpoint) { return func(e *endpoint) { e.query = append(e.query, m) } }
	state := func(r *random) string {
		return fmt.Sprintf(`{"city": %s, "zip": %s, "state": %s}`, word(r), integer(r), word(r))
	}
	both := map[witness.AuthType]float64{witness.AuthBearer: 0.6, witness.AuthAPIKey: 0.4}
	added := member{"added", 1, 0, word}
	s.plan = []planned{
		{9, 10, 0, func(e *endpoint) { e.absent = false }, "appeared operation"},
		{20, 13, 1, func(e *endpoint) { e.absent = true }, "gone operation"},
		{10, 11, 2, func(e *endpoint) { e.answered = append(e.answered, added) }, "appeared field 200 added"},
		{12, 9, 3, answered("color", sets(0, 0)), "gone field 200 [].color"},
		{15, 16, 4, func(e *endpoint) { e.statuses[429] = 0.1 }, "appeared status 429"},
		{11, 15, 5, answered("id", holds(uuid)), "changed type 200 id string"},
		{18, 8, 6, answered("name", sets(1, 0.3)), "nullable type 200 [].name null"},
		{13, 12, 7, func(e *endpoint) { e.auth = both }, "changed auth api_key"},
		{16, 10, 8, asks(member{"limit", 0.5, 0, integer}), "appeared parameter query limit"},
		{14, 14, 9, answered("name", sets(0.7, 0)), "optional field 200 [].name"},
		{17, 17, 10, func(e *endpoint) { e.media = vendor }, "changed media_type 200 " + vendor},
		{19, 9, 11, answered("key", holds(day)), "changed format 200 key date"},
		{21, 10, 12, func(e *endpoint) { e.streamed = true }, "appeared streaming 200"},
		{12, 18, 13, func(e *endpoint) { e.query = e.query[1:] }, "gone parameter query page"},
		{15, 10, 14, func(e *endpoint) { delete(e.statuses, 409) }, "gone status 409"},
		{16, 12, 15, func(e *endpoint) { e.sent = append(e.sent, member{"tag", 1, 0, word}) }, "appeared field request tag"},
		{18, 10, 13, func(e *endpoint) { e.sent = slices.Delete(e.sent, 1, 2) }, "gone field request count"},
		{20, 11, 8, answered("note", sets(1, 0.1)), "required field 200 note"},
		{19, 14, 2, answered("owner", sets(1, 0)), "not_nullable type 200 owner null"},
		{21, 15, 14, answered("address", holds(state)), "appeared field 200 address.state"},
	}
	s.shown = make([]shown, len(s.plan))
	return s
}

func body(r *random, members []member) string {
	var parts []string
	for _, m := range members {
		if r.Float64() >= m.rate {
			continue
		}
		value := m.value(r)
		if r.Float64() < m.nulls {
			value = "null"
		}
		parts = append(parts, fmt.Sprintf("%q: %s", m.name, value))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (s *Simulation) shapeOf(text string) *shape.Shape {
	of, err := shape.OfJSON(text, shape.Options{})
	if err != nil {
		s.err = err
		return new(shape.Shape)
	}
	return of
}

// call draws a call of an hour.
func (s *Simulation) call(hour time.Time) witness.Witness {
	var e *endpoint
	for e == nil || e.absent {
		e = s.endpoints[s.rng.IntN(uint64(len(s.endpoints)))]
		if s.rng.IntN(5) > e.weight {
			e = nil
		}
	}
	w := witness.Witness{
		Start: hour.Add(time.Duration(s.rng.IntN(3600)) * time.Second), Method: "GET", Host: "a.test", Template: e.path,
		Status: 200, LatencyMs: 5,
	}
	share := s.rng.Float64()
	for _, status := range slices.Sorted(maps.Keys(e.statuses)) {
		if share -= e.statuses[status]; share < 0 {
			w.Status = status
			break
		}
	}
	share = s.rng.Float64()
	for _, auth := range slices.Sorted(maps.Keys(e.auth)) {
		if share -= e.auth[auth]; share < 0 {
			w.Auth = []witness.Auth{{Type: auth}}
			break
		}
	}
	for _, m := range e.query {
		if s.rng.Float64() < m.rate {
			value := strings.Trim(m.value(s.rng), `"`)
			w.Query = append(w.Query, witness.Param{Name: m.name, Shape: shape.OfText(value, shape.Options{})})
		}
	}
	slices.SortFunc(w.Query, func(a, b witness.Param) int { return strings.Compare(a.Name, b.Name) })
	if e.sent != nil {
		w.Method = "POST"
		w.Request = &witness.Body{MediaType: "application/json", Shape: s.shapeOf(body(s.rng, e.sent))}
	}
	if w.Status != 200 {
		w.Response = &witness.Body{MediaType: "application/json", Shape: s.shapeOf(`{"detail": "no"}`)}
		return w
	}
	text := body(s.rng, e.answered)
	if e.list {
		items := []string{text}
		for range s.rng.IntN(6) {
			items = append(items, body(s.rng, e.answered))
		}
		text = "[" + strings.Join(items, ", ") + "]"
	}
	w.Response, w.Streamed = &witness.Body{MediaType: e.media, Shape: s.shapeOf(text)}, e.streamed
	return w
}

// Hour makes the changes that are planned for an hour of the simulation, and draws its calls: some 650
// on a working day and none in the night.
func (s *Simulation) Hour(n int) (calls []witness.Witness) {
	for _, p := range s.plan {
		if p.day*24+p.hour == n {
			p.change(s.endpoints[p.at])
		}
	}
	at := s.Start.Add(time.Duration(n) * time.Hour)
	count := 0
	if at.Hour() >= 7 && at.Hour() < 22 {
		count = 20 + s.rng.IntN(50)
	}
	if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		count /= 8
	}
	for range count {
		calls = append(calls, s.call(at))
	}
	s.note(calls, at.Unix()/3600)
	return calls
}

// Days is how long a simulation takes to make all changes, and to show that they were made.
const Days = 30

// Check checks the changes of a simulation by path template.
func (s *Simulation) Check(t interface{ Errorf(string, ...any) }, changes map[string][]facts.Change) {
	if s.err != nil {
		t.Errorf("a body is not JSON: %v", s.err)
	}
	wanted := make(map[string]shown)
	for i, p := range s.plan {
		wanted[s.endpoints[p.at].path+" "+p.want] = s.shown[i]
	}
	for path, of := range changes {
		for _, c := range of {
			name := path + " " + describe(c)
			at, ok := wanted[name]
			if !ok {
				t.Errorf("an entry that nobody planned: %q, %+v", name, c)
				continue
			}
			delete(wanted, name)
			if want := at.hourOf(c); c.Hour != want {
				t.Errorf("%q has the hour %d, want %d", name, c.Hour, want)
			}
		}
	}
	for name := range wanted {
		t.Errorf("the entry %q is missing", name)
	}
}

// describe writes what happened, and to what.
func describe(c facts.Change) string {
	text := string(c.What) + " " + string(c.Fact.Kind)
	for _, part := range []string{c.Fact.In, c.Fact.Name(), c.Fact.Value} {
		if part != "" {
			text += " " + part
		}
	}
	return text
}
