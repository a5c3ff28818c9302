package cli

import (
	"io"
	"strings"
	"testing"
)

func TestJSONLines(t *testing.T) {
	t.Parallel()
	const line = `{"a":1}` + "\n"
	for pretty, want := range map[bool]string{false: line, true: "{\n  \"a\": 1\n}\n"} {
		var out strings.Builder
		n, err := io.WriteString(jsonLines(&out, pretty), line)
		if n != len(line) || err != nil || out.String() != want {
			t.Errorf("pretty %t: %d, %v, %q; want %q", pretty, n, err, out.String(), want)
		}
	}
}
