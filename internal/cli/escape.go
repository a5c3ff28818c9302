package cli

import (
	"strconv"
	"strings"
	"unicode"
)

// escaped returns a text with every unprintable character escaped: those that control a
// terminal, those that end a line, and those that change the direction or are invisible, so
// that a text from outside cannot look like something else. Invalid UTF-8 becomes U+FFFD.
func escaped(text string) string {
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

// escapedLines is escaped for each line of a text.
func escapedLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = escaped(line)
	}
	return strings.Join(lines, "\n")
}
