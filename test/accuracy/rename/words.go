package rename

import (
	_ "embed"
	"math/rand/v2"
	"strings"
)

// Words is a source of new words.
type Words int

// The sources. Each spells words differently, so that an inference that judges by spelling gives
// different results.
const (
	Invented Words = iota // words that no dictionary has
	Nouns                 // names of people and things
	Terms                 // words that APIs use too
)

// AllWords lists the sources.
var AllWords = []Words{Invented, Nouns, Terms}

//go:embed words.txt
var wordList string

// lists has the words of the file by source.
var lists = parseWords(wordList)

// parseWords reads a file of one word per line. A line "[name]" starts a source, and # a comment.
func parseWords(text string) map[Words][]string {
	sources := map[string]Words{"[nouns]": Nouns, "[terms]": Terms}
	parsed := make(map[Words][]string)
	var current Words
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if source, ok := sources[line]; ok {
			current = source
		} else if line != "" && line[0] != '#' {
			parsed[current] = append(parsed[current], line)
		}
	}
	return parsed
}

// draw returns a word of n letters. If the source may have no unused one, it is invented.
func (w Words) draw(random *rand.Rand, n int) string {
	if w != Invented && random.IntN(4) > 0 {
		for range 50 {
			if word := lists[w][random.IntN(len(lists[w]))]; len(word) == n {
				return word
			}
		}
	}
	return invent(random, n)
}

// following has, for each two letters in the lists, the letters that follow them.
var following = chain()

func chain() map[string]string {
	next := make(map[string]string)
	for _, source := range []Words{Nouns, Terms} {
		for _, word := range lists[source] {
			for i := range len(word) {
				next[word[max(0, i-2):i]] += word[i : i+1]
			}
		}
	}
	return next
}

// invent returns a word of n letters that are combined as in the lists.
func invent(random *rand.Rand, n int) string {
	word := ""
	for len(word) < n {
		letters := following[word[max(0, len(word)-2):]]
		if letters == "" {
			letters = following[""]
		}
		word += string(letters[random.IntN(len(letters))])
	}
	return word
}
