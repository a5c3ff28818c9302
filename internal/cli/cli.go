// Package cli is the command line, one file per command. It is the only package that
// prints. Commands read flags and the environment, then call agent, server, or the
// offline path of har, witness and apimodel.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"akita/internal/printable"
)

// Process holds what a command needs from the process that runs it.
type Process struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
}

// Exit codes.
const (
	exitOK    = 0
	exitError = 1 // the work failed
	exitUsage = 2 // the arguments or the input are wrong; a retry will not help
)

// usageError marks an error that the user fixes by changing the arguments or the input.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// Run runs the command in args, which do not include the program's name, until it is
// done or ctx ends. It returns the exit code of the process: 0 for success, 1 for a
// failure, 2 for wrong usage. It prints an error as one line on Stderr.
func Run(ctx context.Context, args []string, p Process) int {
	root := newRoot(p)
	root.SetArgs(severalValues(args))
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	fmt.Fprintf(p.Stderr, "akita: %s\n", printable.Lines(err.Error()))
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	return exitError
}

func newRoot(p Process) *cobra.Command {
	root := &cobra.Command{
		Use:   "akita",
		Short: "See what your API really does, from its own traffic",
		Long: `Akita shows a team what its API really does, from its own traffic.

You add one line of middleware to a Django app. "akita daemon" runs beside the app
and turns each call into a witness: its shape, never its values. "akita server"
builds an API model from the witnesses, to explore in a console and to export as
OpenAPI.`,
		Version:           Version(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              noArgs,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		// An argument before the flag is the cause: the flag is that of a command whose name is misspelt.
		if cmd.HasSubCommands() && cmd.Flags().NArg() > 0 {
			return noArgs(cmd, cmd.Flags().Args())
		}
		return usagef("%w (see %q)", err, cmd.CommandPath()+" --help")
	})
	root.AddCommand(
		newServer(p), newDaemon(p), newModel(p), newWitness(p), newDeclare(p), newDrift(p), newDiff(p), newCheck(p),
		newCoverage(p), newUpload(p), newPosture(p), newRoutes(p), newMCP(p), newVersion(),
	)
	return root
}

// suggestionDistance is how many letters of a command may be wrong for it to be suggested.
const suggestionDistance = 2

// noArgs rejects positional arguments and names the help page, and commands with a similar name.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	what, hint := "argument", ""
	if cmd.HasSubCommands() {
		what = "command"
		cmd.SuggestionsMinimumDistance = suggestionDistance
		if similar := cmd.SuggestionsFor(args[0]); len(similar) > 0 {
			hint = fmt.Sprintf("; did you mean %q?", cmd.CommandPath()+" "+similar[0])
		}
	}
	return usagef("unknown %s %q%s (see %q)", what, args[0], hint, cmd.CommandPath()+" --help")
}
