// Package report writes findings for people and for machines: as text, JSON, Markdown, SARIF, JUnit XML,
// and workflow commands of GitHub. The order of findings is that of package compare.
package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"akita/internal/compare"
	"akita/internal/printable"
)

// Report is what a comparison found.
type Report struct {
	Title    string // "drift of openapi.yaml"
	Document string // the OpenAPI document that findings are about, with slashes; "" for none
	Of       string // what they are about without a document: a recording, or a project of a server
	Findings []compare.Finding
	Calls    uint64 // that were compared
	Ignored  int    // findings that are left out, because a file accepts them
	Fails    func(compare.Finding) bool
	Coverage *Coverage // of a report on tests, else nil
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
	return write(w, r.printable(), o)
}

// printable returns a report whose texts have no unprintable characters: names come from traffic, and from
// documents of others.
func (r *Report) printable() *Report {
	out := *r
	out.Title = printable.Text(r.Title)
	out.Findings = make([]compare.Finding, len(r.Findings))
	for i, f := range r.Findings {
		for _, text := range []*string{&f.Method, &f.Path, &f.At, &f.Value, &f.Message} {
			*text = printable.Text(*text)
		}
		f.Consumers = make([]string, len(f.Consumers))
		for n, name := range r.Findings[i].Consumers {
			f.Consumers[n] = printable.Text(name)
		}
		out.Findings[i] = f
	}
	return &out
}

// group is the findings of one operation.
type group struct {
	method, path string
	findings     []compare.Finding
}

// groups returns findings by operation, in their order.
func groups(findings []compare.Finding) []group {
	var out []group
	for _, f := range findings {
		if n := len(out); n == 0 || out[n-1].method != f.Method || out[n-1].path != f.Path {
			out = append(out, group{method: f.Method, path: f.Path})
		}
		last := &out[len(out)-1]
		last.findings = append(last.findings, f)
	}
	return out
}

// section is a part of a report.
type section struct {
	name, sentence string
	colour         string
	has            func(compare.Finding) bool
	isBrief        bool // text has a line for each operation, and Markdown folds it
}

// sections are the parts of a report, in its order.
var sections = []section{
	{"mismatched", "the calls contradict the document", red, of(compare.Mismatched), false},
	{"undocumented", "the document does not declare what the calls show", yellow, of(compare.Undocumented), false},
	{"never seen", "no call shows what the document declares", faint, func(f compare.Finding) bool {
		return f.Kind == compare.Unseen && !isOnlyTests(f)
	}, true},
	{"breaking", "clients of the base may fail", red, func(f compare.Finding) bool {
		return isDiff(f) && f.Verdict == compare.Proved && f.Severity == compare.Breaking
	}, false},
	{"removed", "the revision does not have it any more", yellow, proved(compare.Removed), false},
	{"changed", "the revision has it otherwise", yellow, proved(compare.Changed), false},
	{"added", "only the revision has it", green, proved(compare.Added), false},
	{"not used", "it changes, and no call is affected", green, func(f compare.Finding) bool {
		return f.Verdict == compare.Unused
	}, false},
	{"untested", "production does it, and no test does", yellow, of(compare.Untested), false},
	{"only in tests", "tests do it, and production does not", faint, isOnlyTests, true},
	{"not enough evidence", "one side does not show it, which may be chance", faint, func(f compare.Finding) bool {
		return isDiff(f) && f.Verdict == compare.NotEnough
	}, true},
	{"zombie", "it is announced to end, and it is called", red, of(compare.Zombie), false},
	{"shadow", "it answers calls, and no list of routes has it", yellow, of(compare.Shadow), false},
	{"dead", "the application has the route, and nobody calls it", faint, of(compare.Dead), true},
	{"exposed", "secrets and grave data where others can read them", red, posture(compare.Breaking), false},
	{"at risk", "personal data, and operations that change something, without protection", yellow,
		posture(compare.Warning), false},
	{"noted", "who may call, and where data are sensitive", faint, posture(compare.Info), true},
}

func of(kind compare.Kind) func(compare.Finding) bool {
	return func(f compare.Finding) bool { return f.Kind == kind }
}

// isOnlyTests reports whether calls of tests stand for what is not seen in production.
func isOnlyTests(f compare.Finding) bool { return f.Kind == compare.Unseen && f.Seen.For > 0 }

func proved(kind compare.Kind) func(compare.Finding) bool {
	return func(f compare.Finding) bool {
		return f.Kind == kind && f.Verdict == compare.Proved && f.Severity != compare.Breaking
	}
}

func posture(severity compare.Severity) func(compare.Finding) bool {
	return func(f compare.Finding) bool { return f.Kind == compare.Posture && f.Severity == severity }
}

// isDiff reports whether a finding is one of two recordings.
func isDiff(f compare.Finding) bool {
	return f.Kind == compare.Added || f.Kind == compare.Removed || f.Kind == compare.Changed
}

// sectionOf returns the part of a report that a finding belongs to.
func sectionOf(f compare.Finding) section {
	for _, s := range sections {
		if s.has(f) {
			return s
		}
	}
	return section{name: string(f.Kind)} // no kind is without
}

// in returns the findings of a section, by operation. Of tests, the operation with the most calls that
// something is about is first.
func (r *Report) in(s section) (out []compare.Finding) {
	first := make(map[string]int)
	for _, f := range r.Findings {
		if !s.has(f) {
			continue
		}
		if operation := f.Method + " " + f.Path; r.Coverage != nil && first[operation] == 0 {
			first[operation] = len(out) + 1
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(x, y compare.Finding) int {
		return cmp.Or(cmp.Compare(first[x.Method+" "+x.Path], first[y.Method+" "+y.Path]),
			cmp.Compare(x.Path, y.Path), cmp.Compare(x.Method, y.Method))
	})
	return out
}

// totals counts the findings in words: "2 mismatched, 1 undocumented in 300 calls".
func (r *Report) totals() string {
	var parts []string
	for _, s := range sections {
		if n := len(r.in(s)); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s.name))
		}
	}
	text := "no findings"
	if len(parts) > 0 {
		text = strings.Join(parts, ", ")
	}
	if r.Coverage != nil {
		text = r.Coverage.sentence() + "; " + text
	}
	if r.Calls > 0 {
		text += " in " + plural(r.Calls, "call")
	}
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

// what describes a finding, with its value and with its consumers.
func what(f compare.Finding) string {
	text := f.Message
	switch f.Subject {
	case compare.MediaType, compare.Enum, compare.Auth:
		if f.Value != "" && !strings.Contains(text, f.Value) {
			text = f.Value + ": " + text
		}
	}
	if len(f.Consumers) > 0 && !strings.Contains(text, f.Consumers[0]) {
		by := ", by "
		if f.Kind == compare.Untested {
			by = "; production: "
		}
		text += by + strings.Join(f.Consumers, ", ")
	}
	if f.Rule != "" {
		text += " (" + f.Rule + ")"
	}
	return text
}

// share describes the evidence: "12 of 40"; there is none for what documents declare.
func share(s compare.Seen) string {
	if s.Of == 0 {
		return "declared"
	}
	if s.For == s.Of {
		return fmt.Sprintf("all %d", s.Of)
	}
	return fmt.Sprintf("%d of %d", s.For, s.Of)
}

// sentence describes a finding as a whole.
func sentence(f compare.Finding) string { return f.Method + " " + f.Path + ": " + Clause(f) }

// Clause describes a finding of an operation that the reader knows.
func Clause(f compare.Finding) string {
	return fmt.Sprintf("%s: %s (%s)", where(f), what(f), share(f.Seen))
}
