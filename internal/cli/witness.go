package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"akita/internal/gate"
	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/witness"
)

func newWitness(p Process) *cobra.Command {
	var pretty bool
	var options witness.Options
	var names gate.Config
	var chosen selection
	cmd := &cobra.Command{
		Use:   "witness FILE.har...",
		Short: "Print what would leave the machine for the calls in HAR files",
		Long: `Print the witness of each call in HAR files, one per line: its shape, never its
values, byte for byte as "akita daemon" would send it to a server.

Each FILE is read as in "akita model build"; "-" is standard input. Nothing is
sent anywhere.`,
		Example: "  akita witness traffic.har\n  akita witness --pretty traffic.har | less\n" +
			"  akita witness traffic.har --host api.example.com --path /v1/users",
		Args:   someFiles,
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := names.Validate(); err != nil {
				return usageError{err}
			}
			out := bufio.NewWriterSize(cmd.OutOrStdout(), 64<<10)
			use := printTo(jsonLines(out, pretty), cmd.ErrOrStderr(), options, gate.New(names))
			err := readChosen(cmd, files, &chosen, use)
			if err == nil {
				cmd.PrintErr(callsNote(&chosen))
			}
			return errors.Join(err, out.Flush())
		},
	}
	chosen.addFlags(cmd.Flags())
	cmd.Flags().BoolVar(&pretty, "pretty", false, "indent each witness, with one member per line")
	cmd.Flags().BoolVar(&options.StrictPaths, "strict-paths", false,
		`withhold literal path segments too, as "akita daemon --strict-paths" does`)
	cmd.Flags().BoolVar(&names.StrictNames, "strict-names", false,
		`withhold every name until three calls carried it, as "akita daemon --strict-names" does`)
	cmd.Flags().StringSliceVar(&names.Hosts, "app-host", nil,
		`host of the application, as in "akita daemon --app-host"`)
	return cmd
}

// printTo returns a function that prints the witness of an entry to out. For an entry that a
// daemon would not send, it prints the reason to complaints.
func printTo(out, complaints io.Writer, options witness.Options, names *gate.Gate) func(*har.Entry) error {
	var arena shape.Arena
	var calls uint64
	var line []byte
	options.Arena, options.Cache = &arena, new(witness.Cache)
	options.MaxExpanded = witness.LiveExpanded
	return func(e *har.Entry) error {
		defer arena.Reset()
		w := witness.FromEntry(e, options)
		calls++
		names.Filter(&w, calls)
		err := w.Validate()
		if err == nil {
			line, err = witness.AppendLine(line[:0], &w)
		}
		if err != nil {
			fmt.Fprintf(complaints, "a call is skipped, as in the daemon: %v\n", err)
			return nil
		}
		_, err = out.Write(line)
		return err
	}
}
