package recorded

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Class is how an operation was missed.
type Class string

// The classes of misses.
const (
	OverMerged    Class = "over-merged"    // the document has a parameter in place of a literal
	StayedLiteral Class = "stayed-literal" // the document has a literal in place of a parameter
	Both          Class = "both"
	Unmatched     Class = "unmatched" // no operation of the document matches any of its calls
)

// Classes lists all classes in the order of a table.
var Classes = []Class{OverMerged, StayedLiteral, Both, Unmatched}

// Score compares a document with a published one.
type Score struct {
	Observed   int // operations of the published document that were called with success
	Found      int // of these, the ones that the document has
	Operations int // of the document, on the host of the published one
	InTruth    int // of these, the ones that the published document has
	Outside    int // successful calls, by method and path, that the published document does not have
	Missed     []Miss
	Spurious   []Operation // of the document, and not published
}

// Miss is an operation that the document does not have.
type Miss struct {
	Operation
	Class   Class
	Calls   int    // different paths
	Example string // one of them
}

// Recall is the share of the observed operations that the document has.
func (s *Score) Recall() float64 { return float64(s.Found) / float64(max(1, s.Observed)) }

// Precision is the share of the document's operations that are published. Calls that the
// published document omits keep it below 1.
func (s *Score) Precision() float64 { return float64(s.InTruth) / float64(max(1, s.Operations)) }

// Count returns the number of misses of a class.
func (s *Score) Count(class Class) int {
	n := 0
	for _, m := range s.Missed {
		if m.Class == class {
			n++
		}
	}
	return n
}

// observation is a set of published operations that the same calls match.
type observation struct {
	operations []Operation
	paths      map[string]bool
}

// Compare scores a document of the traffic.
func Compare(document, published *Document, traffic []byte) (*Score, error) {
	calls, err := parseCalls(traffic)
	if err != nil {
		return nil, err
	}
	host, anyMethod := published.host(), !published.namesMethods()
	truth, mine := published.in("", anyMethod), document.in(host, false)
	if anyMethod {
		mine = withoutMethods(mine)
	}
	observed, outside := observe(calls, host, newTemplates(truth, true), anyMethod)
	s := &Score{Operations: len(mine), Outside: outside}
	for op := range mine {
		if _, ok := truth[op]; ok {
			s.InTruth++
		} else {
			s.Spurious = append(s.Spurious, op)
		}
	}
	slices.SortFunc(s.Spurious, compare)
	s.count(observed, mine)
	return s, nil
}

// count counts the observed operations, and finds the class of each miss.
func (s *Score) count(observed []*observation, mine map[Operation]string) {
	known := newTemplates(mine, false)
	byOperation := make(map[Operation]*observation)
	for _, o := range observed {
		name := o.operations[0]
		if i := slices.IndexFunc(o.operations, func(op Operation) bool { _, ok := mine[op]; return ok }); i >= 0 {
			name = o.operations[i]
			s.Found++
		}
		byOperation[name] = o
	}
	s.Observed = len(byOperation)
	for op, o := range byOperation {
		if _, ok := mine[op]; !ok {
			paths := slices.Sorted(maps.Keys(o.paths))
			s.Missed = append(s.Missed, Miss{op, classify(op, paths, known), len(paths), paths[0]})
		}
	}
	slices.SortFunc(s.Missed, func(a, b Miss) int { return compare(a.Operation, b.Operation) })
}

// observe returns the published operations that were called with success, and the number of
// successful calls that match none.
func observe(calls []call, host string, known *templates, anyMethod bool) (observed []*observation, outside int) {
	byKey, others := make(map[string]*observation), make(map[call]bool)
	for _, c := range calls {
		if host != "" && c.host != host {
			continue
		}
		if !slices.Contains(methods, strings.ToLower(c.method)) || c.status < 200 || c.status >= 400 {
			continue
		}
		method := c.method
		if anyMethod {
			method = AnyMethod
		}
		ops := mostLiteral(known.all(method, c.path))
		if len(ops) == 0 {
			others[call{method: method, path: c.path}] = true
			continue
		}
		key := fmt.Sprint(ops)
		if byKey[key] == nil {
			byKey[key] = &observation{ops, make(map[string]bool)}
			observed = append(observed, byKey[key])
		}
		byKey[key].paths[c.path] = true
	}
	return observed, len(others)
}

// mostLiteral keeps the operations with as many literals as the first. Several of these, such as
// compare/{basehead} and compare/{base}...{head}, count as one.
func mostLiteral(ops []Operation) []Operation {
	return slices.DeleteFunc(ops, func(op Operation) bool { return op.literals() != ops[0].literals() })
}

// classify finds out how an operation was missed.
func classify(op Operation, paths []string, mine *templates) Class {
	over, literal := false, false
	wanted := strings.Split(op.Path, "/")
	for _, path := range paths {
		for _, candidate := range mine.all(op.Method, path) {
			got := strings.Split(candidate.Path, "/")
			for i := range min(len(wanted), len(got)) {
				isParameter, want := strings.Contains(got[i], "{}"), strings.Contains(wanted[i], "{}")
				over = over || isParameter && !want
				literal = literal || want && !isParameter
			}
		}
	}
	switch {
	case over && literal:
		return Both
	case over:
		return OverMerged
	case literal:
		return StayedLiteral
	}
	return Unmatched
}

func withoutMethods(operations map[Operation]string) map[Operation]string {
	all := make(map[Operation]string)
	for op, path := range operations {
		all[Operation{AnyMethod, op.Path}] = path
	}
	return all
}
