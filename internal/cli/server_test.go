package cli_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"akita/internal/cli"
)

// TestInterruptedStart checks that a signal that arrives before a server or a daemon is ready
// stops it as any other signal does: exit code 0, and no error is printed.
func TestInterruptedStart(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"server", "--listen", "127.0.0.1:0", "--data-dir"},
		{"daemon", "--name", "web.1", "--no-tcp", "--server", "http://127.0.0.1:9", "--socket", "daemon.sock", "--data-dir"},
	} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			dir := t.TempDir()
			for i := range args {
				if strings.HasSuffix(args[i], ".sock") {
					args[i] = dir + "/" + args[i]
				}
			}
			var stderr bytes.Buffer
			code := cli.Run(ctx, append(args, dir+"/data"), cli.Process{
				Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &stderr,
				Getenv: func(name string) string {
					return map[string]string{
						"AKITA_API_KEY_ID": "apk_" + strings.Repeat("0", 22), "AKITA_API_KEY_SECRET": "s",
					}[name]
				},
			})
			if code != 0 || strings.Contains(stderr.String(), "akita: ") {
				t.Errorf("exit code %d, stderr:\n%s", code, &stderr)
			}
		})
	}
}
