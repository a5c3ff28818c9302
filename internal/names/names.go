// Package names reads and writes the names that APIs give to things: fields, parameters, headers
// and segments of paths. It splits a name into words, changes its case and its grammatical
// number, and returns what a word in a name implies for its values.
package names

import "strings"

// Words splits "createdAt", "created_at" and "HTTPHost" into lower-case words.
func Words(name string) []string {
	var words []string
	start := 0
	cut := func(end int) {
		if end > start {
			words = append(words, strings.ToLower(name[start:end]))
		}
		start = end
	}
	upper := func(i int) bool { return i >= 0 && i < len(name) && 'A' <= name[i] && name[i] <= 'Z' }
	for i := range len(name) {
		c := name[i]
		switch {
		case !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'):
			cut(i)
			start = i + 1
		case upper(i) && (!upper(i-1) || i+1 < len(name) && !upper(i+1) && 'a' <= name[i+1] && name[i+1] <= 'z'):
			cut(i)
		}
	}
	cut(len(name))
	return words
}
