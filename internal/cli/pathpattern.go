package cli

import (
	"net/url"
	"slices"
	"strings"
)

// pathPattern matches the paths that start with its segments: "/v1" matches "/v1" and "/v1/users", not
// "/v10". In a segment "*" stands for any text, and a segment "**" for any number of segments.
type pathPattern struct {
	text     string
	segments []string
}

func parsePath(text string) (pathPattern, error) {
	p := pathPattern{text: text}
	if !strings.HasPrefix(text, "/") {
		return p, usagef(`--path %q does not start with a slash: write "/v1", "/v1/users" or "/api/*/users"`, text)
	}
	plain, err := url.PathUnescape(text)
	if err != nil {
		plain = text
	}
	for segment := range strings.SplitSeq(strings.Trim(plain, "/"), "/") {
		if segment != "" {
			p.segments = append(p.segments, segment)
		}
	}
	return p, nil
}

// matches reports whether a path, unescaped, starts with the pattern.
func (p pathPattern) matches(text string) bool {
	segments := slices.DeleteFunc(strings.Split(text, "/"), func(s string) bool { return s == "" })
	return startsWith(segments, p.segments)
}

func startsWith(segments, pattern []string) bool {
	switch {
	case len(pattern) == 0:
		return true
	case pattern[0] == "**":
		return startsWith(segments, pattern[1:]) || len(segments) > 0 && startsWith(segments[1:], pattern)
	}
	return len(segments) > 0 && fits(segments[0], pattern[0]) && startsWith(segments[1:], pattern[1:])
}

// fits reports whether a segment is the pattern's, in which "*" stands for any text.
func fits(segment, pattern string) bool {
	first, rest, hasStar := strings.Cut(pattern, "*")
	if !hasStar {
		return segment == pattern
	}
	after, ok := strings.CutPrefix(segment, first)
	if !ok {
		return false
	}
	for i := range len(after) + 1 {
		if fits(after[i:], rest) {
			return true
		}
	}
	return false
}
