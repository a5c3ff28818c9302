package witness

import (
	"iter"
	"regexp/syntax"
	"strconv"
	"strings"

	"akita/internal/names"
)

// group reads a group of a regular expression. A named group is a parameter of that name. An
// unnamed one that can match different texts is the parameter "arg0", "arg1" and so on. A group
// of literals, as in "(?:api/)", is a literal.
func (b *routeBuilder) group(text string) (rest string, ok bool) {
	end := groupEnd(text)
	if end < 0 {
		return "", false
	}
	inner, rest := text[1:end-1], text[end:]
	if rest != "" && strings.IndexByte("?*+", rest[0]) >= 0 {
		return "", false // a repeated group
	}
	b.pattern = true
	if named, ok := strings.CutPrefix(inner, "?P<"); ok {
		name, pattern, ok := strings.Cut(named, ">")
		return rest, ok && b.param(name, "", matchesSlashes(pattern))
	}
	if extension, ok := strings.CutPrefix(inner, "?"); ok {
		return b.extension(extension, rest)
	}
	switch re, err := syntax.Parse(inner, syntax.Perl); {
	case err == nil && re.Op == syntax.OpLiteral, hasGroup(inner) && !isAlternation(inner):
		return inner + rest, true
	}
	name := "arg" + strconv.Itoa(b.unnamed)
	b.unnamed++
	return rest, b.param(name, "", matchesSlashes(inner))
}

// extension reads a group that starts with "(?": flags, an assertion, or a group that does
// not capture.
func (b *routeBuilder) extension(text, rest string) (_ string, ok bool) {
	for _, assertion := range []string{"=", "!", "<=", "<!", "#"} {
		if strings.HasPrefix(text, assertion) {
			return rest, true // it matches no text
		}
	}
	flags, inner, scoped := strings.Cut(text, ":")
	if strings.Trim(flags, "aiLmsu") != "" {
		return "", false
	}
	b.fold = b.fold || strings.Contains(flags, "i")
	if !scoped {
		return rest, true
	}
	return inner + rest, !isAlternation(inner)
}

// outside yields the index of each byte of a regular expression that is neither escaped nor in a
// class of characters, with the depth of groups around it.
func outside(pattern string) iter.Seq2[int, int] {
	return func(yield func(at, depth int) bool) {
		depth, class := 0, false
		for i := 0; i < len(pattern); i++ {
			switch c := pattern[i]; {
			case c == '\\':
				i++
			case class:
				class = c != ']'
			case c == '[':
				class = true
				if i+1 < len(pattern) && pattern[i+1] == ']' || i+2 < len(pattern) && pattern[i+1:i+3] == "^]" {
					i += 2 // a bracket right after the opening one is a member
				}
			default:
				if c == ')' {
					depth--
				}
				if !yield(i, depth) {
					return
				}
				if c == '(' {
					depth++
				}
			}
		}
	}
}

func hasGroup(pattern string) bool {
	for i := range outside(pattern) {
		if pattern[i] == '(' {
			return true
		}
	}
	return false
}

func isAlternation(pattern string) bool {
	for i, depth := range outside(pattern) {
		if pattern[i] == '|' && depth == 0 {
			return true
		}
	}
	return false
}

// matchesSlashes reports whether a pattern may match text with a slash.
func matchesSlashes(pattern string) bool {
	re, err := syntax.Parse(pattern, syntax.Perl)
	return err != nil || mayMatch(re, '/')
}

func mayMatch(re *syntax.Regexp, r rune) bool {
	switch re.Op {
	case syntax.OpLiteral:
		for _, literal := range re.Rune {
			if literal == r {
				return true
			}
		}
		return false
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i] <= r && r <= re.Rune[i+1] {
				return true
			}
		}
		return false
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return true
	}
	for _, sub := range re.Sub {
		if mayMatch(sub, r) {
			return true
		}
	}
	return false
}

// takesSlashes reports whether values of a converter may contain slashes. Values of one that the
// application defines may.
func takesSlashes(converter string) bool {
	name, _, _ := strings.Cut(converter, "(") // Werkzeug's arguments, as in "string(length=2)"
	return name != "" && !names.IsSegmentConverter(name)
}
