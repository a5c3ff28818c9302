package cli

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/report"
)

// coverageCommand is what the user chose.
type coverageCommand struct {
	reportFlags

	sides             sideReader // of production; of tests, only the paths are chosen
	tests, production []string
	openapi, ignore   string
	html              string
	weight            string
	minimum           float64
}

func newCoverage(p Process) *cobra.Command {
	c := coverageCommand{sides: sideReader{process: p}}
	cmd := &cobra.Command{
		Use:   "coverage --tests SIDE... --production SIDE...",
		Short: "Find what production does and no test does",
		Long: `Find what production does and no test does: operations, statuses, parameters, request
fields, members of enums, media types and credentials, those with the most calls first;
and what only tests do.

A SIDE is a recording, which is read as in "akita model build"; "-" is standard input.
"pytest --akita" writes the calls of tests (docs/coverage.md). Nothing is sent anywhere.
The paths of both are inferred together, or are those of a document (--openapi). Hosts do
not matter: tests call another one. --host and --exclude-host choose calls of production.

The share of calls is that of the production calls whose operation a test calls, and
whose status it gets. The level is that of Martin-Lopez, Segura and Ruiz-Cortés, "Test
Coverage Criteria for RESTful Web APIs" (2019): of what production does, or of what the
document declares.

The exit code is 0, or 1 if the share is below --min or a finding fails the check
(--fail-on), or 2 if the arguments or the input are wrong.

` + sidesHelp,
		Example: "  akita coverage --tests tests.har --production production.har\n" +
			"  akita coverage --tests unit/*.har --production monday.har tuesday.har --min 90\n" +
			"  akita coverage --tests tests.har --production shop@-7d..now --min 90\n" +
			"  akita coverage --tests tests.har --production production.har --openapi openapi.yaml \\\n" +
			"    --min 100 --weight operations --html coverage.html",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("%s: name it after --tests or --production (see %q)", args[0], cmd.CommandPath()+" --help")
			}
			return nil
		},
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE:   func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&c.tests, "tests", nil, "recordings of tests (one or more)")
	flags.StringArrayVar(&c.production, "production", nil, "recordings of production (one or more)")
	c.addFlags(p, flags, "none", "untested")
	flags.StringVar(&c.openapi, "openapi", "", "OpenAPI document whose paths the calls have, and whose levels count")
	flags.Float64Var(&c.minimum, "min", 0, "percent that must be tested")
	flags.StringVar(&c.weight, "weight", string(report.ByCalls), `what --min counts: "calls" or "operations"`)
	flags.StringVar(&c.html, "html", "", "file to write a page to, for people")
	flags.StringVar(&c.ignore, "ignore", "", "file with findings that are accepted, each with a reason (docs/compare.md)")
	c.sides.addFlags(flags, "URL of a server with the projects that are compared")
	return cmd
}

func (c *coverageCommand) run(cmd *cobra.Command) error {
	if err := c.checkFlags(); err != nil {
		return err
	}
	ignored, err := readIgnored(c.ignore)
	if err != nil {
		return err
	}
	covered, err := c.compare(cmd)
	if err != nil {
		return err
	}
	findings := slices.Concat(covered.Untested, covered.OnlyTests)
	left := withoutIgnored(cmd, c.ignore, findings, ignored)
	of := &report.Report{
		Title: "API test coverage", Document: filepath.ToSlash(c.openapi), Of: filepath.ToSlash(c.production[0]),
		Findings: left,
		Calls:    covered.ProductionCalls, Ignored: len(findings) - len(left),
		Coverage: &report.Coverage{Coverage: covered, Weight: report.Weight(c.weight), Minimum: c.minimum},
	}
	if c.html != "" {
		err := write(cmd, c.html, func(w io.Writer) error { return report.WriteCoveragePage(w, of) })
		if err != nil {
			return err
		}
	}
	if err := c.write(cmd, of); err != nil {
		return err
	}
	if !of.Coverage.IsEnough() {
		return errors.New(of.Coverage.Shortfall() + " (--min)")
	}
	return nil
}

func (c *coverageCommand) checkFlags() error {
	files := slices.Concat(c.tests, c.production)
	switch {
	case len(c.tests) == 0 || len(c.production) == 0:
		return usagef("coverage needs recordings of both: name them after --tests and after --production")
	case c.weight != string(report.ByCalls) && c.weight != string(report.ByOperations):
		return usagef(`unknown weight %q: --weight takes "calls" or "operations"`, c.weight)
	case c.minimum < 0 || c.minimum > 100:
		return usagef("--min %g is not a share in percent: give 0 to 100", c.minimum)
	}
	if slices.Contains(c.tests, "-") && slices.Contains(c.production, "-") {
		return usagef(`"-" is standard input, which only one side can read`)
	}
	if c.html != "" {
		if err := checkOutput(c.html, files); err != nil {
			return err
		}
	}
	return c.check(files)
}

// compare reads both sides and compares them.
func (c *coverageCommand) compare(cmd *cobra.Command) (*compare.Coverage, error) {
	var document *declared.Document
	if c.openapi != "" {
		var err error
		if document, err = readDocument(c.openapi, nil); err != nil {
			return nil, err
		}
	}
	ofTests := sideReader{
		remoteServer: c.sides.remoteServer, process: c.sides.process, chosen: selection{paths: c.sides.chosen.paths},
	}
	tests, err := ofTests.recording(cmd, c.tests, document)
	if err != nil {
		return nil, err
	}
	production, err := c.sides.recording(cmd, c.production, document)
	if err != nil {
		return nil, err
	}
	if n := c.sides.tests; n > 0 {
		cmd.PrintErrf("%s of production are marked as those of tests\n", plural(n, "call"))
	}
	x, y := compare.SidesOfOneAPI(tests, production)
	return compare.Cover(x, y, document), nil
}

// severalValues lets the sides of akita coverage have several values: "--tests a b" is "--tests a --tests b".
func severalValues(args []string) []string {
	if len(args) == 0 || args[0] != "coverage" {
		return args
	}
	flags := []string{"--tests", "--production"}
	var out []string
	flag := ""
	for i, arg := range args {
		switch {
		case slices.Contains(flags, arg):
			flag = arg
		case strings.HasPrefix(arg, "-") && arg != "-":
			flag = ""
		case flag != "" && args[i-1] != flag:
			out = append(out, flag)
		}
		out = append(out, arg)
	}
	return out
}
