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
)

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

// The exit code and the messages describe every kind of input.
func TestInput(t *testing.T) {
	t.Parallel()
	const (
		nothing = "akita: the input holds no calls: record some traffic and export it again\n"
		in      = "standard input: "
		wrong   = "akita: " + in
	)
	lines := strings.Repeat(call+"\n", 10_000)
	for name, c := range map[string]struct {
		stdin  string
		code   int
		stderr string
		stdout string // contained in the output
	}{
		"a HAR":           {archive(call), 0, "", "1 endpoint, 1 call\n"},
		"gzip":            {gzipped(t, archive(call)), 0, "", "1 endpoint, 1 call\n"},
		"gzip after gzip": {gzipped(t, archive(call)) + gzipped(t, archive(call, call)), 0, "", "1 endpoint, 3 calls\n"},
		"truncated gzip":  {gzipped(t, lines)[:400], 0, in + "cannot read from entry", "1 endpoint,"},
		"gzip with a wrong sum": {
			gzipped(t, call)[:len(gzipped(t, call))-5] + "12345", 0,
			in + "cannot read from entry 1 on: its gzip data is truncated or damaged: gzip: invalid checksum (kept: 1 call)\n",
			"1 endpoint, 1 call\n",
		},
		"gzip with a wrong header": {
			"\x1f\x8bhello world", 2,
			wrong + "cannot read from entry 0 on: its gzip data is truncated or damaged: gzip: invalid header\n", "",
		},
		"a bad entry": {
			archive(call, noCall), 0,
			in + "entry 1: not a call: the request has no url (skipped)\n", "1 endpoint, 1 call\n",
		},
		"eleven bad entries": {
			archive(call) + strings.Repeat(archive(noCall), 11), 0,
			in + "11 bad entries were skipped\n", "1 endpoint, 1 call\n",
		},
		"only bad entries": {
			archive(noCall), 2, in + "entry 0: not a call: the request has no url (skipped)\n" + nothing, "",
		},
		"truncated after calls": {
			archive(call, call)[:150], 0,
			in + "cannot read from entry 1 on: the file is truncated (kept: 1 call)\n", "1 endpoint, 1 call\n",
		},
		"truncated before a call": {
			archive(call)[:60], 2, wrong + "cannot read from entry 0 on: the file is truncated\n", "",
		},
		"no entries": {archive(), 2, in + "it has no entries\n" + nothing, ""},
		"nothing":    {"", 2, wrong + "not a HAR file: it is empty: export the traffic again\n", ""},
		"an empty object": {
			"{}", 2, wrong + `not a HAR file: it has neither "log" with "entries" nor "request"` + "\n", "",
		},
		"a log without entries": {
			`{"log":{}}`, 2, wrong + `not a HAR file: its "log" has no array "entries"` + "\n", "",
		},
		"something else": {
			"canary", 2, wrong + "not a HAR file: it is not JSON: export the recorded traffic as HAR\n", "",
		},
		"JSON with an error": {
			`{"log":{"canary":canary}}`, 2,
			wrong + "cannot read from entry 0 on: invalid JSON at byte 17: expected a value\n", "",
		},
		"an entry with an error": {
			archive(call, `{"canary":canary}`), 0, in + "entry 1: invalid JSON at byte ", "1 endpoint, 1 call\n",
		},
		"a bad line among many": {
			lines + "canary\n" + lines, 0,
			in + "entry 10000: invalid JSON at byte 860000: expected a value (skipped)\n", "1 endpoint, 20000 calls\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := run(t, c.stdin, "model", "show", "-")
			if code != c.code || !strings.Contains(stderr, c.stderr) || !strings.Contains(stdout, c.stdout) {
				t.Errorf("exit code %d, stderr %q, stdout %q; want %d, %q, %q",
					code, stderr, stdout, c.code, c.stderr, c.stdout)
			}
			if c.stderr == "" && stderr != "" {
				t.Errorf("stderr %q", stderr)
			}
			if strings.Contains(stderr+stdout, "canary") {
				t.Errorf("the output quotes traffic: %s%s", stderr, stdout)
			}
		})
	}
}

// A file without calls among others is a warning.
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

// A failing disk is not a usage error, and the command builds no document from half the traffic.
func TestInputFromAFailingDisk(t *testing.T) {
	t.Parallel()
	disk := &fs.PathError{Op: "read", Path: "shop.har", Err: fs.ErrInvalid}
	for _, before := range []string{"", archive(call)[:120]} {
		in := io.MultiReader(strings.NewReader(before), iotest.ErrReader(disk))
		code, stdout, stderr := runWith(t, in, "model", "build", "-")
		if code != 1 || stderr != "akita: read shop.har: invalid argument\n" || stdout != "" {
			t.Errorf("exit code %d, stderr %q, stdout %q", code, stderr, stdout)
		}
	}
}
