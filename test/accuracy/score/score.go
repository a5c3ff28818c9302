// Package score compares an OpenAPI document with the truth about the traffic that it was made
// from. The names of path parameters and components do not matter. What the truth leaves open
// counts neither for nor against a document.
package score

import (
	"fmt"
	"slices"
	"strings"

	"akita/test/accuracy/truth"
)

// The aspects in which a document is compared.
const (
	Operations = "operations"
	Path       = "path"
	Query      = "query"
	Header     = "header"
	Cookie     = "cookie"
	Returned   = "returned" // response headers
	Fields     = "fields"
	Types      = "types"
	Formats    = "formats"
	Kinds      = "kinds"
	Nullable   = "nullable"
	Required   = "required"
	Enums      = "enums"
	Maps       = "maps"
	Variants   = "variants"
	Status     = "status"
	Media      = "media"
	Auth       = "auth"
	Leaks      = "leaks"
)

// Aspects lists all aspects in the order of the table.
var Aspects = []string{
	Operations,
	Path,
	Query,
	Header,
	Cookie,
	Returned,
	Fields,
	Types,
	Formats,
	Kinds,
	Nullable,
	Required,
	Enums,
	Maps,
	Variants,
	Status,
	Media,
	Auth,
	Leaks,
}

// Tally counts one aspect.
type Tally struct {
	Right  int // those of Wanted that the document has
	Wanted int // facts that the calls show
	False  int // wrong facts in the document
}

// Ratio returns Right / (Wanted + False), 1 if nothing was counted.
func (t Tally) Ratio() float64 {
	if t.Wanted+t.False == 0 {
		return 1
	}
	return float64(t.Right) / float64(t.Wanted+t.False)
}

// Miss is one thing that a document gets wrong.
type Miss struct {
	Aspect    string
	Operation string // "GET /users/{id}"
	Place     string // "200 response /items[]/price"
	Got, Want string
}

func (m Miss) String() string {
	if m.Aspect == "" {
		return m.Operation // a line of the shared folder's scorer
	}
	return fmt.Sprintf(
		"%-10s %s %s: got %s, want %s",
		m.Aspect,
		m.Operation,
		m.Place,
		orNothing(m.Got),
		orNothing(m.Want),
	)
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// Result holds the tallies and misses of a document.
type Result struct {
	Tallies map[string]Tally
	Misses  []Miss
}

// Overall returns the mean ratio of the aspects that occur.
func (r *Result) Overall() float64 {
	sum, n := 0., 0
	for _, aspect := range Aspects {
		if t := r.Tallies[aspect]; t.Wanted+t.False > 0 {
			sum += t.Ratio()
			n++
		}
	}
	if n == 0 {
		return 1
	}
	return sum / float64(n)
}

// scorer compares one document.
type scorer struct {
	*document
	result *Result
	at     string // the operation being compared
}

// Document scores a document, given as JSON. Exact means that the traffic named its routes, so
// that every path is determined.
func Document(doc []byte, t *truth.Truth, exact bool) (*Result, error) {
	d, err := parse(doc)
	if err != nil {
		return nil, err
	}
	s := &scorer{document: d, result: &Result{Tallies: make(map[string]Tally)}}
	produced := d.operations()
	pairs := s.match(t, produced, exact)
	for _, op := range t.Operations {
		if found := pairs[op]; found != nil {
			s.at = strings.ToUpper(op.Method) + " " + op.Template
			s.operation(op, found)
		}
	}
	s.leaks(t.Canaries)
	return s.result, nil
}

// want counts a fact that the calls show, and records a miss if the document is wrong.
func (s *scorer) want(aspect string, right bool, place, got, want string) {
	t := s.result.Tallies[aspect]
	t.Wanted++
	if right {
		t.Right++
	} else {
		s.miss(aspect, place, got, want)
	}
	s.result.Tallies[aspect] = t
}

// wrong counts a wrong statement of the document.
func (s *scorer) wrong(aspect, place, got string) {
	t := s.result.Tallies[aspect]
	t.False++
	s.result.Tallies[aspect] = t
	s.miss(aspect, place, got, "")
}

func (s *scorer) miss(aspect, place, got, want string) {
	s.result.Misses = append(s.result.Misses, Miss{aspect, s.at, place, got, want})
}

// leaks checks the document for canaries. A single one fails the whole aspect.
func (s *scorer) leaks(canaries []string) {
	s.at = "document"
	var found []string
	for _, canary := range canaries {
		if strings.Contains(s.text, canary) {
			found = append(found, canary)
		}
	}
	slices.Sort(found)
	s.want(Leaks, len(found) == 0, "", strings.Join(found, ", "), "")
}
