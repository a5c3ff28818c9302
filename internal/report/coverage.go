package report

import (
	"fmt"

	"akita/internal/compare"
)

// Weight says what a share of tests counts.
type Weight string

// The weights.
const (
	ByCalls      Weight = "calls"      // calls of production whose operation and status tests cover
	ByOperations Weight = "operations" // operations of production that tests call
)

// Coverage is what tests cover, and what a check demands of them.
type Coverage struct {
	*compare.Coverage

	Weight  Weight  // of Minimum
	Minimum float64 // percent
}

// share returns what the minimum is about.
func (c *Coverage) share() compare.Share {
	if c.Weight == ByOperations {
		return c.Operations
	}
	return c.Calls
}

// IsEnough reports whether the tests cover as much as is demanded.
func (c *Coverage) IsEnough() bool { return c.share().Percent() >= c.Minimum }

// Shortfall says by how much the tests cover too little.
func (c *Coverage) Shortfall() string {
	return fmt.Sprintf("%s of %s are tested, which is less than %g %%", percent(c.share()), c.Weight, c.Minimum)
}

// percent writes a share, rounded down: 99.99 % is not 100 %.
func percent(s compare.Share) string {
	tenths := uint64(1000)
	if s.Of > 0 {
		tenths = s.Covered * 1000 / s.Of
	}
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}

// sentence sums the coverage up.
func (c *Coverage) sentence() string {
	return fmt.Sprintf("%s of calls and %d of %s are tested (level %d)", percent(c.Calls), c.Operations.Covered,
		plural(c.Operations.Of, "operation"), c.Levels.Reached)
}

// seenOf returns a share as the evidence of a finding, to draw it as one.
func seenOf(s compare.Share) compare.Seen { return compare.Seen{For: s.Covered, Of: s.Of} }

// countOf counts what of a criterion is covered.
func countOf(s compare.Share) string {
	if s.Of == 0 {
		return "none there"
	}
	return fmt.Sprintf("%d of %d", s.Covered, s.Of)
}

// coverage writes the shares and the levels, a line each.
func (p *page) coverage(c *Coverage) {
	row := func(name string, s compare.Share) {
		colour := green
		if s.Covered < s.Of {
			colour = yellow
		}
		p.line("  %-27s %s  %7s  %s", name, p.paint(colour, bar(seenOf(s))), percent(s), p.paint(faint, countOf(s)))
	}
	p.line("%s  %s", p.paint(bold, "TESTED"), p.paint(faint, "of what production does"))
	row("calls", c.Calls)
	row("operations", c.Operations)
	p.line("")
	p.line("%s  %s", p.paint(bold, fmt.Sprintf("LEVEL %d", c.Levels.Reached)),
		p.paint(faint, "of 6: the criteria of each level, and of those below it, are met in full"))
	for _, one := range c.Levels.Criteria {
		row(fmt.Sprintf("%d %s", one.Level, one.Name), one.Share)
	}
	p.line("")
	if c.Unproved > 0 {
		p.line("%s", p.paint(faint, fmt.Sprintf("%s not judged: production refused all calls, and no route names them",
			plural(uint64(c.Unproved), "path")+isOrAre(c.Unproved))))
		p.line("")
	}
}

func isOrAre(n int) string {
	if n == 1 {
		return " is"
	}
	return " are"
}

// levels writes the levels as a table in Markdown.
func (c *comment) levels(of *Coverage) {
	c.add("")
	c.add("<details><summary>Test coverage level <b>%d</b> of 6</summary>", of.Levels.Reached)
	c.add("")
	c.add("| level | criterion | covered | |")
	c.add("|---|---|---|---|")
	for _, one := range of.Levels.Criteria {
		c.add("| %d | %s | %s | %s |", one.Level, one.Name, countOf(one.Share), percent(one.Share))
	}
	c.add("")
	c.add("</details>")
}

// The shape of the JSON is a contract: scripts read it.
type jsonCoverage struct {
	Percent    jsonPercent     `json:"percent"`
	Calls      jsonShare       `json:"calls"`
	Operations jsonShare       `json:"operations"`
	Level      int             `json:"level"`
	Criteria   []jsonCriterion `json:"criteria"`
	TestCalls  uint64          `json:"testCalls"`
}

type jsonPercent struct {
	Calls      float64 `json:"calls"`
	Operations float64 `json:"operations"`
}

type jsonShare struct {
	Covered uint64 `json:"covered"`
	Of      uint64 `json:"of"`
}

type jsonCriterion struct {
	Level   int    `json:"level"`
	Name    string `json:"name"`
	Covered uint64 `json:"covered"`
	Of      uint64 `json:"of"`
}

func (c *Coverage) asJSON() *jsonCoverage {
	out := &jsonCoverage{
		Percent: jsonPercent{rounded(c.Calls), rounded(c.Operations)},
		Calls:   jsonShare(c.Calls), Operations: jsonShare(c.Operations), Level: c.Levels.Reached,
		Criteria: []jsonCriterion{}, TestCalls: c.TestCalls,
	}
	for _, one := range c.Levels.Criteria {
		out.Criteria = append(out.Criteria, jsonCriterion{one.Level, one.Name, one.Covered, one.Of})
	}
	return out
}

// rounded returns a share in percent, rounded down to tenths.
func rounded(s compare.Share) float64 {
	if s.Of == 0 {
		return 100
	}
	return float64(s.Covered*1000/s.Of) / 10
}

// suite is a test of its own: whether the tests cover enough.
func (c *Coverage) suite() junitSuite {
	one := junitCase{Class: "coverage", Name: fmt.Sprintf("at least %g %% of %s are tested", c.Minimum, c.Weight)}
	s := junitSuite{Name: "coverage", Tests: 1}
	if !c.IsEnough() {
		one.Failure = &junitMessage{c.Shortfall(), "coverage"}
		s.Failures = 1
	}
	s.Cases = []junitCase{one}
	return s
}
