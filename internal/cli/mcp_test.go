package cli_test

import (
	"strings"
	"testing"
)

// An agent that closes its end, or sends what is no message, ends the command.
func TestAgentThatSendsNoMessages(t *testing.T) {
	t.Parallel()
	const file = "../../testdata/accuracy/bookshop/traffic.ndjson.gz"
	for name, test := range map[string]struct {
		input string
		code  int
	}{
		"nothing": {"", 0},
		"no JSON": {"hello\n", 1},
		"a ping":  {`{"jsonrpc":"2.0","id":1,"method":"ping"}` + "\n", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := run(t, test.input, "mcp", file)
			if code != test.code {
				t.Errorf("exit code %d, want %d: %s", code, test.code, stderr)
			}
			for line := range strings.Lines(stdout) {
				if !strings.HasPrefix(line, `{"jsonrpc":"2.0"`) {
					t.Errorf("no message: %s", line)
				}
			}
		})
	}
}
