// Package report writes findings for people and for machines: as text, JSON, Markdown, SARIF, JUnit XML,
// and workflow commands of GitHub. The order of findings is that of package compare.
package report

import (
	"fmt"
	"io"
	"strings"

	"akita/internal/compare"
)

// Report is what a comparison found.
type Report struct {
	Title    string // "drift of openapi.yaml"
	Document string // the file that findings are about; "" for none
	Findings []compare.Finding
	Calls    uint64 // that were compared
	Ignored  int    // findings that are left out, because a file accepts them
	Fails    func(compare.Finding) bool
}

// Options are how a report is written.
type Options struct {
	Colour bool // of text
	Unseen bool // text, Markdown and GitHub list each thing that was never seen
}

var writers = map[string]func(io.Writer, *Report, Options) error{
	"text": writeText, "json": writeJSON, "markdown": writeMarkdown, "sarif": writeSARIF, "junit": writeJUnit,
	"github": writeGitHub,
}

// Formats lists the names of the formats, the usual first.
func Formats() []string { return []string{"text", "json", "markdown", "sarif", "junit", "github"} }

// Write writes a report in a format. It fails if there is no such format.
func Write(w io.Writer, format string, r *Report, o Options) error {
	write := writers[format]
	if write == nil {
		return fmt.Errorf("unknown format %q: it is one of %s", format, strings.Join(Formats(), ", "))
	}
	return write(w, r, o)
}

// group is the findings of one operation and kind.
type group struct {
	kind         compare.Kind
	method, path string
	findings     []compare.Finding
}

// groups returns the findings by kind and operation, in their order.
func (r *Report) groups() []group {
	var out []group
	for _, f := range r.Findings {
		if n := len(out); n == 0 || out[n-1].kind != f.Kind || out[n-1].method != f.Method || out[n-1].path != f.Path {
			out = append(out, group{kind: f.Kind, method: f.Method, path: f.Path})
		}
		last := &out[len(out)-1]
		last.findings = append(last.findings, f)
	}
	return out
}

// count returns how many findings are of a kind.
func (r *Report) count(kind compare.Kind) (n int) {
	for _, f := range r.Findings {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// kinds are the kinds with what they mean, in the order of reports.
var kinds = []struct {
	kind           compare.Kind
	name, sentence string
}{
	{compare.Mismatched, "mismatched", "the calls contradict the document"},
	{compare.Undocumented, "undocumented", "the document does not declare what the calls show"},
	{compare.Unseen, "never seen", "no call shows what the document declares"},
}

// totals counts the findings in words: "2 mismatched, 1 undocumented in 300 calls".
func (r *Report) totals() string {
	var parts []string
	for _, k := range kinds {
		if n := r.count(k.kind); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, k.name))
		}
	}
	text := "no findings"
	if len(parts) > 0 {
		text = strings.Join(parts, ", ")
	}
	text += " in " + plural(r.Calls, "call")
	if r.Ignored > 0 {
		text += fmt.Sprintf(" (%d ignored)", r.Ignored)
	}
	return text
}

func plural(n uint64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// where names the place of a finding in its operation: "200 body.email", "request.body.email".
func where(f compare.Finding) string {
	var parts []string
	if f.Status != 0 {
		parts = append(parts, fmt.Sprint(f.Status))
	}
	at := strings.TrimPrefix(f.At, "response.")
	if f.Subject == compare.Operation {
		at = "operation"
	}
	if f.Subject != compare.Status || at != "response" {
		parts = append(parts, at)
	}
	return strings.Join(parts, " ")
}

// what describes a finding, with its value.
func what(f compare.Finding) string {
	text := f.Message
	if (f.Subject == compare.MediaType || f.Subject == compare.Enum) && f.Value != "" {
		text = f.Value + ": " + text
	}
	return text
}

// share describes the evidence: "12 of 40".
func share(s compare.Seen) string {
	if s.For == s.Of {
		return fmt.Sprintf("all %d", s.Of)
	}
	return fmt.Sprintf("%d of %d", s.For, s.Of)
}

// sentence describes a finding as a whole.
func sentence(f compare.Finding) string {
	return fmt.Sprintf("%s %s: %s: %s (%s)", f.Method, f.Path, where(f), what(f), share(f.Seen))
}
