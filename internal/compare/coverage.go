package compare

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"akita/internal/declared"
	"akita/internal/facts"
)

// Coverage is what tests cover of what production does.
type Coverage struct {
	Untested  []Finding // production does it, and no test does: what has most calls is first
	OnlyTests []Finding // tests do it, and production does not
	Covered   []CoveredOperation
	// Operations are those of production that a test calls, Calls the calls of production whose operation a
	// test calls and whose status it gets.
	Operations, Calls Share
	Levels            Levels

	TestCalls, ProductionCalls uint64
	// Unproved are operations of production that refused all calls and that no route names: guesses of
	// scanners look like this. They are not judged.
	Unproved int
}

// CoveredOperation is what tests cover of an operation of production, or of one that only tests call.
type CoveredOperation struct {
	Method, Path string
	Calls        Share  // of production; Of is 0 if only tests call it
	Tests        uint64 // calls
	Untested     int    // findings
}

// Share is how much of something is covered.
type Share struct{ Covered, Of uint64 }

// Percent returns the share in percent, 100 of nothing.
func (s Share) Percent() float64 {
	if s.Of == 0 {
		return 100
	}
	return 100 * float64(s.Covered) / float64(s.Of)
}

// Cover compares tests with production. The paths of both have to be those of SidesOfOneAPI. The kinds of
// what it finds are Untested and, of what only tests do, Unseen. With a document, which may be nil, the
// calls have its paths as routes, and the levels are about what it declares.
func Cover(tests, production *Traffic, d *declared.Document) *Coverage {
	c := &cover{
		Coverage: &Coverage{TestCalls: tests.calls, ProductionCalls: production.calls},
		declared: make(map[operationKey]*declared.Operation), isSlug: production.set.IsSlug,
		tests: tests.named(d), production: production.named(d),
	}
	if d != nil {
		for _, op := range d.Operations() {
			c.declared[operationKey{op.Method, op.Path}] = op
		}
	}
	exercisedBy := [2]map[Fact]*behaviour{make(map[Fact]*behaviour), make(map[Fact]*behaviour)}
	for _, key := range c.keys() {
		x, y := c.sides(key)
		if x == nil && y == nil {
			continue
		}
		c.operation(key, x, y)
		for i, side := range []*exercised{x, y} {
			if side != nil {
				maps.Copy(exercisedBy[i], side.of)
			}
		}
	}
	universe := declaredFacts(d)
	if d == nil {
		universe = slices.Collect(maps.Keys(exercisedBy[1]))
	}
	c.Levels = levelsOf(universe, exercisedBy[0])
	byCalls := func(a, b Finding) int { return cmp.Or(cmp.Compare(b.Seen.For, a.Seen.For), a.Compare(&b)) }
	slices.SortFunc(c.Untested, byCalls)
	slices.SortFunc(c.OnlyTests, byCalls)
	return c.Coverage
}

// named returns the operations by the path that a document gives them.
func (t *Traffic) named(d *declared.Document) map[operationKey]*observed {
	if d == nil {
		return t.operations
	}
	out := make(map[operationKey]*observed, len(t.operations))
	for key, o := range t.operations {
		if template, ok := d.Template(key.path); ok {
			key.path = template
		}
		if before := out[key]; before != nil {
			o = before.joined(o)
		}
		out[key] = o
	}
	return out
}

// cover compares tests with production.
type cover struct {
	*Coverage

	declared          map[operationKey]*declared.Operation // of the document
	isSlug            func(word string) bool
	tests, production map[operationKey]*observed
}

func (c *cover) keys() []operationKey {
	all := maps.Clone(c.tests)
	maps.Copy(all, c.production)
	return slices.SortedFunc(maps.Keys(all), operationKey.compare)
}

// sides returns what both sides show of an operation, nil for a side that does not. Both are nil if the
// operation is not judged.
func (c *cover) sides(key operationKey) (tests, production *exercised) {
	x, y := c.tests[key], c.production[key]
	if c.isAutomatic(key) {
		return nil, nil
	}
	if x.accepted()+y.accepted() == 0 && !x.isNamed() && !y.isNamed() {
		if y != nil {
			c.Unproved++
		}
		return nil, nil
	}
	op := c.declared[key]
	if x != nil {
		tests = exercise(key, x, op)
	}
	if y != nil {
		production = exercise(key, y, op)
	}
	return tests, production
}

// isAutomatic reports whether servers answer a method by themselves, because there is another one.
func (c *cover) isAutomatic(key operationKey) bool {
	get := operationKey{"GET", key.path}
	return key.method == "OPTIONS" || key.method == "HEAD" && (c.tests[get] != nil || c.production[get] != nil)
}

func (o *observed) accepted() uint64 {
	if o == nil {
		return 0
	}
	return o.count(facts.Key{Kind: facts.Accepted})
}

func (o *observed) isNamed() bool { return o != nil && o.isRoute }

// operation compares one operation.
func (c *cover) operation(key operationKey, tests, production *exercised) {
	row := CoveredOperation{Method: key.method, Path: key.path}
	if tests != nil && production != nil {
		tests.unmask(production)
		production.unmask(tests)
	}
	if production != nil {
		c.choices(tests, production)
		row.Calls = production.callsIn(tests)
		row.Untested = c.add(Untested, production, tests)
		c.Calls.Covered, c.Calls.Of = c.Calls.Covered+row.Calls.Covered, c.Calls.Of+row.Calls.Of
		c.Operations.Of++
	}
	if tests != nil {
		row.Tests = tests.of[tests.root()].seen.For
		c.add(Unseen, tests, production)
		if production != nil {
			c.Operations.Covered++
		}
	}
	c.Covered = append(c.Covered, row)
}

// choices adds the members of the enums that production shows, unless not all members of tests are known.
func (c *cover) choices(tests, production *exercised) {
	for _, one := range production.choices(c.isSlug) {
		if tests != nil {
			ofTests, areAll := tests.members(one)
			if !areAll {
				continue
			}
			tests.addMembers(one, ofTests)
		}
		production.addMembers(one, one.members)
	}
}

// callsIn returns how many calls of x ended in a status that other has too.
func (x *exercised) callsIn(other *exercised) (s Share) {
	for f, b := range x.of {
		if f.Subject != Status {
			continue
		}
		s.Of += b.seen.For
		if other != nil && other.of[f] != nil {
			s.Covered += b.seen.For
		}
	}
	return s
}

// add adds what one side does and the other one does not, and returns how much it is. What cannot be
// without something else that is missing is not listed.
func (c *cover) add(kind Kind, does, not *exercised) (n int) {
	isIn := func(f Fact) bool { return not != nil && not.of[f] != nil }
	for f, b := range does.of {
		if isIn(f) || f.Subject == ResponseField || b.within != (Fact{}) && !isIn(b.within) {
			continue
		}
		if f.Subject == Auth && f.Value != noCredentials && does.of[does.anonymous()] != nil {
			continue // the operation is public
		}
		finding := Finding{
			Kind: kind, Fact: f, Seen: b.seen, Consumers: does.observed.by(b.key), Severity: weightOf(f), Verdict: Proved,
			Message: "no test " + doing(f),
		}
		n++
		if kind == Untested {
			if f.Subject == Operation {
				finding.Seen.Of = c.ProductionCalls
			}
			c.Untested = append(c.Untested, finding)
			continue
		}
		finding.Severity, finding.Message, finding.Consumers = Info, "only tests "+doingMany(f), nil
		if f.Subject == Operation {
			finding.Seen.Of = c.TestCalls
		}
		c.OnlyTests = append(c.OnlyTests, finding)
	}
	return n
}

func (x *exercised) anonymous() Fact {
	return x.fact(Fact{Subject: Auth, At: "request.auth", Value: noCredentials})
}

// weightOf returns how much it matters that a fact is untested.
func weightOf(f Fact) Severity {
	if f.Subject == Auth || f.Subject == Status && f.Status >= 400 || f.Subject == Enum && f.Status != 0 {
		return Info
	}
	return Warning
}

// doing says what a test does that shows a fact.
func doing(f Fact) string {
	switch f.Subject {
	case Operation:
		return "calls it"
	case Status:
		return "gets " + strconv.Itoa(f.Status)
	case Auth:
		if f.Value == noCredentials {
			return "calls it without credentials"
		}
		return "calls it with " + f.Value
	}
	verb := "sends"
	if f.Status != 0 {
		verb = "gets"
	}
	switch f.Subject {
	case MediaType, Enum:
		return fmt.Sprintf("%s %s", verb, f.Value)
	}
	return verb + " it"
}

// doingMany is doing of more than one test.
func doingMany(f Fact) string {
	text := doing(f)
	for _, verb := range []string{"call", "get", "send"} {
		if len(text) > len(verb) && text[:len(verb)+1] == verb+"s" {
			return verb + text[len(verb)+1:]
		}
	}
	return text
}
