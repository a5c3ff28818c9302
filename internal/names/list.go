package names

import "strings"

// A list file holds one word a line. A line "[section]" starts a section, and lines that start
// with "#" are comments: they say what a section decides, and where its words are from.

// section returns the words of a section of a list file, in the file's order.
func section(file, name string) []string {
	var words []string
	inside := false
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "", strings.HasPrefix(line, "#"):
		case line[0] == '[':
			inside = line == "["+name+"]"
		case inside:
			words = append(words, line)
		}
	}
	return words
}

// set is a set of words in lower case.
type set map[string]struct{}

// setOf returns the words of a section as a set.
func setOf(file, name string) set {
	words := make(set)
	for _, word := range section(file, name) {
		words[word] = struct{}{}
	}
	return words
}

func (s set) has(word string) bool {
	_, ok := s[word]
	return ok
}
