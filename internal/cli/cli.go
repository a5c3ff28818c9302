// Package cli is the command line: one file per command. It is the only package
// that prints; commands read flags and environment, and hand over to agent,
// server or the offline use of har, witness and apimodel.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// Process is what a command sees of the process it runs in.
type Process struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
}

// Exit codes.
const (
	exitOK    = 0
	exitError = 1 // the work failed
	exitUsage = 2 // the call or its input is wrong; doing it again will not help
)

// usageError marks an error that the caller can mend by calling differently.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// Run runs the command that args name (without the program's name) until it is
// done or ctx ends, and returns the process's exit code: 0 done, 1 failed,
// 2 called wrongly. An error is printed as one line on Stderr.
func Run(ctx context.Context, args []string, p Process) int {
	root := newRoot(p)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	fmt.Fprintf(p.Stderr, "akita: %v\n", err)
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitError
}

func newRoot(p Process) *cobra.Command {
	root := &cobra.Command{
		Use:   "akita",
		Short: "See what your API really does, from its own traffic",
		Long: `Akita shows a team what its API really does, from its own traffic.

A Django app gets one line of middleware; "akita daemon" beside it turns each
call into a witness (its shape, never its values); "akita server" folds the
witnesses into an API model to explore in a console and to take away as OpenAPI.`,
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
		return usagef("%s (see %q)", flagProblem(err), cmd.CommandPath()+" --help")
	})
	root.AddCommand(newServer(p), newDaemon(p), newModel(p), newWitness(p), newVersion())
	return root
}

// flagProblem says what is wrong with a flag, without the name of the Go function that
// found it in a number.
func flagProblem(err error) string {
	text := err.Error()
	var number *strconv.NumError
	if errors.As(err, &number) {
		return strings.TrimSuffix(text, number.Error()) + number.Err.Error()
	}
	return text
}

// noArgs refuses positional arguments with a hint.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		what := "argument"
		if cmd.HasSubCommands() {
			what = "command"
		}
		return usagef("unknown %s %q (see %q)", what, args[0], cmd.CommandPath()+" --help")
	}
	return nil
}
