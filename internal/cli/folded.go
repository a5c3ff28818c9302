package cli

import (
	"fmt"
	"strings"

	"akita/internal/apimodel"
)

// foldedNote lists what the limits of a model simplified, one line each. It is "" for nothing.
func foldedNote(f apimodel.Truncated) string {
	var b strings.Builder
	for _, part := range []struct {
		calls uint64
		why   string
	}{
		{f.Paths, "too many different words at one position of the path; the words count as values"},
		{f.Routes, "too many routes; the calls count as unmatched"},
		{f.Hosts, `too many hosts; the hosts count as "*"`},
	} {
		if part.calls > 0 {
			fmt.Fprintf(&b, "%s simplified: %s\n", plural(part.calls, "call"), part.why)
		}
	}
	return b.String()
}
