package score

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"akita/test/accuracy/truth"
)

// matcher recognizes the paths under which a document may have an operation.
type matcher struct {
	*truth.Operation
	template *regexp.Regexp // of the produced path with anonymous parameters
	concrete *regexp.Regexp // of the paths of calls
}

var (
	parameter = regexp.MustCompile(`\{[^{}]*\}`)
	ending    = regexp.MustCompile(`\{\}\.[a-z0-9]+`) // a file extension after a parameter
)

// newMatcher accepts every path that the truth leaves open, unless routes give it exactly.
// Whole means that a file extension may be part of the parameter before it, because no other
// operation conflicts with that.
func newMatcher(op *truth.Operation, exact, whole bool) matcher {
	m := matcher{Operation: op}
	var template, concrete strings.Builder
	literals := parameter.Split(op.Template, -1)
	for i, literal := range literals {
		concrete.WriteString(regexp.QuoteMeta(literal))
		if i > 0 && strings.HasPrefix(literal, ".") && !exact && whole {
			end, _, _ := strings.Cut(literal, "/")
			template.WriteString("(?:" + regexp.QuoteMeta(end) + ")?" + regexp.QuoteMeta(literal[len(end):]))
		} else {
			template.WriteString(regexp.QuoteMeta(literal))
		}
		if i == len(literals)-1 {
			break
		}
		choices := []string{`\{\}`}
		if !exact {
			for _, value := range op.Path[i].Literals {
				choices = append(choices, regexp.QuoteMeta(value))
			}
		}
		template.WriteString("(?:" + strings.Join(choices, "|") + ")")
		concrete.WriteString("[^/]+")
	}
	m.template = regexp.MustCompile("^" + template.String() + "$")
	m.concrete = regexp.MustCompile("^" + concrete.String() + "$")
	return m
}

func anonymous(path string) string { return parameter.ReplaceAllString(path, "{}") }

// match pairs the operations of the truth with those of the document, and counts both.
func (s *scorer) match(t *truth.Truth, produced []*operation, exact bool) map[*truth.Operation]*operation {
	pairs := make(map[*truth.Operation]*operation)
	used := make(map[*operation]bool)
	var matchers []matcher
	templates := make(map[string]bool)
	for _, op := range t.Operations {
		templates[anonymous(op.Template)] = true
	}
	for _, op := range t.Operations {
		m := newMatcher(op, exact, !templates[ending.ReplaceAllString(anonymous(op.Template), "{}")])
		matchers = append(matchers, m)
		for _, p := range produced {
			if p.method == m.Method && m.template.MatchString(anonymous(p.path)) {
				used[p] = true
				if pairs[op] == nil {
					pairs[op] = p
				}
			}
		}
	}
	for _, m := range matchers {
		if m.Exists != truth.Yes {
			continue
		}
		s.at = strings.ToUpper(m.Method) + " " + m.Template
		there := pairs[m.Operation]
		s.want(Operations, there != nil, "", "", "the operation")
		if there == nil {
			pairs[m.Operation] = fallback(m, produced)
		}
	}
	for _, p := range produced {
		if !used[p] {
			s.at = p.String()
			s.wrong(Operations, "", "an operation that does not exist")
		}
	}
	return pairs
}

// fallback finds an operation of the document that covers some of the calls. Otherwise a wrong
// path would count again in every other aspect.
func fallback(m matcher, produced []*operation) *operation {
	var words, parameters []*operation
	for _, p := range produced {
		switch {
		case p.method != m.Method:
		case m.concrete.MatchString(p.path) && !strings.Contains(p.path, "{"):
			words = append(words, p)
		case covers(p, m.Samples):
			parameters = append(parameters, p)
		}
	}
	if len(words) > 0 {
		return plainest(words)
	}
	return plainest(parameters)
}

// covers reports whether the path of an operation matches one of some calls.
func covers(p *operation, samples []string) bool {
	pattern := regexp.QuoteMeta(anonymous(p.path))
	pattern = "^" + strings.ReplaceAll(strings.TrimSuffix(pattern, "/"), `\{\}`, "[^/]+") + "/?$"
	re, err := regexp.Compile(pattern)
	return err == nil && slices.ContainsFunc(samples, re.MatchString)
}

// plainest returns the operation with the shortest description of its responses, which claims the
// least; nil of none. The choice must not follow the order of paths, as these may hold data:
// another name would change the figures.
func plainest(operations []*operation) *operation {
	var best *operation
	shortest := ""
	for _, p := range operations {
		text, err := json.Marshal(p.body["responses"])
		if err != nil {
			continue
		}
		order := cmp.Or(cmp.Compare(len(text), len(shortest)), strings.Compare(string(text), shortest))
		if best == nil || order < 0 {
			best, shortest = p, string(text)
		}
	}
	return best
}
