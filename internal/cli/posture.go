package cli

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"akita/internal/endpoints"
	"akita/internal/posture"
	"akita/internal/report"
)

// postureCommand is what the user chose.
type postureCommand struct {
	reportFlags

	sides sideReader
}

func newPosture(p Process) *cobra.Command {
	c := postureCommand{sides: sideReader{process: p}}
	cmd := &cobra.Command{
		Use:   "posture TRAFFIC...",
		Short: "List who may call an API without credentials, and where its data are sensitive",
		Long: `List who may call an API without credentials, and where its data are sensitive.

Each TRAFFIC is a side: a file that is read as in "akita model build", or "-" for standard input.
Of files, nothing is sent anywhere.
Data are judged by the names and the formats of fields, never by their values.

A finding has one of three severities:
  breaking  exposed: passwords, tokens, financial data, numbers of a state or special data in a
            URL, or answered without credentials; passwords in answers
  warning   at risk: other personal data there; an operation that changes something and answers
            without credentials
  info      noted: who may call an operation, and which fields are sensitive (list with --all)

docs/posture.md explains the rules and what they cannot see. The exit code is 0 without findings
that fail the check (--fail-on), 1 with some, 2 if the arguments or the input are wrong.

` + sidesHelp,
		Example: "  akita posture traffic.har\n" +
			"  akita posture *.har --host api.example.com --fail-on breaking,warning\n" +
			"  akita posture traffic.har --csv -o posture.csv\n" +
			"  akita posture shop@-7d.. --server https://akita.example.com",
		Args:   someFiles,
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE:   c.run,
	}
	flags := cmd.Flags()
	c.addFlags(p, flags, "breaking", "breaking", "warning", "info")
	c.addCSV(flags)
	c.sides.addFlags(flags, "URL of a server with the projects")
	return cmd
}

func (c *postureCommand) run(cmd *cobra.Command, files []string) error {
	if err := c.check(files); err != nil {
		return err
	}
	recorded, err := c.sides.recording(cmd, files, nil)
	if err != nil {
		return err
	}
	set := endpoints.Infer(recorded.Model)
	noteTraffic(cmd, set, &c.sides.chosen)
	return c.write(cmd, &report.Report{
		Title: "API posture: " + firstOf(files, maxTitle), Of: filepath.ToSlash(files[0]),
		Findings: posture.Of(set, recorded.Dates), Calls: recorded.Model.Witnesses(),
	})
}

// maxTitle is how many files a title names.
const maxTitle = 3
