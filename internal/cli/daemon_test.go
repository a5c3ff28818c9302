package cli_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"akita/internal/cli"
)

// startDaemon runs "akita daemon" and returns the first line of its log. stop ends it and
// returns the exit code.
func startDaemon(t *testing.T, env map[string]string, args ...string) (first string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	lines, stderr := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(ctx, append([]string{"daemon"}, args...), cli.Process{
			Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: stderr,
			Getenv: func(name string) string { return env[name] },
		})
		_ = stderr.Close()
	}()
	first, rest := firstLine(t, lines)
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(io.Discard, rest)
	}()
	return first, func() int {
		cancel()
		exit := <-code
		<-drained
		return exit
	}
}

// firstLine reads the first line of r.
func firstLine(t *testing.T, r io.Reader) (line string, rest io.Reader) {
	t.Helper()
	var text strings.Builder
	b := make([]byte, 1)
	for {
		n, err := r.Read(b)
		if n == 1 && b[0] == '\n' || err == io.EOF {
			return text.String(), r
		}
		if err != nil {
			t.Fatal(err)
		}
		text.Write(b[:n])
	}
}

func TestDaemonLogsItsAddressesAndStops(t *testing.T) {
	t.Parallel()
	beats := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		beats <- string(body)
		_, _ = io.WriteString(w, `{"interval_seconds":30}`)
	}))
	t.Cleanup(server.Close)
	state := t.TempDir()
	env := map[string]string{
		"AKITA_API_KEY_ID": "apk_6EjLU2sINbfKRwmqeqQM8s", "AKITA_API_KEY_SECRET": "s3cret\n",
		"AKITA_DAEMON_NAME": "from-env", "AKITA_DAEMON_PORT": "0", "AKITA_SERVER": server.URL,
		"HOME": "/nonexistent", "XDG_STATE_HOME": state,
	}
	first, stop := startDaemon(t, env, "--name", "from-flag")
	want := regexp.MustCompile(`^\[INFO\] Daemon "from-flag" listens on 127\.0\.0\.1:[0-9]+( and \[::1\]:[0-9]+)? ` +
		`and uploads to ` + regexp.QuoteMeta(server.URL) + `$`)
	if !want.MatchString(first) {
		t.Errorf("the first line is %q, want a match of %s", first, want)
	}
	if beat := <-beats; !strings.Contains(beat, `"name":"from-flag"`) {
		t.Errorf("heartbeat is %s", beat)
	}
	if code := stop(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	spool := filepath.Join(state, "akita", "daemon", "from-flag", "spool")
	if _, err := os.Stat(spool); err != nil {
		t.Errorf("no spool in the default directory: %v", err)
	}
}
