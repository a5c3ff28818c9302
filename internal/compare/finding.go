// Package compare compares two sides of an API, fact by fact: what calls show (internal/facts) with what
// a document declares (internal/declared), or with what other calls show. Each difference is a Finding
// with its evidence. It does no I/O and does not read the clock.
package compare

import (
	"cmp"
	"slices"
	"time"
)

// Kind says how the two sides differ.
type Kind string

// The kinds of findings.
const (
	Undocumented Kind = "undocumented" // calls show it, and the document does not declare it
	Mismatched   Kind = "mismatched"   // calls contradict what the document declares
	Unseen       Kind = "unseen"       // the document declares it, and no call shows it

	Removed Kind = "removed" // the base has it, and the revision does not
	Changed Kind = "changed" // it took the place of others, or came beside them
	Added   Kind = "added"   // the revision has it, and the base does not

	Untested Kind = "untested" // production does it, and no test does

	Dead   Kind = "dead"   // the application has the route, and nobody calls it
	Zombie Kind = "zombie" // its answers say that it is deprecated, and it is called
	Shadow Kind = "shadow" // it answers calls, and no list of routes has it

	Posture Kind = "posture" // a risk to the data of an API, or to who may use it
)

// Subject is what a finding is about.
type Subject string

// The subjects.
const (
	Operation     Subject = "operation"
	Status        Subject = "status"
	MediaType     Subject = "media_type"
	Parameter     Subject = "parameter"
	RequestField  Subject = "request_field"
	ResponseField Subject = "response_field"
	Type          Subject = "type"
	Format        Subject = "format"
	Nullable      Subject = "nullable"
	Required      Subject = "required"
	Enum          Subject = "enum"
	Auth          Subject = "auth"
	Header        Subject = "header"
)

// Severity is how much a finding matters to clients.
type Severity string

// The severities.
const (
	Breaking Severity = "breaking"
	Warning  Severity = "warning"
	Info     Severity = "info"
)

// Verdict is how far the evidence goes.
type Verdict string

// The verdicts.
const (
	Proved    Verdict = "proved"
	NotEnough Verdict = "not_enough_evidence"
	Unused    Verdict = "unused" // it changes, and no call used it
)

// Fact is a statement about an API that is true of one side.
type Fact struct {
	Subject Subject
	Method  string
	Path    string // a path template
	Status  int    // of a response; 0 for a request
	// At is the place: "query.page", "request.body.email", "response.body.items[].sku".
	At string
	// Value is what stands there: a type, a format, a media type, a member of an enum. It is empty if At
	// says everything.
	Value string
}

// Seen is the evidence for a fact: For of Of calls (or values) show it.
type Seen struct {
	For, Of     uint64
	First, Last time.Time // zero if unknown; to the hour, if calls of several hours were read
}

// Finding is one difference.
type Finding struct {
	Kind Kind
	Fact
	Severity Severity
	Verdict  Verdict
	Seen     Seen
	Message  string
	Rule     string // the rule that decides the severity; "" for none
	// Consumers are those by whom it was seen, the most frequent first.
	Consumers []string

	Before, After State  // of the two sides of a diff
	Change        Change // what the document would have to say
}

// kindOrder is the order in which people read findings.
var kindOrder = []Kind{
	Mismatched, Undocumented, Unseen, Removed, Changed, Added, Untested, Dead, Zombie, Shadow, Posture,
}

// Compare orders findings by kind, operation and place.
func (f *Finding) Compare(o *Finding) int {
	return cmp.Or(
		cmp.Compare(slices.Index(kindOrder, f.Kind), slices.Index(kindOrder, o.Kind)),
		cmp.Compare(f.Path, o.Path), cmp.Compare(f.Method, o.Method), cmp.Compare(f.Status, o.Status),
		cmp.Compare(f.At, o.At), cmp.Compare(f.Subject, o.Subject), cmp.Compare(f.Value, o.Value),
	)
}

// Sort puts findings in order.
func Sort(findings []Finding) {
	slices.SortFunc(findings, func(x, y Finding) int { return x.Compare(&y) })
}
