package names

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A list file holds one word per line. A line "[section]" starts a section. Lines that start with "#"
// are comments, which give the meaning of a section and the origin of its words.

// section returns the words of a section of a list file, in the file's order. The file has the section
// once. It looks for the section's start instead of reading the file by lines, because every command
// reads some of the lists.
func section(file, name string) []string {
	start := "[" + name + "]\n"
	body, found := strings.CutPrefix(file, start)
	if !found {
		_, body, found = strings.Cut(file, "\n"+start)
	}
	if !found {
		return nil
	}
	if next := strings.Index(body, "\n["); next >= 0 {
		body = body[:next]
	}
	words := make([]string, 0, strings.Count(body, "\n")+1)
	for line := range strings.SplitSeq(body, "\n") {
		if line != "" && line[0] != '#' {
			words = append(words, line)
		}
	}
	return words
}

// set returns a set of words. It is made when it is first asked for, because most commands need few of
// the lists.
type set func() map[string]struct{}

// setOf returns the words of a section as a set.
func setOf(file, name string) set {
	return sync.OnceValue(func() map[string]struct{} {
		words := section(file, name)
		in := make(map[string]struct{}, len(words))
		for _, word := range words {
			in[word] = struct{}{}
		}
		return in
	})
}

// setsOf returns all sections of a list file by name.
func setsOf(file string) map[string]set {
	sets := make(map[string]set)
	for line := range strings.Lines(file) {
		if line[0] == '[' {
			name := strings.Trim(line, "[]\n")
			sets[name] = setOf(file, name)
		}
	}
	return sets
}

// pairsOf returns a section whose lines hold a word and the word that it stands for.
func pairsOf(file, name string) map[string]string {
	pairs := make(map[string]string)
	for _, line := range section(file, name) {
		word, to, _ := strings.Cut(line, " ")
		pairs[word] = to
	}
	return pairs
}

func (s set) has(word string) bool {
	_, ok := s()[word]
	return ok
}

// hasBytes is has for bytes, without an allocation.
func (s set) hasBytes(word []byte) bool {
	_, ok := s()[string(word)]
	return ok
}

// hasInAnyCase reports whether the set has a word in any case, without an allocation.
func (s set) hasInAnyCase(word string) bool {
	var buf [lowerSize]byte
	return s.hasBytes(appendLower(buf[:0], word))
}

// lowerSize is the length of names that are looked up without an allocation. Longer ones are rare.
const lowerSize = 64

// appendLower appends a name to dst in lower case.
func appendLower(dst []byte, name string) []byte {
	for i := range len(name) {
		c := name[i]
		if c >= utf8.RuneSelf {
			return append(dst[:0], strings.ToLower(name)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

func containsAny(text []byte, parts []string) bool {
	for _, part := range parts {
		for i := 0; i+len(part) <= len(text); i++ {
			if string(text[i:i+len(part)]) == part {
				return true
			}
		}
	}
	return false
}

func hasAnyPrefix(text []byte, prefixes []string) bool {
	for _, prefix := range prefixes {
		if len(text) >= len(prefix) && string(text[:len(prefix)]) == prefix {
			return true
		}
	}
	return false
}
