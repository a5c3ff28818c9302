package cli_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"akita/internal/cli"
)

// run calls the command line in process, with standard input.
func run(t testing.TB, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code = cli.Run(t.Context(), args, cli.Process{Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errOut, Getenv: func(string) string { return "" }})
	return code, out.String(), errOut.String()
}

const (
	call   = `{"request":{"method":"GET","url":"http://shop.test/users"},"response":{"status":200}}`
	noCall = `{"request":{"method":"canary"}}`
)

func archive(entries ...string) string {
	return `{"log":{"version":"1.2","entries":[` + strings.Join(entries, ",") + `]}}`
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whatever the input is, the exit code and the messages tell.
func TestInput(t *testing.T) {
	t.Parallel()
	const (
		nothing = "akita: no call was read: record some traffic and export it again\n"
		in      = "standard input: "
		wrong   = "akita: " + in
	)
	lines := strings.Repeat(call+"\n", 10_000)
	for name, c := range map[string]struct {
		stdin  string
		code   int
		stderr string
		stdout string // is in it
	}{
		"a HAR":                    {archive(call), 0, "", "1 endpoint, 1 call\n"},
		"gzip":                     {gzipped(t, archive(call)), 0, "", "1 endpoint, 1 call\n"},
		"gzip after gzip":          {gzipped(t, archive(call)) + gzipped(t, archive(call, call)), 0, "", "1 endpoint, 3 calls\n"},
		"gzip that is cut":         {gzipped(t, lines)[:400], 0, in + "from entry", "1 endpoint,"},
		"gzip with a wrong sum":    {gzipped(t, call)[:len(gzipped(t, call))-5] + "12345", 0, in + "from entry 1 on it cannot be read: its gzip data is cut or damaged: gzip: invalid checksum (what was read before: 1 call)\n", "1 endpoint, 1 call\n"},
		"gzip that is none":        {"\x1f\x8bhello world", 2, wrong + "from entry 0 on it cannot be read: its gzip data is cut or damaged: gzip: invalid header\n", ""},
		"a bad entry":              {archive(call, noCall), 0, in + "entry 1: not a call: the request has no url (left out)\n", "1 endpoint, 1 call\n"},
		"eleven bad entries":       {archive(call) + strings.Repeat(archive(noCall), 11), 0, in + "11 bad entries in all were left out\n", "1 endpoint, 1 call\n"},
		"only bad entries":         {archive(noCall), 2, in + "entry 0: not a call: the request has no url (left out)\n" + nothing, ""},
		"cut after calls":          {archive(call, call)[:150], 0, in + "from entry 1 on it cannot be read: the file is cut (what was read before: 1 call)\n", "1 endpoint, 1 call\n"},
		"cut before a call":        {archive(call)[:60], 2, wrong + "from entry 0 on it cannot be read: the file is cut\n", ""},
		"no entries":               {archive(), 2, in + "it has no entries\n" + nothing, ""},
		"nothing":                  {"", 2, wrong + "not a HAR file: it is empty: export the traffic again\n", ""},
		"an empty object":          {"{}", 2, wrong + `not a HAR file: its object has no "log" with "entries", and is no entry with a "request" either` + "\n", ""},
		"a log that is no HAR":     {`{"log":{}}`, 2, wrong + `not a HAR file: its "log" has no array of "entries"` + "\n", ""},
		"something else":           {"canary", 2, wrong + "not a HAR file: it is not JSON: export the recorded traffic as HAR\n", ""},
		"JSON with a mistake":      {`{"log":{"canary":canary}}`, 2, wrong + "from entry 0 on it cannot be read: invalid JSON at byte 17: a value should start here\n", ""},
		"an entry with a mistake":  {archive(call, `{"canary":canary}`), 0, in + "entry 1: invalid JSON at byte ", "1 endpoint, 1 call\n"},
		"a line among many is bad": {lines + "canary\n" + lines, 0, in + "entry 10000: invalid JSON at byte 860000: a value should start here (left out)\n", "1 endpoint, 20000 calls\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := run(t, c.stdin, "model", "show", "-")
			if code != c.code || !strings.Contains(stderr, c.stderr) || !strings.Contains(stdout, c.stdout) {
				t.Errorf("exit code %d, stderr %q, stdout %q; want %d, %q, %q", code, stderr, stdout, c.code, c.stderr, c.stdout)
			}
			if c.stderr == "" && stderr != "" {
				t.Errorf("stderr %q", stderr)
			}
			if strings.Contains(stderr+stdout, "canary") {
				t.Errorf("traffic is quoted: %s%s", stderr, stdout)
			}
		})
	}
}

// One file without calls among others is only named.
func TestInputOfSeveralFiles(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.har")
	if err := os.WriteFile(empty, []byte(archive()), 0o600); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run(t, archive(call), "model", "show", empty, "-")
	if code != 0 || stderr != empty+": it has no entries\n" || !strings.Contains(stdout, "1 endpoint, 1 call\n") {
		t.Errorf("exit code %d, stderr %q, stdout %q", code, stderr, stdout)
	}
}

// A disk that fails is no fault of the call, and no document is made of half the traffic.
func TestInputFromADiskThatFails(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	disk := &fs.PathError{Op: "read", Path: "shop.har", Err: fs.ErrInvalid}
	for _, readBefore := range []string{"", archive(call)[:120]} {
		code := cli.Run(t.Context(), []string{"model", "build", "-"}, cli.Process{Stdin: io.MultiReader(strings.NewReader(readBefore), iotest.ErrReader(disk)), Stdout: &stdout, Stderr: &stderr, Getenv: func(string) string { return "" }})
		if code != 1 || stderr.String() != "akita: read shop.har: invalid argument\n" || stdout.Len() > 0 {
			t.Errorf("exit code %d, stderr %q, stdout %q", code, stderr.String(), stdout.String())
		}
		stderr.Reset()
	}
}

func TestOutput(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, c := range map[string]struct {
		output string
		code   int
		stderr string
	}{
		"a file":                {filepath.Join(folder, "api.yaml"), 0, ""},
		"standard output":       {"-", 0, ""},
		"a folder":              {folder, 2, "akita: cannot write " + folder + ": it is a directory; name a file in it\n"},
		"no such folder":        {filepath.Join(folder, "x", "api.yaml"), 2, "akita: cannot write " + filepath.Join(folder, "x", "api.yaml") + ": there is no directory " + filepath.Join(folder, "x") + "\n"},
		"a device that is full": {"/dev/full", 1, "akita: write the document: write /dev/full: no space left on device\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := os.Stat(c.output); strings.HasPrefix(c.output, "/dev/") && err != nil {
				t.Skipf("this system has no %s", c.output)
			}
			code, _, stderr := run(t, archive(call), "model", "build", "-", "-o", c.output)
			if code != c.code || stderr != c.stderr {
				t.Errorf("exit code %d, stderr %q; want %d, %q", code, stderr, c.code, c.stderr)
			}
		})
	}
}
