// Package printable shows texts from outside, so that they cannot look like something else.
package printable

import (
	"strconv"
	"strings"
	"unicode"
)

// Text returns a text with every unprintable character escaped: those that control a
// terminal, those that end a line, and those that change the direction or are invisible.
// Invalid UTF-8 becomes U+FFFD.
func Text(text string) string {
	var b strings.Builder
	for _, r := range text {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// Lines is Text for each line of a text.
func Lines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = Text(line)
	}
	return strings.Join(lines, "\n")
}
