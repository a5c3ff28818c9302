package spelling

import (
	_ "embed" // the data
	"strings"
)

// frequency is how often a group of three letters occurs in the words of a language.
type frequency int

const (
	rare   frequency = iota // in some words
	common                  // in many
	frequencies
)

const (
	letters = 27 // of the alphabet, and the edge of a word
	edge    = 26
)

//go:embed trigrams.txt
var trigramsText string

var trigrams = parseTrigrams(trigramsText)

// parseTrigrams reads trigrams.txt: for each two letters, the set of those that follow, by
// frequency.
func parseTrigrams(text string) (table [letters * letters][frequencies]uint32) {
	for line := range strings.Lines(text) {
		if line[0] == '#' {
			continue
		}
		columns := strings.Fields(line)
		at := letter(columns[0][0])*letters + letter(columns[0][1])
		table[at][common] = set(columns[1])
		table[at][rare] = table[at][common] | set(columns[2])
	}
	return table
}

func set(text string) (bits uint32) {
	if text == "-" {
		return 0
	}
	for i := range len(text) {
		bits |= 1 << letter(text[i])
	}
	return bits
}

func letter(c byte) int {
	if c == '^' || c == '$' {
		return edge
	}
	return int(c - 'a')
}
