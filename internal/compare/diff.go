package compare

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"akita/internal/facts"
	"akita/internal/names"
)

// State is what one side of a diff has at a place.
type State struct {
	Exists, IsRequired bool
	Types              []string // JSON types; null among them
	Format             string   // of all strings; "" for none
	Enum               []string // members of strings; nil if they are not listed
	Seen               Seen
}

// Diff returns what changed from one recording to another, as far as chance does not explain it. What may
// be chance has the verdict NotEnough. The severities are those of no rule yet.
func Diff(base, revision *Traffic) []Finding {
	var out []Finding
	limit := limitOf(base, revision)
	for _, key := range slices.SortedFunc(union(base.operations, revision.operations), operationKey.compare) {
		d := &diff{limit: limit, key: key, base: base.operations[key], revision: revision.operations[key]}
		switch {
		case d.base == nil:
			d.operation(Added, d.revision, revision.calls, base.calls)
		case d.revision == nil:
			d.operation(Removed, d.base, base.calls, revision.calls)
		default:
			d.facts()
		}
		out = append(out, d.findings...)
	}
	Sort(out)
	return out
}

// union returns the keys that one of two maps has.
func union[K comparable, V any](x, y map[K]V) iter.Seq[K] {
	both := maps.Clone(x)
	maps.Copy(both, y)
	return maps.Keys(both)
}

// otherSide names the time of the side that lacks something.
func otherSide(kind Kind) string {
	if kind == Removed {
		return "now"
	}
	return "before"
}

// diff compares what two sides show of one operation.
type diff struct {
	limit          float64 // the chance below which a difference is proved
	key            operationKey
	base, revision *observed
	findings       []Finding
}

// operation adds an operation that only one side has: that of o, with calls in all. The other one has n.
func (d *diff) operation(kind Kind, o *observed, calls, n uint64) {
	count := o.count(facts.Key{Kind: facts.Operation})
	f := Finding{
		Kind: kind, Fact: Fact{Subject: Operation}, Seen: Seen{For: count, Of: calls, First: o.first, Last: o.last},
		Consumers: o.by(facts.Key{Kind: facts.Operation}), Message: fmt.Sprintf("none of %d calls %s", n, otherSide(kind)),
	}
	d.add(f, facts.Sample{Had: float64(count), Of: float64(calls)}.ChanceOfNone(float64(n)))
}

// addShown adds a finding about a fact, which calls of one side show.
func (d *diff) addShown(f Finding, chance float64, o *observed, k facts.Key) {
	f.Seen, f.Consumers = o.seen(k), o.by(k)
	d.add(f, chance)
}

// addProved is like addShown, but leaves out what may be chance.
func (d *diff) addProved(f Finding, chance float64, o *observed, k facts.Key) {
	if chance < d.limit {
		d.addShown(f, chance, o, k)
	}
}

// add adds a finding if one side has something, and the other one has not. chance is that of the
// difference.
func (d *diff) add(f Finding, chance float64) {
	f.Method, f.Path = d.key.method, d.key.path
	f.Severity, f.Verdict = Info, NotEnough
	if chance < d.limit {
		f.Verdict = Proved
	}
	switch f.Kind {
	case Added:
		f.After.Exists = true
	case Removed:
		f.Before.Exists = true
	default:
		f.Before.Exists, f.After.Exists = true, true
	}
	d.findings = append(d.findings, f)
}

// facts compares the facts of both sides.
func (d *diff) facts() {
	for _, k := range slices.SortedFunc(union(d.base.counts, d.revision.counts), facts.Key.Compare) {
		x, y := d.base.counts[k], d.revision.counts[k]
		switch {
		case d.subject(k) == "":
		case x > 0 && y == 0:
			d.one(Removed, k, d.base, d.revision)
		case x == 0 && y > 0:
			d.one(Added, k, d.revision, d.base)
		case k.Kind == facts.Field || k.Kind == facts.Parameter:
			d.required(k)
		}
		if k.Kind == facts.Type {
			d.values(k)
		}
	}
}

// subject returns what a fact is about, "" if it is not compared by itself.
func (d *diff) subject(k facts.Key) Subject {
	switch k.Kind {
	case facts.Status:
		return Status
	case facts.MediaType:
		if k.Value == "" || strings.HasPrefix(k.Value, "\x00") {
			return ""
		}
		return MediaType
	case facts.Parameter:
		return Parameter
	case facts.Field:
		return fieldSubject(k)
	case facts.Header:
		if isGateways(k.Path) || isStandard(k.Path, 200) {
			return ""
		}
		return Header
	case facts.Auth:
		return Auth
	}
	return ""
}

func fieldSubject(k facts.Key) Subject {
	if k.In == facts.Request {
		return RequestField
	}
	return ResponseField
}

// one adds that one side has a fact and the other side has not, if that has its parent.
func (d *diff) one(kind Kind, k facts.Key, has, lacks *observed) {
	parent := k.Parent()
	n := lacks.count(parent)
	if n == 0 || has.count(parent) == 0 {
		return
	}
	f := Finding{Kind: kind, Fact: d.fact(k), Change: Change{Key: k}}
	f.Subject, f.Message = d.subject(k), fmt.Sprintf("in none of %d %s", n, otherSide(kind))
	state := has.state(k)
	if kind == Removed {
		f.Before = state
	} else {
		f.After = state
	}
	d.addShown(f, has.chance(k, n, lacks), has, k)
}

// changed returns a finding that the sides differ at a place.
func (d *diff) changed(subject Subject, k facts.Key, before, after State) Finding {
	f := Finding{Kind: Changed, Fact: d.fact(k), Change: Change{Key: k}, Before: before, After: after}
	f.Subject = subject
	return f
}

// chance returns the chance that none of n values of another side has a fact.
func (o *observed) chance(k facts.Key, n uint64, other *observed) float64 {
	return o.sample(k).ChanceOfNone(float64(n) * other.weight(k))
}

// sample returns how many calls have a fact: the elements of one array are alike, so a call counts as
// much as all of them.
func (o *observed) sample(k facts.Key) facts.Sample {
	w := o.weight(k)
	had, of := o.count(k), o.count(k.Parent())
	if k.In == "path" { // where there is always a value
		of = o.total(k)
	}
	return facts.Sample{Had: float64(had) * w, Of: float64(max(had, of)) * w}
}

// weight returns how much one value proves: calls by elements.
func (o *observed) weight(k facts.Key) float64 {
	return facts.Weight(k, func(k facts.Key) float64 { return float64(o.count(k)) })
}

// state returns what a side has at the place of a field or a parameter.
func (o *observed) state(k facts.Key) State {
	at := k
	if k.Kind == facts.Type {
		at = k.At()
	}
	s := State{Exists: true, Seen: o.seen(at)}
	s.IsRequired = s.Seen.For == o.count(at.Parent()) && (!isSent(k) || s.Seen.For >= minUnseen)
	for _, t := range []string{"boolean", "integer", "null", "number", "object", "array", "string"} {
		if o.count(k.With(facts.Type, t)) > 0 && !(t == "integer" && o.count(k.With(facts.Type, "number")) > 0) {
			s.Types = append(s.Types, t)
		}
	}
	slices.Sort(s.Types)
	s.Format = o.format(k)
	return s
}

// format returns the format that all strings at a place have, "" for none.
func (o *observed) format(k facts.Key) string {
	n := o.count(k.With(facts.Type, "string")) - o.count(k.With(facts.Empty, ""))
	for _, f := range formats {
		if n > 0 && o.count(k.With(facts.Format, f)) >= n {
			return f
		}
	}
	return ""
}

// required adds that a field or parameter became required or optional.
func (d *diff) required(k facts.Key) {
	absent := func(o *observed) uint64 { return o.count(k.Parent()) - min(o.count(k), o.count(k.Parent())) }
	x, y := absent(d.base), absent(d.revision)
	isResponse := k.Kind == facts.Field && k.In != facts.Request
	var sample facts.Sample
	var n float64
	state := d.base.state(k)
	f := d.changed(Required, k, state, state)
	switch {
	case x == 0 && y > 0:
		sample, n = d.revision.missing(k), float64(d.base.count(k.Parent()))*d.base.weight(k)
		f.Before.IsRequired, f.After.IsRequired = true, false
		f.Value = "optional"
		f.Message = fmt.Sprintf("optional now: missing in %d of %d, never before", y, d.revision.count(k.Parent()))
	case x > 0 && y == 0 && !isResponse:
		sample, n = d.base.missing(k), float64(d.revision.count(k.Parent()))*d.revision.weight(k)
		f.Before.IsRequired, f.After.IsRequired = false, true
		f.Value = "required"
		f.Message = fmt.Sprintf("always sent now: missing in %d of %d before", x, d.base.count(k.Parent()))
	default:
		return
	}
	d.addProved(f, sample.ChanceOfNone(n), d.revision, k)
}

// missing returns how many calls lack a field or parameter.
func (o *observed) missing(k facts.Key) facts.Sample {
	s := o.sample(k)
	return facts.Sample{Had: s.Of - s.Had, Of: s.Of}
}

// values adds how the values at a place changed. k is one of their types: the first one that either side
// has stands for all.
func (d *diff) values(k facts.Key) {
	place := k.At()
	for _, t := range []string{"array", "boolean", "integer", "null", "number", "object", "string"} {
		if d.base.count(k.With(facts.Type, t))+d.revision.count(k.With(facts.Type, t)) > 0 {
			if t != k.Value {
				return
			}
			break
		}
	}
	isInPath := k.In == "path" && d.base.total(k) > 0 && d.revision.total(k) > 0
	if !isInPath && (d.base.count(place) == 0 || d.revision.count(place) == 0) {
		return
	}
	d.types(k)
	d.strings(k)
}

// types adds which types the values got or lost.
func (d *diff) types(k facts.Key) {
	before, now := d.base.state(k), d.revision.state(k)
	before.IsRequired, before.Format = true, ""
	got, lost := d.gained(k, d.base, d.revision), d.gained(k, d.revision, d.base)
	if i := slices.Index(got, "null"); i >= 0 {
		got = slices.Delete(got, i, i+1)
		after := before
		after.Types = slices.Concat(before.Types, []string{"null"})
		d.typed(k.With(facts.Type, "null"), Nullable, "null now, was never null", before, after)
	}
	lost = slices.DeleteFunc(lost, func(t string) bool { return t == "null" || !isSent(k) })
	changed := slices.Concat(got, lost)
	if len(changed) == 0 { // who reads answers is not affected if they have fewer types
		return
	}
	after := before
	after.Types = slices.DeleteFunc(slices.Concat(before.Types, got), func(t string) bool {
		return slices.Contains(lost, t) || t == "integer" && slices.Contains(got, "number")
	})
	if len(after.Types) == 0 {
		after.Types = now.Types
	}
	if slices.Contains(got, "string") {
		after.Format = now.Format
	}
	message := fmt.Sprintf("%s now, was %s", strings.Join(now.Types, " or "), strings.Join(before.Types, " or "))
	d.typed(k.With(facts.Type, changed[0]), Type, message, before, after)
}

// typed adds that the values at a place have other types. The states differ in these only: what else differs
// may be chance.
func (d *diff) typed(k facts.Key, subject Subject, message string, before, after State) {
	slices.Sort(after.Types)
	f := d.changed(subject, k, before, after)
	f.Value, f.Message = k.Value, message
	o := d.revision
	if o.count(k) == 0 {
		o = d.base
	}
	d.addShown(f, 0, o, k)
}

// gained returns the types that the values at a place have in y and not in x, unless that may be chance.
func (d *diff) gained(k facts.Key, x, y *observed) (out []string) {
	known, types := x.state(k).Types, y.state(k).Types
	// A text may look like any type.
	isText := k.MediaType == "" && slices.Contains(known, "string") && slices.Contains(types, "string")
	for _, t := range types {
		key := k.With(facts.Type, t)
		isKnown := isText || x.count(key) > 0 || t == "integer" && slices.Contains(known, "number")
		if !isKnown && y.chance(key, x.total(k), x) < d.limit {
			out = append(out, t)
		}
	}
	return out
}

// total returns how many values there are at a place.
func (o *observed) total(k facts.Key) (n uint64) {
	for _, t := range []string{"array", "boolean", "integer", "null", "number", "object", "string"} {
		n += o.count(k.With(facts.Type, t))
	}
	return n
}

// strings adds that strings lost their format, or have a member that they did not have.
func (d *diff) strings(k facts.Key) {
	text := k.With(facts.Type, "string")
	n, m := d.base.count(text), d.revision.count(text)
	if n == 0 || m == 0 {
		return
	}
	before, after := d.base.state(k), d.revision.state(k)
	if before.Format != "" && after.Format != before.Format {
		had := d.revision.count(k.With(facts.Format, before.Format)) + d.revision.count(k.With(facts.Empty, ""))
		w := d.revision.weight(text)
		sample := facts.Sample{Had: float64(m-min(m, had)) * w, Of: float64(m) * w}
		now := before
		now.Format = after.Format
		f := d.changed(Format, text, before, now)
		f.Value = before.Format
		f.Message = fmt.Sprintf("%d of %d are no %s now, all were", m-min(m, had), m, before.Format)
		d.addProved(f, sample.ChanceOfNone(float64(n)*d.base.weight(text)), d.revision, text)
		return
	}
	d.members(k, before)
}

// members adds the members of an enum that one side has only. The states differ in one member each, because
// any other one may be missing by chance.
func (d *diff) members(k facts.Key, state State) {
	if d.base.count(k.With(facts.Unlisted, ""))+d.revision.count(k.With(facts.Unlisted, "")) > 0 {
		return
	}
	before, after := d.base.membersAt(k), d.revision.membersAt(k)
	if before == nil || after == nil {
		return // a server does not have the values of strings
	}
	with, without := state, state
	with.Enum = slices.Compact(slices.Sorted(slices.Values(slices.Concat(before, after))))
	for _, member := range with.Enum {
		without.Enum = slices.DeleteFunc(slices.Clone(with.Enum), func(m string) bool { return m == member })
		key := k.With(facts.Member, member)
		f, has, lacks := d.changed(Enum, key, without, with), d.revision, d.base
		f.Value, f.Message = member, "a new member"
		if d.revision.count(key) == 0 {
			f.Before, f.After, f.Message = with, without, "a member that is not seen any more"
			has, lacks = d.base, d.revision
		}
		if names.IsPrivate(fieldName(k)) {
			f.Value = "" // it may be personal
		}
		if lacks.count(key) == 0 {
			d.addProved(f, has.chance(key, lacks.count(k.With(facts.Type, "string")), lacks), has, key)
		}
	}
}

func (o *observed) membersAt(k facts.Key) (out []string) {
	for _, m := range o.keys(facts.Member) {
		if m.With(facts.Type, "") == k.With(facts.Type, "") {
			out = append(out, m.Value)
		}
	}
	return out
}

// fact returns the fact of the place of k.
func (d *diff) fact(k facts.Key) Fact { return factAt(d.key.path, k) }

// factAt returns the fact of the place of k, without the operation. path is its path template.
func factAt(path string, k facts.Key) Fact {
	status, err := strconv.Atoi(k.In)
	if err != nil {
		status = 0
	}
	f := Fact{Status: status, Value: k.Value}
	switch {
	case k.Kind == facts.Status:
		f.Status, _ = strconv.Atoi(k.Value)
		f.At = "response"
	case k.Kind == facts.Auth:
		f.At = "request.auth"
	case k.Kind == facts.Header:
		f.At, f.Value = "response.header."+k.Path, ""
	case k.Kind == facts.MediaType && status == 0:
		f.At = "request.body"
	case k.Kind == facts.MediaType:
		f.At = "response.body"
	case k.In == "path":
		f.At, f.Value = "path."+pathName(path, k.Path), ""
	case k.MediaType == "":
		f.At, f.Value = k.In+"."+k.Path, ""
	default:
		root := "response.body"
		if status == 0 {
			root = "request.body"
		}
		b := contentDrift{root: root, status: status}
		f = b.fact(k)
	}
	return f
}

// pathName returns the name of a parameter in a path: calls whose route is inferred have the number of its
// segment instead, from the end (apimodel.PathArg).
func pathName(path, key string) string {
	segments := strings.Split(path, "/")
	fromEnd, err := strconv.Atoi(key)
	if err != nil || fromEnd < 1 || fromEnd > len(segments) {
		return key
	}
	_, after, isParameter := strings.Cut(segments[len(segments)-fromEnd], "{")
	name, _, _ := strings.Cut(after, "}")
	if !isParameter {
		return key
	}
	return name
}
