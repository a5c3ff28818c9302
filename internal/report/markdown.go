package report

import (
	"io"
	"strings"

	"akita/internal/compare"
)

// maxMarkdown is how many rows a comment has: GitHub refuses more than 65,536 characters.
const maxMarkdown = 100

func writeMarkdown(w io.Writer, r *Report, o Options) error {
	p := &page{w: w}
	icon := "✅"
	switch {
	case len(r.Failing()) > 0, r.Coverage != nil && !r.Coverage.IsEnough():
		icon = "❌"
	case len(r.Findings) > 0:
		icon = "⚠️"
	}
	p.line("### %s %s", icon, cell(r.Title))
	p.line("")
	p.line("%s", r.totals())
	if r.Coverage != nil {
		p.levels(r.Coverage)
	}
	left := maxMarkdown
	for _, s := range sections {
		findings := r.in(s)
		if len(findings) == 0 || left == 0 {
			continue
		}
		isOpen := !s.isBrief || o.Unseen
		p.line("")
		if isOpen {
			p.line("**%s**: %s", title(s.name), s.sentence)
		} else {
			p.line("<details><summary><b>%s</b>: %d, %s</summary>", title(s.name), len(findings), s.sentence)
		}
		p.line("")
		p.line("| operation | where | seen | what |")
		p.line("|---|---|---|---|")
		for _, f := range findings[:min(len(findings), left)] {
			p.line("| `%s %s` | `%s` | %s | %s |", f.Method, cell(f.Path), cell(where(f)), share(f.Seen), cell(what(f)))
		}
		left -= min(len(findings), left)
		if !isOpen {
			p.line("")
			p.line("</details>")
		}
	}
	if more := len(r.Findings) - maxMarkdown; more > 0 {
		p.line("")
		p.line("%d more are not listed here.", more)
	}
	return p.err
}

func title(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// cell returns a text that cannot end a cell of a table, or be read as markup.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "`", "'", "<", "&lt;").Replace(text)
}

// writeGitHub writes workflow commands, which GitHub shows beside the changes of a pull request.
func writeGitHub(w io.Writer, r *Report, o Options) error {
	p := &page{w: w}
	for _, f := range r.Findings {
		command, fails := "notice", r.Fails != nil && r.Fails(f)
		switch {
		case sectionOf(f).isBrief && !fails && !o.Unseen:
			continue
		case fails:
			command = "error"
		case f.Severity != compare.Info:
			command = "warning"
		}
		var file string
		if r.Document != "" {
			file = "file=" + property(r.Document) + ","
		}
		p.line("::%s %stitle=%s::%s", command, file, property("API "+sectionOf(f).name), data(sentence(f)))
	}
	if r.Coverage != nil && !r.Coverage.IsEnough() {
		p.line("::error title=%s::%s", property("API test coverage"), data(r.Coverage.Shortfall()))
	}
	p.line("%s", r.totals())
	return p.err
}

// data escapes the message of a workflow command.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

// property escapes a property of a workflow command.
func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(text))
}

// severityWord is for formats whose severities are words of their own.
func severityWord(f compare.Finding, fails bool, failing, warning, info string) string {
	switch {
	case fails:
		return failing
	case f.Severity == compare.Info:
		return info
	}
	return warning
}
