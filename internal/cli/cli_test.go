package cli_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"akita/internal/cli"
)

// The scripts in cmd/akita/testdata/script test what the commands print: the files that define
// flags, read the environment and write tables and trees. The test files of this package test
// what needs more cases than a script can have.

// runWith runs the command line in this process, with an empty environment.
func runWith(t testing.TB, stdin io.Reader, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code = cli.Run(t.Context(), args, cli.Process{
		Stdin: stdin, Stdout: &out, Stderr: &errOut, Getenv: func(string) string { return "" },
	})
	return code, out.String(), errOut.String()
}

// run is runWith for a text as standard input.
func run(t testing.TB, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return runWith(t, strings.NewReader(stdin), args...)
}
