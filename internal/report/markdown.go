package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"akita/internal/compare"
)

// maxMarkdown is how many characters a comment has at most. GitHub refuses more; GitLab takes a million.
const maxMarkdown = 65_536

// maxEnd is how many of them the end of a comment takes at most.
const maxEnd = 256

// maxCell is how many characters a cell of a table has at most.
const maxCell = 300

// comment is a page whose length is bounded.
type comment struct {
	page

	length  int // in characters
	omitted int // findings that found no room
}

// add writes a line.
func (c *comment) add(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	c.length += utf8.RuneCountInString(line) + 1
	c.line("%s", line)
}

// hasRoom reports whether lines fit, beside the end.
func (c *comment) hasRoom(lines ...string) bool {
	length := c.length
	for _, line := range lines {
		length += utf8.RuneCountInString(line) + 1
	}
	return length <= maxMarkdown-maxEnd
}

func writeMarkdown(w io.Writer, r *Report, o Options) error {
	c := &comment{page: page{w: w}}
	icon := "✅"
	switch {
	case len(r.Failing()) > 0, r.Coverage != nil && !r.Coverage.IsEnough():
		icon = "❌"
	case len(r.Findings) > 0:
		icon = "⚠️"
	}
	c.add("### %s %s", icon, cell(r.Title))
	c.add("")
	c.add("%s", r.totals())
	if r.Coverage != nil {
		c.levels(r.Coverage)
	}
	for _, s := range sections {
		c.section(s, r.in(s), !s.isBrief || o.Unseen)
	}
	if c.omitted > 0 {
		c.add("")
		c.add("**%d more of %d findings are not listed here**: a comment has at most %d characters. "+
			"`--format text --all` and `--format json` list all.", c.omitted, len(r.Findings), maxMarkdown)
	}
	return c.err
}

// section writes the findings of a part of a report, as many as there is room for.
func (c *comment) section(s section, findings []compare.Finding, isOpen bool) {
	if len(findings) == 0 {
		return
	}
	head := []string{"", fmt.Sprintf("**%s**: %s", title(s.name), s.sentence)}
	if !isOpen {
		head[1] = fmt.Sprintf("<details><summary><b>%s</b>: %d, %s</summary>", title(s.name), len(findings), s.sentence)
	}
	head = append(head, "", "| operation | where | seen | what |", "|---|---|---|---|")
	isEmpty := true
	for _, f := range findings {
		row := fmt.Sprintf("| %s | %s | %s | %s |", code(f.Method+" "+f.Path), code(where(f)), share(f.Seen), cell(what(f)))
		if c.omitted > 0 || !c.hasRoom(append(head, row)...) {
			c.omitted++
			continue
		}
		for _, line := range head {
			c.add("%s", line)
		}
		c.add("%s", row)
		head, isEmpty = nil, false
	}
	if !isOpen && !isEmpty {
		c.add("")
		c.add("</details>")
	}
}

func title(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// cell returns a text for a cell of a table, in which nothing is markup, a mention of a user, or the number of
// an issue.
func cell(text string) string { return inCell.Replace(cut(text)) }

// A mention cannot be escaped. A word joiner ends it.
var inCell = strings.NewReplacer(
	`\`, `\\`, "`", "'", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", "&", "&amp;",
	"|", `\|`, "~", `\~`, "@", "@\u2060", "#", "#\u2060")

// code returns a text as code in a cell of a table.
func code(text string) string {
	return "`" + strings.NewReplacer("|", `\|`, "`", "'").Replace(cut(text)) + "`"
}

// cut shortens a text to what a cell of a table has room for.
func cut(text string) string {
	runes := []rune(text)
	if len(runes) <= maxCell {
		return text
	}
	return string(runes[:maxCell-1]) + "…"
}
