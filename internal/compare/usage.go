package compare

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"akita/internal/apimodel"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/names"
	"akita/internal/shape"
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

// Findings returns the changes with the evidence of calls, and how many calls have a path of either document.
// What was used keeps its severity; what nobody used has the verdict Unused. Without a base, the findings
// are what calls use and the new document does not accept.
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
	e := newEvidence(u, before, without(drift, Drift(u.Base, before)))
	for _, f := range u.Changes {
		if f.Severity != Info {
			found = append(found, e.judge(f))
		}
	}
	Sort(found)
	return found, max(matched, onBase)
}

// withoutBase returns what calls use and the new document does not accept.
func (u Usage) withoutBase(drift []Finding) (found []Finding) {
	for _, f := range Mixed(drift, false) {
		if f.Verdict != Proved || f.Kind == Added {
			continue
		}
		if f.isAnswer() { // without a document before, it is not known whether it was ever declared
			f.Severity = Warning
		}
		f.Message += "; " + u.used(f)
		found = append(found, f)
	}
	return found
}

// isAnswer reports whether a finding is about what is served.
func (f *Finding) isAnswer() bool { return f.Status != 0 || strings.HasPrefix(f.At, "response") }

// placeOf returns the place of a finding. Parameters in the path may have other names in another document.
func placeOf(f *Finding) Fact {
	return Fact{Method: f.Method, Path: endpoints.Anonymous(f.Path), Status: f.Status, At: f.At}
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

// evidence is what calls show of what changes.
type evidence struct {
	Usage

	calls    uint64
	observed map[Fact]called    // by method and path of the base
	drift    map[Fact][]Finding // of the new document and not of the base, by place
}

// called is an operation of the base that was called.
type called struct {
	*observed

	operation *declared.Operation
}

func newEvidence(u Usage, before *Traffic, drift []Finding) *evidence {
	e := &evidence{
		Usage: u, calls: before.calls, observed: make(map[Fact]called), drift: make(map[Fact][]Finding),
	}
	for op, o := range before.declared(u.Base) {
		e.observed[Fact{Method: op.Method, Path: endpoints.Anonymous(op.Path)}] = called{o, op}
	}
	for _, f := range drift {
		e.drift[placeOf(&f)] = append(e.drift[placeOf(&f)], f)
	}
	return e
}

// judge adds to a change what calls show of it.
func (e *evidence) judge(f Finding) Finding {
	shown := e.see(&f)
	switch {
	case shown == unknown:
		f.Message += "; calls do not show whether it is used"
	case f.Seen.For > 0:
		f.Message += "; " + e.used(f)
		if f.Kind == Removed && (f.Subject == Parameter || f.Subject == RequestField) && !f.isAnswer() {
			f.Severity = Breaking // who sends it expects that it has an effect
		}
	default:
		f.Message += "; " + e.unused(f, shown == fitting)
		f.Severity, f.Verdict = Info, Unused
	}
	return f
}

// shown is what calls show of a change.
type shown int

const (
	unknown shown = iota // facts do not have it
	using                // the calls that use what changes
	fitting              // all calls that use it do so as the new document says, except those that are seen
)

// see sets the calls that a change concerns.
func (e *evidence) see(f *Finding) shown {
	place := placeOf(f)
	if f.Path == "" && f.Subject == Auth { // of the document as a whole
		return e.seeRefused(f, e.calls, func(at Fact) bool { return at.At == "request.auth" })
	}
	if f.Path == "" {
		return unknown
	}
	o, isCalled := e.observed[Fact{Method: place.Method, Path: place.Path}]
	if !isCalled || o.isMissing() {
		f.Seen = Seen{Of: e.calls}
		return using
	}
	k, isShown := o.key(f)
	switch {
	case !isShown && o.isHidden(f, k):
		return unknown
	case f.Subject == Auth && e.hasHiddenScheme(place):
		return unknown
	case f.Subject == Auth:
		accepted := o.count(facts.Key{Kind: facts.Accepted})
		return e.seeRefused(f, accepted, func(at Fact) bool { return at == place })
	case !f.isAnswer() && f.At != "" && e.isJudged(f, o, k):
		return e.seeContradicting(f, o, k)
	case isShown:
		f.Seen, f.Consumers = o.seen(k), o.by(k)
		if f.Subject == Operation {
			f.Seen.Of = e.calls
		}
	default:
		f.Seen = Seen{Of: o.count(facts.Key{Kind: facts.Operation})}
	}
	return using
}

// isJudged reports whether facts tell which calls a change of requests concerns: those that contradict the
// new document. Otherwise, it is all that send it.
func (e *evidence) isJudged(f *Finding, o called, k facts.Key) bool {
	switch f.Subject {
	case Required, Nullable:
		return true
	case Type: // a text may stand for a list or an object
		isText := k.MediaType == "" || names.IsForm(k.MediaType)
		return !isText || !hasAny(f.After.Types, "array", "object")
	case Format:
		return slices.Contains(formats, f.After.Format)
	case Enum: // a server does not have the values of strings
		return o.membersAt(k) != nil && o.count(k.With(facts.Unlisted, "")) == 0
	}
	return requires(f.Rule)
}

// requires reports whether a rule is about something new that is required.
func requires(rule string) bool {
	return strings.HasPrefix(rule, "new-required-") || strings.Contains(rule, "added-required")
}

// seeContradicting sees the calls that the new document does not accept at the place of a change.
func (e *evidence) seeContradicting(f *Finding, o called, k facts.Key) (s shown) {
	isAbsence := f.Subject == Required || requires(f.Rule)
	s, f.Seen = fitting, Seen{Of: o.count(k)}
	if isAbsence {
		f.Subject, f.Seen.Of = Required, o.count(facts.Key{Kind: facts.Accepted})
	}
	if o.count(k) == 0 {
		s, f.Seen.Of = using, o.count(facts.Key{Kind: facts.Operation})
	}
	for _, d := range e.drift[placeOf(f)] {
		isAbout := d.Kind == Mismatched && (d.Subject == Required) == isAbsence &&
			(f.Subject != Enum || f.Value == "" || d.Value == f.Value || d.Value == "")
		if isAbout && d.Seen.For > f.Seen.For {
			f.Seen, f.Consumers = d.Seen, d.Consumers
		}
	}
	return s
}

// seeRefused sees the calls whose credentials the new document does not accept.
func (e *evidence) seeRefused(f *Finding, of uint64, isPlace func(Fact) bool) shown {
	f.Seen = Seen{Of: of}
	for at, found := range e.drift {
		for _, d := range found {
			if d.Subject != Auth || !isPlace(at) {
				continue
			}
			f.Seen.For += d.Seen.For
			f.Seen.First, f.Seen.Last = d.Seen.First, later(f.Seen.Last, d.Seen.Last)
			f.Consumers = slices.Compact(slices.Sorted(slices.Values(slices.Concat(f.Consumers, d.Consumers))))
		}
	}
	return fitting
}

// hasHiddenScheme reports whether the new document requires credentials that calls have and a witness does
// not show.
func (e *evidence) hasHiddenScheme(place Fact) bool {
	return slices.ContainsFunc(e.Revision.Operations(), func(op *declared.Operation) bool {
		return op.Method == place.Method && endpoints.Anonymous(op.Path) == place.Path && op.HasHiddenScheme()
	})
}

// isHidden reports whether calls may use what a change is about, although facts do not have it: its name is
// none that a witness keeps, there are too many names, or bodies were not read.
func (o called) isHidden(f *Finding, k facts.Key) bool {
	in, name, _ := strings.Cut(f.At, ".")
	header, isHeader := strings.CutPrefix(name, "header.")
	switch {
	case k.Kind == facts.Parameter:
		return !isVisible(&declared.Parameter{In: in, Name: name}) || o.hasManyParameters(in)
	case isHeader && f.isAnswer():
		return !names.IsResponseHeader(header)
	case k.Kind == facts.Field || k.Kind == "":
		isData := func(name string) bool { return name != "*" && shape.IsDataKey(strings.TrimRight(name, "[]")) }
		return slices.ContainsFunc(strings.Split(strings.TrimPrefix(name, "body."), "."), isData) || o.hasOtherBodies(f)
	}
	return false
}

func (o called) hasManyParameters(in string) bool {
	return slices.ContainsFunc(o.operations, func(op *apimodel.Operation) bool {
		of := map[string]*apimodel.Params{
			"query": &op.Accepted.Query, "header": &op.Accepted.Headers, "cookie": &op.Accepted.Cookies,
		}[in]
		return of != nil && of.Many
	})
}

// hasOtherBodies reports whether there are bodies of whose fields facts have none, or not all.
func (o called) hasOtherBodies(f *Finding) bool {
	in := facts.Request
	if f.Status != 0 {
		in = strconv.Itoa(f.Status)
	}
	isOther := func(k facts.Key) bool {
		isUnread := k.Kind == facts.MediaType && !isValue(k.Value) && !names.IsForm(k.Value)
		return k.In == in && (k.Kind == facts.Wide || isUnread)
	}
	return slices.ContainsFunc(slices.Concat(o.keys(facts.MediaType), o.keys(facts.Wide)), isOther)
}

// key returns the fact that calls use what a change is about. isShown is false if none does.
func (o called) key(f *Finding) (k facts.Key, isShown bool) {
	in, name, _ := strings.Cut(f.At, ".")
	root := facts.Request
	if f.Status != 0 {
		root = strconv.Itoa(f.Status)
	}
	switch {
	case f.At == "", f.At == "request", in == "response" && f.Status == 0: // the place is not known
		k = facts.Key{Kind: facts.Operation}
	case f.At == "response":
		k = facts.Key{Kind: facts.Status, Value: root}
	case in == "path":
		k = o.value(facts.Key{In: in, Path: o.operation.PathArgument(name)})
	case in == "query" || in == "header" || in == "cookie":
		k = o.parameter(in, name)
	case strings.HasPrefix(name, "header."):
		k = facts.Key{Kind: facts.Header, In: root, Path: strings.TrimPrefix(name, "header.")}
	case f.Subject == MediaType:
		k = facts.Key{Kind: facts.MediaType, In: root, Value: f.Value}
	default:
		k = o.field(root, strings.TrimPrefix(strings.TrimPrefix(name, "body"), "."))
	}
	return k, o.count(k) > 0
}

// parameter returns the most frequent fact that calls have a parameter, under any of its names.
func (o called) parameter(in, name string) (best facts.Key) {
	best = facts.Key{Kind: facts.Parameter, In: in, Path: name}
	wanted := o.operation.Parameter(in, name)
	for _, k := range o.keys(facts.Parameter) {
		if k.In == in && wanted != nil && o.operation.Parameter(in, k.Path) == wanted && o.count(k) > o.count(best) {
			best = k
		}
	}
	return best
}

// value returns the most frequent type of the values at a place.
func (o called) value(at facts.Key) facts.Key {
	best := at.With(facts.Type, "string")
	for _, k := range o.keys(facts.Type) {
		if k.With(facts.Type, "string") == at.With(facts.Type, "string") && o.count(k) > o.count(best) {
			best = k
		}
	}
	return best
}

// field returns the most frequent fact that bodies have a value at a place; "" is that of the whole body.
func (o called) field(in, name string) (best facts.Key) {
	for _, kind := range []facts.Kind{facts.MediaType, facts.Field, facts.Items, facts.Entries, facts.File} {
		for _, k := range o.keys(kind) {
			isAt := (kind == facts.MediaType) == (name == "") && (name == "" || k.Name() == name)
			if k.In == in && isAt && o.count(k) > o.count(best) {
				best = k
			}
		}
	}
	return best
}
