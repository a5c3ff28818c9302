package cli_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"akita/internal/cli"
)

// startDaemon runs "akita daemon" until the returned function is called, which
// returns the exit code. first is the first line that it logs.
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

// firstLine reads up to the first newline.
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

func TestDaemonSaysWhereItListensAndStopsCleanly(t *testing.T) {
	t.Parallel()
	beats := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		beats <- string(body)
		_, _ = io.WriteString(w, "{}")
	}))
	t.Cleanup(server.Close)
	state := t.TempDir()
	env := map[string]string{
		"AKITA_API_KEY_ID": "apk_6EjLU2sINbfKRwmqeqQM8s", "AKITA_API_KEY_SECRET": "s3cret\n",
		"AKITA_DAEMON_NAME": "from-env", "AKITA_DAEMON_PORT": "0", "AKITA_SERVER": server.URL,
		"HOME": "/nonexistent", "XDG_STATE_HOME": state,
	}
	first, stop := startDaemon(t, env, "--name", "from-flag")
	want := regexp.MustCompile(`^\[INFO\] Daemon "from-flag" listens on 127\.0\.0\.1:[0-9]+( and \[::1\]:[0-9]+)? and speaks with ` + regexp.QuoteMeta(server.URL) + `$`)
	if !want.MatchString(first) {
		t.Errorf("the first line is %q, want one like %s", first, want)
	}
	if beat := <-beats; !strings.Contains(beat, `"name":"from-flag"`) {
		t.Errorf("heartbeat is %s", beat)
	}
	if code := stop(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	if folders, err := filepath.Glob(filepath.Join(state, "akita", "daemon", "from-flag", "spool")); err != nil || len(folders) != 1 {
		t.Errorf("the data is not where it should be: %v, %v", folders, err)
	}
}
