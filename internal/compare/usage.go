package compare

import (
	"slices"
	"strings"
	"time"

	"akita/internal/declared"
	"akita/internal/endpoints"
)

// Usage asks whether what a new document changes was used by calls.
type Usage struct {
	Calls    Recording
	Revision *declared.Document // the new document
	Base     *declared.Document // the document before; nil for none
	Changes  []Finding          // from Base to Revision, with their severities
	Period   string             // of the calls: "30 days"; "" if it is not known
	Now      time.Time
}

// Findings returns the changes with the evidence of calls, and how many calls have a path of the new document,
// or of the base if that has its paths below those of the same server.
// What was used keeps its severity; what nobody used has the verdict Unused. What calls use, and the new
// document does not accept although the base did, is a finding too if no rule is about it. Without a base,
// the findings are what calls use and the new document does not accept.
//
// Of answers it is only known what is served, and not what clients read.
func (u Usage) Findings() (found []Finding, matched uint64) {
	named, matched := u.Calls.Named(u.Revision)
	revised, _ := named.Traffic()
	drift := Drift(u.Revision, revised)
	if u.Base == nil {
		return u.withoutBase(drift), matched
	}
	named, onBase := u.Calls.Named(u.Base)
	before, _ := named.Traffic()
	drift = without(drift, Drift(u.Base, before))
	e := newEvidence(u, before, drift)
	for _, f := range u.Changes {
		if f.Severity != Info {
			found = append(found, e.judge(f))
		}
	}
	for _, f := range u.withoutBase(drift) {
		if f.Subject != Operation && e.isCalled(&f) && !slices.ContainsFunc(found, f.isWithin) {
			found = append(found, f)
		}
	}
	Sort(found)
	if hasAny(u.Base.BasePaths(), u.Revision.BasePaths()...) {
		matched = max(matched, onBase)
	}
	return found, matched
}

// withoutBase returns what calls use and the new document does not accept: of a drift from it. What is served
// and not declared any more is a warning.
func (u Usage) withoutBase(drift []Finding) (found []Finding) {
	for _, f := range Mixed(drift, false) {
		if f.Verdict != Proved || f.Kind == Added {
			continue
		}
		if f.isAnswer() {
			f.Severity = Warning
		}
		f.Message += "; " + u.used(f)
		found = append(found, f)
	}
	return found
}

// isAnswer reports whether a finding is about what is served.
func (f *Finding) isAnswer() bool { return f.Status != 0 || strings.HasPrefix(f.At, "response") }

// placeOf returns the place of a finding. Parameters in the path may have other names in another document, and
// names of headers another case.
func placeOf(f *Finding) Fact {
	place := Fact{Method: f.Method, Path: endpoints.Anonymous(f.Path), Status: f.Status, At: f.At}
	if strings.HasPrefix(place.At, "header.") {
		place.At = strings.ToLower(place.At)
	}
	return place
}

// isWithin reports whether another finding is about the place of f, or about one around or below it.
func (f *Finding) isWithin(other Finding) bool {
	x, y := placeOf(f), placeOf(&other)
	if other.Path == "" {
		return f.Subject == other.Subject // of the document as a whole
	}
	isSame := x.Method == y.Method && x.Path == y.Path
	if y.At == "" {
		return isSame
	}
	isBelow := func(at, above string) bool {
		rest, ok := strings.CutPrefix(at, above)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	}
	return isSame && (x.Status == y.Status || y.Status == 0) && (isBelow(x.At, y.At) || isBelow(y.At, x.At))
}

// without returns the findings of a drift that another one does not have.
func without(drift, other []Finding) []Finding {
	type statement struct {
		place   Fact
		kind    Kind
		subject Subject
		value   string
	}
	of := func(f *Finding) statement { return statement{placeOf(f), f.Kind, f.Subject, f.Value} }
	known := make(map[statement]bool)
	for i := range other {
		known[of(&other[i])] = true
	}
	return slices.DeleteFunc(drift, func(f Finding) bool { return known[of(&f)] })
}
