package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"akita/internal/compare"
)

//go:embed coverage.html
var coveragePage string

// WriteCoveragePage writes a report on tests as a page of HTML, which loads nothing from elsewhere.
func WriteCoveragePage(w io.Writer, r *Report) error {
	page, err := template.New("coverage").Parse(coveragePage)
	if err != nil {
		return fmt.Errorf("parse the page: %w", err)
	}
	return page.Execute(w, pageOf(r))
}

// htmlPage is what the page shows.
type htmlPage struct {
	Title, Universe, Unproved  string
	TestCalls, ProductionCalls string
	Level                      int
	Cards                      []htmlCard
	Verdict                    *htmlVerdict
	Untested, OnlyTests        []htmlFinding
	Criteria                   []htmlCriterion
	Operations                 []htmlOperation
}

type htmlBar struct {
	Class, Label string
	Width        float64 // percent
}

type htmlCard struct {
	Name, Number, Note string
	Bar                htmlBar
}

type htmlVerdict struct{ Class, Text string }

type htmlFinding struct {
	Calls, Method, Path, Kind, At, What, By string
	Bar                                     htmlBar
}

type htmlCriterion struct {
	Level                int
	IsFirst, IsMet       bool
	Name, Count, Percent string
	Bar                  htmlBar
}

type htmlOperation struct {
	Method, Path, Percent, Calls, Tests, Untested string
	Bar                                           htmlBar
}

func pageOf(r *Report) *htmlPage {
	c := r.Coverage
	p := &htmlPage{
		Title: r.Title, TestCalls: grouped(c.TestCalls), ProductionCalls: grouped(c.ProductionCalls), Level: c.Levels.Reached,
		Universe: "They are about what production does.",
	}
	if r.Document != "" {
		p.Universe = "They are about what " + r.Document + " declares."
	}
	if c.Unproved > 0 {
		p.Unproved = plural(uint64(c.Unproved), "path") + isOrAre(c.Unproved) +
			" not judged: production refused all calls, and no route names them."
	}
	p.cards(c)
	p.findings(r)
	last := 0
	for _, one := range c.Levels.Criteria {
		p.Criteria = append(p.Criteria, htmlCriterion{
			Level: one.Level, IsFirst: one.Level != last, IsMet: one.Level <= c.Levels.Reached, Name: one.Name,
			Count: countOf(one.Share), Percent: percent(one.Share), Bar: barOf(one.Share),
		})
		last = one.Level
	}
	p.operations(c)
	return p
}

// cards sums the coverage up.
func (p *htmlPage) cards(c *Coverage) {
	card := func(name string, s compare.Share) {
		p.Cards = append(p.Cards, htmlCard{
			Name: name, Number: percent(s), Bar: barOf(s),
			Note: fmt.Sprintf("%s of %s", grouped(s.Covered), grouped(s.Of)),
		})
	}
	card("Calls of production that are tested", c.Calls)
	card("Operations that are tested", c.Operations)
	level := compare.Share{Covered: uint64(c.Levels.Reached), Of: 6}
	p.Cards = append(p.Cards, htmlCard{
		Name: "Test coverage level", Number: fmt.Sprintf("%d of 6", c.Levels.Reached), Bar: barOf(level),
		Note: nextLevel(c.Levels),
	})
	switch {
	case c.Minimum == 0:
	case c.IsEnough():
		p.Verdict = &htmlVerdict{"good", fmt.Sprintf("%s of %s are tested; %g %% are demanded.", percent(c.share()), c.Weight,
			c.Minimum)}
	default:
		p.Verdict = &htmlVerdict{"bad", c.Shortfall() + "."}
	}
}

// nextLevel says which criteria are missing for the next level.
func nextLevel(l compare.Levels) string {
	var missing []string
	for _, one := range l.Criteria {
		if one.Level == l.Reached+1 && one.Covered < one.Of {
			missing = append(missing, one.Name)
		}
	}
	if missing == nil {
		return "All criteria are met"
	}
	return "Next: " + strings.Join(missing, ", ")
}

// findings adds what one side does only. Bars compare the calls with those of the first finding.
func (p *htmlPage) findings(r *Report) {
	var most uint64
	for _, f := range r.Findings {
		if f.Kind == compare.Untested {
			most = max(most, f.Seen.For)
		}
	}
	for _, f := range r.Findings {
		one := htmlFinding{
			Calls: grouped(f.Seen.For), Method: f.Method, Path: f.Path, Kind: strings.ReplaceAll(string(f.Subject), "_", " "),
			At: strings.TrimPrefix(f.At, "response."), What: f.Message,
			By: strings.Join(f.Consumers, ", "),
		}
		if f.Subject == compare.Operation || f.Subject == compare.Status || f.Subject == compare.Auth {
			one.At = ""
		} else if f.Status != 0 {
			one.At = fmt.Sprintf("%d %s", f.Status, one.At)
		}
		if f.Kind == compare.Untested {
			one.Bar = barOf(compare.Share{Covered: f.Seen.For, Of: most})
			one.Bar.Class = ""
			p.Untested = append(p.Untested, one)
		} else {
			p.OnlyTests = append(p.OnlyTests, one)
		}
	}
}

func (p *htmlPage) operations(c *Coverage) {
	for _, one := range c.Covered {
		row := htmlOperation{
			Method: one.Method, Path: one.Path, Calls: grouped(one.Calls.Of), Tests: grouped(one.Tests), Percent: "only tests",
		}
		if one.Calls.Of > 0 {
			row.Percent, row.Bar = percent(one.Calls), barOf(one.Calls)
		}
		if one.Untested > 0 {
			row.Untested = fmt.Sprint(one.Untested)
		}
		p.Operations = append(p.Operations, row)
	}
}

// barOf draws a share.
func barOf(s compare.Share) htmlBar {
	b := htmlBar{Class: "part", Width: s.Percent(), Label: percent(s)}
	switch s.Covered {
	case s.Of:
		b.Class = "full"
	case 0:
		b.Class = "none"
	}
	return b
}

// grouped writes a number with its thousands apart.
func grouped(n uint64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
