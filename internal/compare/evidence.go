package compare

import (
	"slices"
	"strconv"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/names"
	"akita/internal/shape"
)

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

// isCalled reports whether a finding is about an operation of the base that was called.
func (e *evidence) isCalled(f *Finding) bool {
	place := placeOf(f)
	_, ok := e.observed[Fact{Method: place.Method, Path: place.Path}]
	return ok
}

// judge adds to a change what calls show of it.
func (e *evidence) judge(f Finding) Finding {
	shown := e.see(&f)
	switch {
	case shown == unknown:
		f.Message += "; calls do not show whether it is used"
	case f.Seen.For > 0:
		f.Message += "; " + e.used(f)
		if shown == unread {
			f.Message += "; calls do not show whether the values fit"
		}
		isIgnored := f.Kind == Removed && (f.Subject == Parameter || f.Subject == RequestField) && !f.isAnswer()
		if isIgnored || shown == fitting {
			f.Severity = Breaking // who sends what is gone expects an effect, and what does not fit is refused
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
	unread               // calls use it, and some of them may be as the new document says
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
	case o.isOfOtherBodies(f):
		f.Seen = Seen{Of: o.count(facts.Key{Kind: facts.Operation})}
	case !isShown && o.isHidden(f, k):
		return unknown
	case f.Subject == Auth && e.needsHidden(place, o):
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
		if f.isOfValues() {
			return unread
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

// isOfValues reports whether a change of requests concerns some values of what is sent, and not all.
func (f *Finding) isOfValues() bool {
	switch f.Subject {
	case Enum, Type, Format:
		return !f.isAnswer()
	case Parameter, RequestField:
		return f.Kind != Removed && f.At != "" && f.At != "request"
	}
	return false
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
			(f.Subject != Enum || f.Value == "" || d.Value == f.Value || d.Value == "") &&
			(k.MediaType == "" || d.Change.Key.MediaType == "" || k.MediaType == d.Change.Key.MediaType)
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

// needsHidden reports whether the new document requires credentials of the calls of an operation that they may
// have, that a witness does not show, and that the base does not know there.
func (e *evidence) needsHidden(place Fact, o called) bool {
	known := o.operation.HiddenSchemes()
	return slices.ContainsFunc(e.Revision.Operations(), func(op *declared.Operation) bool {
		isOther := func(scheme string) bool { return !slices.Contains(known, scheme) }
		return op.Method == place.Method && endpoints.Anonymous(op.Path) == place.Path &&
			slices.ContainsFunc(op.HiddenSchemes(), isOther)
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
		for _, sent := range o.keys(facts.MediaType) { // as the document spells it, or within its range
			if sent.In == root && o.isBody(f, sent.Value, f.Value) && o.count(sent) > o.count(k) {
				k = sent
			}
		}
	default:
		k = o.field(f, root, strings.TrimPrefix(strings.TrimPrefix(name, "body"), "."))
	}
	return k, o.count(k) > 0
}

// isBody reports whether bodies of a media type are those that the base declares under a name. A change that
// names none is about all of them.
func (o called) isBody(f *Finding, mediaType, name string) bool {
	body := o.operation.Request()
	if f.Status != 0 {
		body = nil
		if r := o.operation.Response(f.Status); r != nil {
			body = &r.Body
		}
	}
	content := body.Content(mediaType)
	return name == "" || content != nil && content.MediaType == name
}

// isOfOtherBodies reports whether a change is about bodies of a media type, and all calls have other bodies.
func (o called) isOfOtherBodies(f *Finding) bool {
	root := facts.Request
	if f.Status != 0 {
		root = strconv.Itoa(f.Status)
	}
	isKnown := false
	for _, k := range o.keys(facts.MediaType) {
		if k.In != root {
			continue
		}
		if k.Value == "" || k.Value == apimodel.Many || o.isBody(f, k.Value, f.Change.Key.MediaType) {
			return false
		}
		isKnown = true
	}
	return isKnown
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
func (o called) field(f *Finding, in, name string) (best facts.Key) {
	for _, kind := range []facts.Kind{facts.MediaType, facts.Field, facts.Items, facts.Entries, facts.File} {
		for _, k := range o.keys(kind) {
			isAt := (kind == facts.MediaType) == (name == "") && (name == "" || k.Name() == name)
			mediaType := k.MediaType
			if kind == facts.MediaType {
				mediaType = k.Value
			}
			if k.In == in && isAt && o.count(k) > o.count(best) && o.isBody(f, mediaType, f.Change.Key.MediaType) {
				best = k
			}
		}
	}
	return best
}
