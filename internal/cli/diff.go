package cli

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/report"
	"akita/internal/severity"
)

// diffCommand is what the user chose.
type diffCommand struct {
	reportFlags

	sides   sideReader
	ignore  string
	openapi string
}

func newDiff(p Process) *cobra.Command {
	c := diffCommand{sides: sideReader{process: p}}
	cmd := &cobra.Command{
		Use:   "diff BASE REVISION",
		Short: "Find what changed from one recording or document to another",
		Long: `Find what changed from one recording to another: what was added, removed and changed, and
whether clients may fail.

BASE and REVISION are recordings, which are read as in "akita model build", or OpenAPI
documents; one of them may be "-", a recording from standard input. Of files, nothing is sent
anywhere. --openapi names a document whose paths the calls of both recordings have;
without it, the paths are inferred from both together. Two documents are compared by
oasdiff. A document and a recording are compared as in "akita drift".

Something counts as removed only if, at its earlier rate, it would have been seen
(p < 0.001). Otherwise it is listed as "not enough evidence" and fails nothing. The
severities are those of oasdiff's rules, whose names stand in brackets.

The exit code is 0 without findings that fail the check (--fail-on), 1 with some, 2 if the
arguments or the input are wrong.

` + sidesHelp,
		Example: "  akita diff before.har after.har\n  akita diff openapi-v1.yaml openapi-v2.yaml\n" +
			"  akita diff main.har branch.har --openapi openapi.yaml --format markdown -o comment.md\n" +
			"  akita diff before.har after.har --fail-on any --ignore planned.yaml\n" +
			"  akita diff shop@-8d..-1d shop@-24h.. --server https://akita.example.com",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("diff needs two recordings or documents, BASE and REVISION (see %q)", cmd.CommandPath()+" --help")
			}
			return nil
		},
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE:   func(cmd *cobra.Command, args []string) error { return c.run(cmd, args[0], args[1]) },
	}
	flags := cmd.Flags()
	c.addFlags(p, flags, "breaking", "breaking", "warning", "removed", "changed", "added")
	flags.StringVar(&c.ignore, "ignore", "", "file with findings that are accepted, each with a reason (docs/compare.md)")
	flags.StringVar(&c.openapi, "openapi", "", "OpenAPI document whose paths are the routes of the calls")
	c.sides.addFlags(flags, "URL of a server with the projects that are compared")
	return cmd
}

func (c *diffCommand) run(cmd *cobra.Command, base, revision string) error {
	if err := c.check([]string{base, revision}); err != nil {
		return err
	}
	ignored, err := readIgnored(c.ignore)
	if err != nil {
		return err
	}
	findings, calls, err := c.findings(cmd, base, revision)
	if err != nil {
		return err
	}
	left := withoutIgnored(cmd, c.ignore, findings, ignored)
	of := &report.Report{
		Title: fmt.Sprintf("API diff: %s to %s", filepath.Base(base), filepath.Base(revision)),
		Of:    filepath.ToSlash(revision), Findings: left, Calls: calls, Ignored: len(findings) - len(left),
	}
	if c.isDocument(cmd, revision) {
		of.Document = of.Of
	}
	return c.write(cmd, of)
}

// findings compares two sides, each a recording or a document. calls is how many there are in both.
func (c *diffCommand) findings(
	cmd *cobra.Command, base, revision string,
) (findings []compare.Finding, calls uint64, err error) {
	areDocuments := [2]bool{c.isDocument(cmd, base), c.isDocument(cmd, revision)}
	if c.openapi != "" && areDocuments != [2]bool{} {
		return nil, 0, usagef("--openapi names the paths of two recordings: %s and %s are not two", base, revision)
	}
	switch areDocuments {
	case [2]bool{true, true}:
		findings, err = diffDocuments(base, revision)
	case [2]bool{true, false}:
		findings, calls, err = c.mixed(cmd, base, revision, true)
	case [2]bool{false, true}:
		findings, calls, err = c.mixed(cmd, revision, base, false)
	default:
		findings, calls, err = c.recordings(cmd, base, revision)
	}
	return findings, calls, err
}

func diffDocuments(base, revision string) ([]compare.Finding, error) {
	x, err := readDocument(base, nil)
	if err != nil {
		return nil, err
	}
	y, err := readDocument(revision, nil)
	if err != nil {
		return nil, err
	}
	return severity.Documents(x, y)
}

// mixed compares a document with a recording. isBase says that the document is the base.
func (c *diffCommand) mixed(
	cmd *cobra.Command, name, calls string, isBase bool,
) ([]compare.Finding, uint64, error) {
	document, err := readDocument(name, nil)
	if err != nil {
		return nil, 0, err
	}
	r, err := c.sides.recording(cmd, []string{calls}, document)
	if err != nil {
		return nil, 0, err
	}
	traffic, _ := r.Traffic()
	return compare.Mixed(compare.Drift(document, traffic), isBase), r.Model.Witnesses(), nil
}

// recordings compares two recordings.
func (c *diffCommand) recordings(cmd *cobra.Command, base, revision string) ([]compare.Finding, uint64, error) {
	var document *declared.Document
	if c.openapi != "" {
		var err error
		if document, err = readDocument(c.openapi, nil); err != nil {
			return nil, 0, err
		}
	}
	x, err := c.sides.recording(cmd, []string{base}, document)
	if err != nil {
		return nil, 0, err
	}
	y, err := c.sides.recording(cmd, []string{revision}, document)
	if err != nil {
		return nil, 0, err
	}
	findings := compare.Diff(compare.Sides(x, y))
	if document != nil {
		for i, f := range findings {
			if template, ok := document.Template(f.Path); ok {
				findings[i].Path = template
			}
		}
	}
	return findings, x.Model.Witnesses() + y.Model.Witnesses(), severity.Judge(findings)
}

// isDocument reports whether an argument is a file with an OpenAPI document.
func (c *diffCommand) isDocument(cmd *cobra.Command, name string) bool {
	return !c.sides.isRemote(cmd, name) && isDocument(name)
}

// documentMark matches the member that says that a text is an OpenAPI document, in YAML or JSON. In the
// bodies of a recording, its quotes would be escaped.
var documentMark = regexp.MustCompile(`(?m)^(openapi|swagger)\s*:|[{,]\s*"(openapi|swagger)"\s*:\s*"[23]`)

// isDocument reports whether a file looks like an OpenAPI document. What cannot be read does not.
func isDocument(name string) bool {
	if name == "-" {
		return false
	}
	f, err := openFile(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	start := make([]byte, 64<<10)
	n, _ := io.ReadFull(f, start) // a short file is not an error
	return documentMark.Match(bytes.TrimPrefix(start[:n], []byte("\ufeff")))
}
