package routeuse

import (
	"fmt"

	"akita/internal/compare"
)

// maxConsumers is how many consumers a finding names.
const maxConsumers = 5

// Findings returns the uses that a team has to look at, as findings: dead and zombie routes, and shadows.
// calls is how many calls there are in all.
func Findings(uses []Use, calls uint64) []compare.Finding {
	var out []compare.Finding
	for i := range uses {
		if f, ok := uses[i].finding(calls); ok {
			out = append(out, f)
		}
	}
	compare.Sort(out)
	return out
}

func (u *Use) finding(calls uint64) (f compare.Finding, ok bool) {
	f = compare.Finding{
		Fact:     compare.Fact{Subject: compare.Operation, Method: u.Method, Path: u.Path},
		Severity: compare.Warning, Verdict: compare.Proved,
		Seen: compare.Seen{For: u.Calls, Of: max(calls, u.Calls), First: u.Period.First, Last: u.Period.Last},
	}
	for _, c := range u.Consumers[:min(len(u.Consumers), maxConsumers)] {
		f.Consumers = append(f.Consumers, c.Name)
	}
	switch u.State {
	case Dead:
		f.Kind, f.Severity, f.Message = compare.Dead, compare.Info, "never called"
	case Zombie:
		f.Kind = compare.Zombie
		f.Seen.For, f.Seen.Of = u.Deprecated, max(u.Calls, u.Deprecated)
		f.Message = "called although its answers have Deprecation or Sunset" + u.lastBy()
	case Shadow:
		f.Kind, f.Message = compare.Shadow, "answered 2xx, and is no route of the application"+u.lastBy()
	default:
		return f, false
	}
	if u.View != "" {
		f.Message += " (" + u.View + ")"
	}
	return f, true
}

// lastBy says when the route was called last, and by whom, if that is known.
func (u *Use) lastBy() string {
	text := ""
	if !u.Period.Last.IsZero() {
		text = ", last " + u.Period.Last.UTC().Format("2006-01-02 15:04")
	}
	if len(u.Consumers) > 0 {
		first := u.Consumers[0]
		text += fmt.Sprintf(", by %s in %d of %d calls", first.Name, first.Calls, u.Calls)
		if more := len(u.Consumers) - 1; more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
	}
	return text
}
