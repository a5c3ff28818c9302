package compare

import (
	"regexp"
	"strings"
)

// Scope is which calls of a project a side has: those of a trace, those of a range of hours, those of tests
// that were uploaded, or all that were captured.
type Scope struct {
	Tests    string // the name of the tests; "" for calls that were captured
	Trace    string // "" for all traces
	From, To string // as people write times; "" for no limit
}

// timeText matches how a time in a range begins; what reads it says what is wrong with the rest.
var timeText = regexp.MustCompile(`^(|now|-[0-9].*|[0-9]{4}-.*)$`)

// ParseScope reads a scope as people write it: "tall-owl-123", "-7d..-1d", "2026-01-31..", "tests:unit", "".
func ParseScope(text string) Scope {
	if name, isTests := strings.CutPrefix(text, "tests:"); isTests {
		return Scope{Tests: name}
	}
	from, to, isRange := strings.Cut(text, "..")
	if isRange && timeText.MatchString(from) && timeText.MatchString(to) {
		return Scope{From: from, To: to}
	}
	return Scope{Trace: text}
}
