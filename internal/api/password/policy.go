package password

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Limits of a password. There are no rules about kinds of characters, because they
// lead to weaker passwords (NIST SP 800-63B).
const (
	MinLength = 12  // characters
	MaxBytes  = 512 // limits the cost of hashing
)

//go:embed common.txt
var commonText string

// common is the set of words in common.txt, which are in lower case.
var common = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool)
	for line := range strings.Lines(commonText) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			words[word] = true
		}
	}
	return words
})

// Check returns an error if the user must not use the password. Its text follows
// the name of a field: "password must have at least 12 characters".
func Check(password, username string) error {
	switch {
	case !utf8.ValidString(password):
		return errors.New("must be valid UTF-8")
	case len(password) > MaxBytes:
		return fmt.Errorf("must have at most %d bytes", MaxBytes)
	case utf8.RuneCountInString(password) < MinLength:
		return fmt.Errorf("must have at least %d characters", MinLength)
	case guessable(strings.ToLower(password), strings.ToLower(username)):
		return errors.New("is easy to guess; use a few unrelated words instead")
	}
	return nil
}

// guessable reports whether a password consists of a common word, the user name, a
// run such as "abcdef" or a short pattern, possibly repeated, with digits or
// punctuation around it.
func guessable(password, username string) bool {
	core := unit(strings.TrimFunc(password, func(r rune) bool { return !unicode.IsLetter(r) }))
	if core == "" { // digits and punctuation only
		core = unit(password)
		return utf8.RuneCountInString(core) < 6 || isRun(password)
	}
	return utf8.RuneCountInString(core) < 4 || core == username ||
		common()[core] || common()[password] || isRun(core) && isRun(digitsOf(password))
}

// unit returns the shortest text that gives s when it is repeated, possibly s.
func unit(s string) string {
	if s == "" {
		return s
	}
	period := strings.Index((s + s)[1:], s) + 1
	return s[:period]
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// isRun reports whether s consists of consecutive digits, letters of the alphabet
// or keys of a keyboard, forwards or backwards. The empty text is a run.
func isRun(s string) bool {
	for _, row := range []string{"0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"} {
		cycle := strings.Repeat(row, MaxBytes/len(row)+2)
		if strings.Contains(cycle, s) || strings.Contains(reverse(cycle), s) {
			return true
		}
	}
	return false
}

func reverse(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}
