package cli

import (
	"fmt"
	"strings"

	"akita/internal/apimodel"
)

// foldedNote says, a line for each, what the limits of a model folded away; "" for nothing.
func foldedNote(f apimodel.Truncated) string {
	var b strings.Builder
	for _, part := range []struct {
		calls uint64
		why   string
	}{
		{f.Paths, "too many words stand beside one another in their paths, and are taken for values"},
		{f.Routes, "there are too many routes: those of these calls are no endpoints"},
		{f.Hosts, `there are too many hosts: they are joined as "*"`},
	} {
		if part.calls > 0 {
			fmt.Fprintf(&b, "%s folded away: %s\n", plural(part.calls, "call"), part.why)
		}
	}
	return b.String()
}
