package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"akita/internal/endpoints"
	"akita/internal/posture"
	"akita/internal/report"
)

// postureCommand is what the user chose.
type postureCommand struct {
	reportFlags

	chosen selection
}

func newPosture(p Process) *cobra.Command {
	var c postureCommand
	cmd := &cobra.Command{
		Use:   "posture FILE.har...",
		Short: "List who may call an API without credentials, and where its data are sensitive",
		Long: `List who may call an API without credentials, and where its data are sensitive, offline.

Each FILE is read as in "akita model build"; "-" is standard input. Nothing is sent anywhere.
Data are judged by the names and the formats of fields, never by their values.

A finding has one of three severities:
  breaking  exposed: passwords, tokens, financial data, numbers of a state or special data in a
            URL, or answered without credentials; passwords in answers
  warning   at risk: other personal data there; an operation that changes something and answers
            without credentials
  info      noted: who may call an operation, and which fields are sensitive (list with --all)

docs/posture.md explains the rules and what they cannot see. The exit code is 0 without findings
that fail the check (--fail-on), 1 with some, 2 if the arguments or the input are wrong.`,
		Example: "  akita posture traffic.har\n" +
			"  akita posture *.har --host api.example.com --fail-on breaking,warning\n" +
			"  akita posture traffic.har --csv -o posture.csv",
		Args:   someFiles,
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE:   c.run,
	}
	flags := cmd.Flags()
	c.addFlags(flags, "breaking", "breaking", "warning", "info")
	c.addCSV(flags)
	c.isPlain = p.Getenv("NO_COLOR") != ""
	c.chosen.addFlags(flags)
	return cmd
}

func (c *postureCommand) run(cmd *cobra.Command, files []string) error {
	if err := c.check(files); err != nil {
		return err
	}
	model, err := readModel(cmd, files, &c.chosen, false)
	if err != nil {
		return err
	}
	set := endpoints.Infer(model)
	cmd.PrintErr(faultNote(set.Unread()), foldedNote(model.Truncated()), hostsNote(set.Hosts(), &c.chosen))
	return c.write(cmd, &report.Report{
		Title: "API posture: " + strings.Join(files, ", "), Findings: posture.Of(set, nil), Calls: model.Witnesses(),
	})
}
