package cli_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"testing"

	"golang.org/x/sys/unix"

	"akita/internal/cli"
)

// TestColours runs the commands on a terminal: only there, and only in text, they colour.
func TestColours(t *testing.T) {
	t.Parallel()
	in := inPets(t)
	for name, args := range comparisons {
		args = append(in(args), "--fail-on", "none")
		for _, test := range []struct {
			what, noColor string
			args          []string
			want          bool
		}{
			{"text", "", args, true},
			{"text with NO_COLOR", "1", args, false},
			{"markdown", "", append(args[:len(args):len(args)], "--format", "markdown"), false},
			{"github", "", append(args[:len(args):len(args)], "--format", "github"), false},
		} {
			got := onTerminal(t, test.noColor, test.args)
			if is := bytes.Contains(got, []byte("\x1b[")); is != test.want {
				t.Errorf("%s as %s has colours: %t, want %t:\n%q", name, test.what, is, test.want, got)
			}
		}
	}
}

// onTerminal runs the command line with a terminal as its output, and returns what it shows.
func onTerminal(t *testing.T, noColor string, args []string) []byte {
	t.Helper()
	ours, theirs := terminal(t)
	shown := make(chan []byte, 1)
	go func() {
		text, _ := io.ReadAll(ours) // an error is the end: the other side is closed
		shown <- text
	}()
	var messages bytes.Buffer
	code := cli.Run(t.Context(), args, cli.Process{
		Stdin: bytes.NewReader(nil), Stdout: theirs, Stderr: &messages,
		Getenv: func(name string) string { return map[string]string{"NO_COLOR": noColor}[name] },
	})
	if err := theirs.Close(); err != nil {
		t.Fatal(err)
	}
	text := <-shown
	if code != 0 || len(text) == 0 {
		t.Fatalf("exit code %d, %d bytes: %s", code, len(text), messages.String())
	}
	return text
}

// terminal opens a pseudo-terminal: the side that a person sees, and that of the program.
func terminal(t *testing.T) (ours, theirs *os.File) {
	t.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ours.Close() })
	fd := int(ours.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return ours, theirs
}
