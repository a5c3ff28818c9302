package cli

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/report"
	"akita/internal/severity"
)

// checkCommand is what the user chose.
type checkCommand struct {
	reportFlags

	sides     sideReader
	against   []string
	since     string
	base      string
	basePaths []string
	ignore    string
}

func newCheck(p Process) *cobra.Command {
	c := checkCommand{sides: sideReader{process: p}}
	cmd := &cobra.Command{
		Use:   "check NEW --against SIDE",
		Short: "Check whether a new OpenAPI document breaks calls that are made",
		Long: `Check whether a new OpenAPI document breaks calls that are made.

NEW is the document that is to be published: OpenAPI 3.0, 3.1 or 3.2, or Swagger 2.0. SIDE is
the project of a server, or files with traffic, which are read as in "akita model build".

--base names the document before. Without it, that is the document that the project declares.
Each change from it to NEW that may break clients, by the rules of oasdiff, is looked for in
the calls. If calls use what changes, it keeps its severity, and the message says how often,
when last and by whom. If nobody does, the change is listed as "not used", and fails nothing.

If there is no document before, what calls send and NEW does not accept is breaking, and what
is served and NEW does not declare is a warning.

Of answers it is known what is served, and not what clients read.

The exit code is 0 without findings that fail the check (--fail-on), 1 with some, 2 if the
arguments or the input are wrong.

` + sidesHelp,
		Example: "  akita check new.yaml --against shop --since 30d --server https://akita.example.com\n" +
			"  akita check new.yaml --base openapi.yaml --against traffic.har --format github",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("check needs one new OpenAPI document (see %q)", cmd.CommandPath()+" --help")
			}
			return nil
		},
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE:   func(cmd *cobra.Command, args []string) error { return c.run(cmd, args[0], time.Now()) },
	}
	flags := cmd.Flags()
	c.addFlags(p, flags, "breaking", "breaking", "warning", "removed", "changed", "added")
	flags.StringArrayVar(&c.against, "against", nil, "project of a server, or file with traffic (repeatable)")
	flags.StringVar(&c.since, "since", "30d",
		"how far back the calls of a project go that has no trace and no range, in hours, days or weeks: 12h, 30d, 4w")
	flags.StringVar(&c.base, "base", "", "OpenAPI document before (default: the one that the project declares)")
	flags.StringArrayVar(&c.basePaths, "base-path", nil,
		`path below which the calls have the documents' paths, in place of their servers: "/api/v1" (repeatable)`)
	flags.StringVar(&c.ignore, "ignore", "", "file with findings that are accepted, each with a reason (docs/compare.md)")
	c.sides.addFlags(flags, "URL of a server with the projects of --against")
	return cmd
}

func (c *checkCommand) run(cmd *cobra.Command, name string, now time.Time) error {
	if len(c.against) == 0 {
		return usagef("there are no calls: name a project or a file with --against (see %q)", cmd.CommandPath()+" --help")
	}
	if err := c.check(append([]string{name, c.base}, c.against...)); err != nil {
		return err
	}
	period, err := periodOf(c.since)
	if err != nil {
		return err
	}
	ignored, err := readIgnored(c.ignore)
	if err != nil {
		return err
	}
	usage := compare.Usage{Now: now}
	if usage.Revision, err = readDocument(name, c.basePaths); err != nil {
		return err
	}
	for i, text := range c.against {
		if c.sides.isRemote(cmd, text) && !strings.Contains(text, "@") {
			c.against[i], usage.Period = text+"@-"+c.since+"..", period
		}
	}
	if usage.Calls, err = c.sides.recording(cmd, c.against, nil); err != nil {
		return err
	}
	if err := c.addChanges(cmd, &usage); err != nil {
		return err
	}
	findings, matched := usage.Findings()
	if matched == 0 {
		return usagef("no call has a path of %s: its paths are below %s; "+
			"choose others with --base-path, or calls with --host", name, quotedPaths(usage.Revision))
	}
	left := withoutIgnored(cmd, c.ignore, findings, ignored)
	return c.write(cmd, &report.Report{
		Title: "API check: " + filepath.Base(name), Document: filepath.ToSlash(name), Findings: left,
		Calls: usage.Calls.Model.Witnesses(), Ignored: len(findings) - len(left),
	})
}

// addChanges adds the document before, and what changed since.
func (c *checkCommand) addChanges(cmd *cobra.Command, usage *compare.Usage) (err error) {
	if c.base != "" {
		usage.Base, err = readDocument(c.base, c.basePaths)
	} else {
		usage.Base, err = c.declaration(cmd)
	}
	if err != nil || usage.Base == nil {
		return err
	}
	usage.Changes, err = severity.Documents(usage.Base, usage.Revision)
	return err
}

// declaration returns the document that the project of the calls declares; nil if it declares none, or if
// the calls are not those of one project.
func (c *checkCommand) declaration(cmd *cobra.Command) (*declared.Document, error) {
	if len(c.against) != 1 || !c.sides.isRemote(cmd, c.against[0]) {
		return nil, nil
	}
	bases, err := readBasePaths(c.basePaths)
	if err != nil {
		return nil, err
	}
	return c.sides.declaredBy(cmd, parseSide(c.against[0]), bases)
}

var since = regexp.MustCompile(`^([1-9][0-9]{0,3})([hdw])$`)

// periodOf describes the time of --since: "30 days".
func periodOf(text string) (string, error) {
	m := since.FindStringSubmatch(text)
	if m == nil {
		return "", usagef(`--since %q is not a time in hours, days or weeks: write "12h", "30d" or "4w"`, text)
	}
	unit := map[string]string{"h": "hour", "d": "day", "w": "week"}[m[2]]
	if m[1] != "1" {
		unit += "s"
	}
	return fmt.Sprintf("%s %s", m[1], unit), nil
}
