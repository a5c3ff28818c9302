package report

import (
	"io"
	"strings"

	"akita/internal/compare"
)

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
