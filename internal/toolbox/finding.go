package toolbox

import (
	"context"
	"fmt"
	"strings"

	"akita/internal/compare"
)

var listDrift = Tool{
	Name: "list_drift", Title: "What differs from the declared document",
	Description: "List where calls differ from the declared OpenAPI document: mismatched (calls contradict it), " +
		"undocumented, unseen (no call shows it), with counts.",
	takes: []string{"kind", "method"},
	answer: func(ctx context.Context, from Source, given arguments) (answer, error) {
		found, err := from.Drift(ctx)
		return findings(found, given, "The calls are as the document says"), err
	},
}

var listUntested = Tool{
	Name: "list_untested", Title: "What no test does",
	Description: "List what production does and no test does, most calls first: endpoints, statuses, parameters, " +
		"fields, enum members, media types, authentication.",
	takes: []string{"method"},
	answer: func(ctx context.Context, from Source, given arguments) (answer, error) {
		found, err := from.Untested(ctx)
		return findings(found, given, "The tests do all that production does"), err
	},
}

// findings lists those findings that arguments choose. nothing says that there are none.
func findings(all []compare.Finding, given arguments, nothing string) answer {
	var chosen []compare.Finding
	counts := make(map[string]uint64)
	for _, f := range all {
		counts[string(f.Kind)]++
		if given.choose("kind", string(f.Kind)) && given.choose("method", f.Method) {
			chosen = append(chosen, f)
		}
	}
	head := counted(len(all), "finding") + inParentheses(counts)
	switch {
	case len(all) == 0:
		head = nothing + "."
	case len(chosen) == 0:
		head = "None is such: " + head + "."
	case len(chosen) < len(all):
		head += fmt.Sprintf(", %d match:", len(chosen))
	default:
		head += ":"
	}
	return answer{[]string{head}, listed(chosen, findingText)}
}

// inParentheses shows counts by words of ours, if there are any.
func inParentheses(counts map[string]uint64) string {
	if len(counts) == 0 {
		return ""
	}
	return " (" + countList(counts, plain) + ")"
}

// findingText describes a finding in a line. Its place, its value and its message have names of traffic.
func findingText(f compare.Finding) string {
	text := fmt.Sprintf("%s %s %s %s", f.Kind, strings.ReplaceAll(string(f.Subject), "_", " "), method(f.Method),
		quoted(f.Path))
	if f.Status != 0 {
		text += fmt.Sprintf(" %d", f.Status)
	}
	if f.At != "" {
		text += " " + quoted(f.At)
	}
	if f.Value != "" {
		text += " = " + quoted(f.Value)
	}
	text += ": " + quoted(f.Message)
	if f.Seen.Of > 0 {
		text += fmt.Sprintf(", in %d of %d", f.Seen.For, f.Seen.Of)
	}
	if f.Verdict != compare.Proved && f.Kind != compare.Unseen {
		text += ", not enough evidence"
	}
	if !f.Seen.Last.IsZero() && f.Seen.For > 0 {
		text += ", last " + minute(f.Seen.Last)
	}
	if len(f.Consumers) > 0 {
		text += ", by " + quotedList(f.Consumers)
	}
	return text
}

// kindsOfDrift are the kinds of what list_drift finds.
var kindsOfDrift = []string{string(compare.Mismatched), string(compare.Undocumented), string(compare.Unseen)}
