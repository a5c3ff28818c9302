package compare

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// used says how often, when and by whom something was used.
func (u Usage) used(f Finding) string {
	n, of := grouped(f.Seen.For), grouped(f.Seen.Of)
	noun, last := "calls", ""
	if strings.Contains(f.At, "[]") || strings.Contains(f.At, ".*") {
		noun = "objects"
	} else if f.isAnswer() {
		noun = "answers"
	}
	if !f.Seen.Last.IsZero() {
		last = ", last " + ago(f.Seen.Last, u.Now)
	}
	for i, name := range f.Consumers {
		if i == 0 {
			last += ", by"
		} else {
			last += ","
		}
		last += " `" + name + "`"
	}
	switch {
	case f.isAnswer():
		return fmt.Sprintf("served in %s of %s %s%s; whether clients read it is not known", n, of, noun, last)
	case f.Subject == Operation && f.Seen.For == 1:
		return "called once" + last
	case f.Subject == Operation:
		return fmt.Sprintf("called %s times%s", n, last)
	case f.Subject == Required:
		return fmt.Sprintf("missing in %s of %s %s%s", n, of, noun, last)
	case f.Subject == Auth:
		return fmt.Sprintf("%s of %s calls have credentials that it does not accept%s", n, of, last)
	}
	return fmt.Sprintf("sent in %s of %s %s%s", n, of, noun, last)
}

// unused says that nobody used something, or that all calls that use it are as the new document says.
func (u Usage) unused(f Finding, isFitting bool) string {
	n := grouped(f.Seen.Of)
	switch {
	case isFitting && f.Subject == Required:
		return fmt.Sprintf("all of %s calls have it", n)
	case isFitting && f.Subject == Auth:
		return fmt.Sprintf("all of %s calls have credentials that it accepts", n)
	case isFitting:
		return fmt.Sprintf("all of %s values fit", n)
	}
	period := ""
	if u.Period != "" {
		period = u.Period + ", "
	}
	if f.Seen.Of == 1 {
		return fmt.Sprintf("nobody used it in %s1 call", period)
	}
	return fmt.Sprintf("nobody used it in %s%s calls", period, n)
}

// grouped writes a number with a comma between thousands.
func grouped(n uint64) string {
	text := strconv.FormatUint(n, 10)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// ago says how long before now a time was.
func ago(t, now time.Time) string {
	const day = 24 * time.Hour
	d := now.Sub(t)
	switch {
	case d < time.Minute:
		return "now"
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 2*day:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	case d < 90*day:
		return fmt.Sprintf("%d days ago", int(d/day))
	}
	return "on " + t.UTC().Format(time.DateOnly)
}
