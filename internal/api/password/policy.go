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

// The bounds of a password. There are no rules about kinds of characters: they
// make passwords worse.
const (
	MinLength = 12  // characters
	MaxBytes  = 512 // bounds the work of hashing
)

//go:embed common.txt
var commonText string

// common holds the words that people build passwords from, in lower case.
var common = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool)
	for line := range strings.Lines(commonText) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			words[word] = true
		}
	}
	return words
})

// Check says why a password must not be used by the user of that name, or nil.
func Check(password, username string) error {
	switch {
	case !utf8.ValidString(password):
		return errors.New("must be valid UTF-8")
	case len(password) > MaxBytes:
		return fmt.Errorf("must have at most %d bytes", MaxBytes)
	case utf8.RuneCountInString(password) < MinLength:
		return fmt.Errorf("must have at least %d characters", MinLength)
	case guessable(strings.ToLower(password), strings.ToLower(username)):
		return errors.New("is one of the first that an attacker would try; take a few unrelated words instead")
	}
	return nil
}

// guessable reports whether a password is nothing but a common word, the user's
// name, a run such as 123… or a short pattern, repeated, with digits or signs around it.
func guessable(password, username string) bool {
	core := unit(strings.TrimFunc(password, func(r rune) bool { return !unicode.IsLetter(r) }))
	if core == "" { // no letters: digits and signs
		core = unit(password)
		return utf8.RuneCountInString(core) < 6 || isRun(password)
	}
	return utf8.RuneCountInString(core) < 4 || core == username ||
		common()[core] || common()[password] || isRun(core) && isRun(digitsOf(password))
}

// unit returns the shortest text of which s is a repetition (possibly s itself).
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

// isRun reports whether each character follows the one before on the keyboard or
// in the alphabet, forwards or backwards. The empty text is one.
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
