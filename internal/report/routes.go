package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"akita/internal/compare"
	"akita/internal/facts"
	"akita/internal/routeuse"
)

// routeSection is a part of the table of routes.
type routeSection struct {
	state          routeuse.State
	name, sentence string
	colour         string
}

var routeSections = []routeSection{
	{routeuse.Zombie, "zombie", "called although its answers announce their end", red},
	{routeuse.Shadow, "shadow", "answered 2xx, and is no route of the application", yellow},
	{routeuse.Dead, "dead", "never called", yellow},
	{routeuse.RejectedOnly, "rejected only", "every call was answered with 401, 403 or 404", yellow},
	{routeuse.Unknown, "unknown", "there are calls that may be its own", faint},
	{routeuse.Called, "called", "", green},
}

// WriteRoutes writes how routes are used as a table for people. The routes that are simply called are only
// counted, unless the options say to list all.
func WriteRoutes(w io.Writer, uses []routeuse.Use, o Options) error {
	p := &page{w: w, isColour: o.Colour}
	var most uint64
	for i := range uses {
		most = max(most, uses[i].Calls)
	}
	var totals []string
	for _, s := range routeSections {
		rows := s.rows(uses, most)
		if len(rows) == 0 {
			continue
		}
		totals = append(totals, fmt.Sprintf("%d %s", len(rows), s.name))
		if s.state == routeuse.Called && !o.Unseen {
			continue
		}
		p.line("%s  %s", p.paint(bold+s.colour, strings.ToUpper(s.name)), p.paint(faint, s.sentence))
		p.rows(rows, s.colour)
		p.line("")
	}
	if len(totals) == 0 {
		totals = []string{"no routes"}
	}
	p.line("%s", p.paint(bold, strings.Join(totals, ", ")))
	return p.err
}

// routeRow is a line of the table.
type routeRow struct{ bar, calls, last, route, beside string }

func (s routeSection) rows(uses []routeuse.Use, most uint64) (rows []routeRow) {
	for i := range uses {
		u := &uses[i]
		if u.State != s.state {
			continue
		}
		last := "never"
		if u.Calls > 0 {
			last = minute(u.Period.Last)
		}
		rows = append(rows, routeRow{
			bar:   bar(compare.Seen{For: u.Calls, Of: max(most, 1)}),
			calls: strconv.FormatUint(u.Calls, 10), last: last, route: u.Method + " " + u.Path, beside: beside(u),
		})
	}
	return rows
}

// beside says what a team wants to know of a route beside its calls.
func beside(u *routeuse.Use) string {
	var parts []string
	if u.View != "" {
		parts = append(parts, u.View)
	}
	if u.Host != "" {
		parts = append(parts, "at "+u.Host)
	}
	if u.State == routeuse.Zombie || u.State == routeuse.Shadow {
		if by := callers(u.Consumers); by != "" {
			parts = append(parts, "by "+by)
		}
	}
	if u.State == routeuse.Called && u.Last2xx.IsZero() {
		parts = append(parts, "no 2xx")
	}
	return strings.Join(parts, ", ")
}

// maxCallers is how many consumers a line names.
const maxCallers = 3

// callers names consumers with their calls: "mobile-app (780, last 2026-03-02 10:00), curl (32)".
func callers(all []facts.Consumer) string {
	var parts []string
	for _, c := range all[:min(len(all), maxCallers)] {
		text := fmt.Sprintf("%s (%d", c.Name, c.Calls)
		if !c.Last.IsZero() {
			text += ", last " + minute(c.Last)
		}
		parts = append(parts, text+")")
	}
	if more := len(all) - maxCallers; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return strings.Join(parts, ", ")
}

func minute(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.UTC().Format("2006-01-02 15:04")
}

// maxRoute bounds the column of routes.
const maxRoute = 60

// rows writes lines with their columns aligned.
func (p *page) rows(rows []routeRow, colour string) {
	var calls, last, route int
	for _, r := range rows {
		calls, last = max(calls, len(r.calls)), max(last, len(r.last))
		if n := utf8.RuneCountInString(r.route); n <= maxRoute {
			route = max(route, n)
		}
	}
	for _, r := range rows {
		gap := strings.Repeat(" ", max(0, route-utf8.RuneCountInString(r.route)))
		p.line("  %s %*s  %-*s  %s%s  %s", p.paint(colour, r.bar), calls, r.calls, last, r.last, r.route, gap,
			p.paint(faint, r.beside))
	}
}
