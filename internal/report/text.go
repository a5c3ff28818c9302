package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"akita/internal/compare"
)

// The colours of a terminal (ECMA-48, SGR).
const (
	bold   = "\x1b[1m"
	faint  = "\x1b[2m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	green  = "\x1b[32m"
	reset  = "\x1b[0m"
)

// page writes lines. The first error sticks.
type page struct {
	w        io.Writer
	isColour bool
	err      error
}

func (p *page) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(fmt.Sprintf(format, args...), " "))
	}
}

func (p *page) paint(colour, text string) string {
	if !p.isColour {
		return text
	}
	return colour + text + reset
}

func writeText(w io.Writer, r *Report, o Options) error {
	p := &page{w: w, isColour: o.Colour}
	shares := 0
	for _, f := range r.Findings {
		if !sectionOf(f).isBrief || o.Unseen {
			shares = max(shares, len(share(f.Seen)))
		}
	}
	if r.Coverage != nil {
		p.coverage(r.Coverage)
	}
	for _, s := range sections {
		findings := r.in(s)
		if len(findings) == 0 {
			continue
		}
		p.line("%s  %s", p.paint(bold+s.colour, strings.ToUpper(s.name)), p.paint(faint, s.sentence))
		for _, g := range groups(findings) {
			if s.isBrief && !o.Unseen {
				p.brief(g)
			} else {
				p.group(g, s.colour, shares)
			}
		}
		p.line("")
	}
	colour := green
	switch {
	case r.Coverage != nil && !r.Coverage.IsEnough():
		colour = red
	case len(r.Findings) > 0:
		colour = ""
	}
	p.line("%s", p.paint(bold+colour, r.totals()))
	return p.err
}

// maxWhere bounds the column of places.
const maxWhere = 44

// group writes the findings of an operation, a line each. shares is the width of their column.
func (p *page) group(g group, colour string, shares int) {
	width := 0
	for _, f := range g.findings {
		if n := utf8.RuneCountInString(where(f)); n <= maxWhere {
			width = max(width, n)
		}
	}
	p.line("  %s", p.paint(bold, g.method+" "+g.path))
	for _, f := range g.findings {
		at := where(f)
		gap := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(at)))
		p.line("    %s %-*s  %s%s  %s", p.paint(colour, bar(f.Seen)), shares, share(f.Seen), at, gap,
			p.paint(faint, what(f)))
	}
}

// brief writes the findings of an operation in a line.
func (p *page) brief(g group) {
	var parts []string
	for _, f := range g.findings {
		if f.Subject == compare.Operation {
			p.line("  %s", g.method+" "+g.path)
			return
		}
		part := where(f)
		if f.Subject == compare.MediaType || f.Subject == compare.Auth || f.Kind == compare.Posture {
			part += " " + f.Value
		}
		parts = append(parts, part)
	}
	text := strings.Join(parts[:min(len(parts), maxBrief)], ", ")
	if more := len(parts) - maxBrief; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	p.line("  %s  %s", g.method+" "+g.path, p.paint(faint, text))
}

// maxBrief is how many findings a line names.
const maxBrief = 6

// barWidth is how many characters a share of 100 % has.
const barWidth = 8

// bar draws a share in eighths of a character.
func bar(s compare.Seen) string {
	if s.Of == 0 {
		return strings.Repeat("·", barWidth)
	}
	eighths := int(s.For * barWidth * 8 / s.Of)
	if s.For > 0 {
		eighths = max(eighths, 1)
	}
	text := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		text += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return text + strings.Repeat("·", barWidth-utf8.RuneCountInString(text))
}
