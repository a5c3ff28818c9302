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

	chosen  selection
	ignore  string
	openapi string
}

func newDiff(p Process) *cobra.Command {
	var c diffCommand
	cmd := &cobra.Command{
		Use:   "diff BASE.har REVISION.har",
		Short: "Find what changed from one recording to another, offline",
		Long: `Find what changed from one recording to another, offline: what was added, removed and
changed, and whether clients may fail.

BASE and REVISION are read as in "akita model build"; one of them may be "-", standard
input. Nothing is sent anywhere. --openapi names a document whose paths the calls have;
without it, the paths are inferred from both recordings together.

Something counts as removed only if, at its earlier rate, it would have been seen
(p < 0.001). Otherwise it is listed as "not enough evidence" and fails nothing. The
severities are those of oasdiff's rules, whose names stand in brackets.

The exit code is 0 without findings that fail the check (--fail-on), 1 with some, 2 if the
arguments or the input are wrong.`,
		Example: "  akita diff before.har after.har\n" +
			"  akita diff main.har branch.har --openapi openapi.yaml --format markdown -o comment.md\n" +
			"  akita diff before.har after.har --fail-on any --ignore planned.yaml",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("diff needs two recordings, BASE and REVISION (see %q)", cmd.CommandPath()+" --help")
			}
			return nil
		},
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE:   func(cmd *cobra.Command, args []string) error { return c.run(cmd, args[0], args[1]) },
	}
	flags := cmd.Flags()
	c.addFlags(flags, "breaking", "breaking", "warning", "removed", "changed", "added")
	flags.StringVar(&c.ignore, "ignore", "", "file with findings that are accepted, each with a reason (docs/compare.md)")
	flags.StringVar(&c.openapi, "openapi", "", "OpenAPI document whose paths are the routes of the calls")
	c.chosen.addFlags(flags)
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
	var document *declared.Document
	if c.openapi != "" {
		if document, err = readDocument(c.openapi, nil); err != nil {
			return err
		}
	}
	x, err := c.read(cmd, base, document)
	if err != nil {
		return err
	}
	y, err := c.read(cmd, revision, document)
	if err != nil {
		return err
	}
	findings := compare.Diff(compare.Sides(x, y))
	for i := range findings {
		if document == nil {
			break
		}
		if template, ok := document.Template(findings[i].Path); ok {
			findings[i].Path = template
		}
	}
	if err := severity.Judge(findings); err != nil {
		return err
	}
	left := withoutIgnored(cmd, c.ignore, findings, ignored)
	return c.write(cmd, &report.Report{
		Title: fmt.Sprintf("API diff: %s to %s", filepath.Base(base), filepath.Base(revision)), Findings: left,
		Calls: x.Model.Witnesses() + y.Model.Witnesses(), Ignored: len(findings) - len(left),
	})
}

// read reads one side.
func (c *diffCommand) read(
	cmd *cobra.Command, name string, document *declared.Document,
) (compare.Recording, error) {
	if isDocument(name) {
		return compare.Recording{}, usagef(
			"%s is an OpenAPI document, and diff compares recordings: use \"akita drift\" to compare a document with calls",
			name)
	}
	read := newHours(document)
	chosen := selection{hosts: c.chosen.hosts, excluded: c.chosen.excluded, paths: c.chosen.paths}
	if err := readChosen(cmd, []string{name}, &chosen, read.add); err != nil {
		return compare.Recording{}, err
	}
	return compare.Recording{Model: read.sum(), Hours: read.inOrder()}, nil
}

// documentStart matches the start of an OpenAPI document in YAML or JSON.
var documentStart = regexp.MustCompile(`(?m)^\s*\{?\s*"?(openapi|swagger)"?\s*:`)

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
	start := make([]byte, 4096)
	n, _ := io.ReadFull(f, start) // a short file is not an error
	return documentStart.Match(bytes.TrimPrefix(start[:n], []byte("\ufeff")))
}
