package compare

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"akita/internal/apimodel"
	"akita/internal/declared"
	"akita/internal/facts"
)

// Drift returns how calls differ from what a document declares. The calls have the routes of the document
// (declared.Document.Route), so that the paths of both are known.
func Drift(d *declared.Document, t *Traffic) []Finding {
	var out []Finding
	seen, usual := t.declared(d), t.usualHeaders()
	for key, o := range t.operations {
		template, isPath := d.Template(key.path)
		switch {
		case d.Operation(key.path, key.method) != nil, isPath && (isAutomatic(d, key) || o.isMissing()):
		case isPath:
			out = append(out, undocumented(key, template, isPath, o))
		default:
			out = append(out, undocumented(key, key.path, isPath, o))
		}
	}
	for _, op := range d.Operations() {
		o := seen[op]
		if o == nil {
			out = append(out, neverCalled(op, t))
			continue
		}
		c := &drift{document: d, operation: op, observed: o, usual: usual}
		c.auth()
		c.parameters()
		c.request()
		c.responses()
		out = append(out, c.findings...)
	}
	Sort(out)
	return out
}

// declared returns what calls show of the operations of a document that were called.
func (t *Traffic) declared(d *declared.Document) map[*declared.Operation]*observed {
	seen := make(map[*declared.Operation]*observed)
	for _, key := range slices.SortedFunc(maps.Keys(t.operations), operationKey.compare) {
		op, o := d.Operation(key.path, key.method), t.operations[key]
		if op == nil {
			continue
		}
		if before := seen[op]; before != nil {
			o = before.joined(o)
		}
		seen[op] = o
	}
	return seen
}

func (k operationKey) compare(o operationKey) int {
	return cmp.Or(cmp.Compare(k.path, o.path), cmp.Compare(k.method, o.method))
}

// isAutomatic reports whether servers answer a method by themselves, because another one is declared.
func isAutomatic(d *declared.Document, key operationKey) bool {
	return key.method == "OPTIONS" || key.method == "HEAD" && d.Operation(key.path, "GET") != nil
}

// isMissing reports whether all answers say that there is no such operation.
func (o *observed) isMissing() bool {
	for _, k := range o.keys(facts.Status) {
		if status, err := strconv.Atoi(k.Value); err != nil || !apimodel.IsMissing(status) {
			return false
		}
	}
	return true
}

func undocumented(key operationKey, template string, isPath bool, o *observed) Finding {
	k := facts.Key{Kind: facts.Operation}
	message := "no such path in the document"
	if isPath {
		message = "the path is in the document, the method is not"
	}
	seen := o.seen(k)
	seen.Of = seen.For
	return Finding{
		Kind: Undocumented, Severity: Warning, Verdict: Proved, Seen: seen, Consumers: o.by(k), Message: message,
		Fact:   Fact{Subject: Operation, Method: key.method, Path: template},
		Change: Change{Endpoints: o.endpoints, IsPath: isPath},
	}
}

func neverCalled(op *declared.Operation, t *Traffic) Finding {
	calls := t.calls
	return Finding{
		Kind: Unseen, Severity: Info, Verdict: verdictOf(calls), Seen: Seen{Of: calls},
		Fact: Fact{Subject: Operation, Method: op.Method, Path: op.Path}, Message: "it was never called",
	}
}

// minUnseen is of how many calls or values something has to be absent, so that this says something.
const minUnseen = 10

func verdictOf(n uint64) Verdict {
	if n < minUnseen {
		return NotEnough
	}
	return Proved
}

// joined returns what the calls of both show.
func (o *observed) joined(other *observed) *observed {
	sum := &observed{
		endpoints:  slices.Concat(o.endpoints, other.endpoints),
		operations: slices.Concat(o.operations, other.operations), isRoute: o.isRoute || other.isRoute,
		counts: maps.Clone(o.counts), credentials: maps.Clone(o.credentials), dates: maps.Clone(o.dates),
		first: o.first, last: later(o.last, other.last),
	}
	if other.first.Before(o.first) {
		sum.first = other.first
	}
	for k, n := range other.counts {
		sum.counts[k] += n
	}
	for k, n := range other.credentials {
		sum.credentials[k] += n
	}
	for k, p := range other.dates {
		own, known := sum.dates[k]
		if known && own.first.Before(p.first) {
			p.first = own.first
		}
		p.last = later(p.last, own.last)
		sum.dates[k] = p
	}
	return sum
}

// drift compares one operation.
type drift struct {
	document  *declared.Document
	operation *declared.Operation
	observed  *observed
	usual     map[string]bool // response headers that are not those of one operation
	findings  []Finding
}

// add adds a finding about the operation.
func (c *drift) add(f Finding, message string, args ...any) {
	f.Method, f.Path = c.operation.Method, c.operation.Path
	f.Message = fmt.Sprintf(message, args...)
	f.Change.Operation, f.Change.Endpoints = c.operation, c.observed.endpoints
	if f.Verdict == "" {
		f.Verdict = Proved
	}
	if f.Severity == "" {
		f.Severity = severityOf(f)
	}
	c.findings = append(c.findings, f)
}

func severityOf(f Finding) Severity {
	switch {
	case f.Kind == Mismatched:
		return Breaking
	case f.Kind == Unseen, f.Subject == Status && f.Status >= 400:
		return Info
	}
	return Warning
}

// unseen adds that something that is declared was never seen in n calls or values.
func (c *drift) unseen(fact Fact, n uint64, message string) {
	c.add(Finding{Kind: Unseen, Fact: fact, Verdict: verdictOf(n), Seen: c.observed.unseen(n)}, "%s", message)
}

// auth compares the credentials of accepted calls.
func (c *drift) auth() {
	of := c.observed.count(facts.Key{Kind: facts.Accepted})
	for _, credentials := range slices.Sorted(maps.Keys(c.observed.credentials)) {
		n := c.observed.credentials[credentials]
		auths := apimodel.Credentials(credentials)
		if credentials == apimodel.Many || c.operation.Accepts(auths) {
			continue
		}
		f := Finding{
			Kind: Undocumented, Seen: Seen{For: n, Of: of, First: c.observed.first, Last: c.observed.last},
			Fact: Fact{Subject: Auth, At: "request.auth"}, Change: Change{Auths: auths},
		}
		by := facts.Key{Kind: facts.Auth, Value: "none"}
		if len(auths) > 0 {
			by.Value = string(auths[0].Type) // which credentials a consumer combines is not known
		}
		f.Consumers = c.observed.by(by)
		switch {
		case len(auths) == 0:
			f.Kind, f.Value = Mismatched, "none"
			c.add(f, "accepted without credentials; the document requires some")
		case c.operation.Requires():
			f.Kind, f.Value = Mismatched, nameOf(auths)
			c.add(f, "accepted with %s; the document requires something else", f.Value)
		default:
			f.Value = nameOf(auths)
			c.add(f, "accepted with %s; the document has no such scheme", f.Value)
		}
	}
}

// responses compares statuses, headers and bodies.
func (c *drift) responses() {
	calls := c.observed.count(facts.Key{Kind: facts.Operation})
	for _, k := range c.observed.keys(facts.Status) {
		status, err := strconv.Atoi(k.Value)
		if err != nil {
			continue
		}
		response := c.operation.Response(status)
		if response == nil {
			if !c.isAutomatic(status) {
				c.add(Finding{
					Kind: Undocumented, Seen: c.observed.seen(k), Consumers: c.observed.by(k),
					Fact: Fact{Subject: Status, Status: status, At: "response", Value: k.Value},
				}, "no such status in the document")
			}
			continue
		}
		c.headers(k.Value, status, response)
		c.bodies(&response.Body, k.Value, status)
	}
	for _, status := range c.operation.Statuses() {
		if c.observed.count(facts.Key{Kind: facts.Status, Value: strconv.Itoa(status)}) == 0 {
			c.unseen(Fact{Subject: Status, Status: status, At: "response", Value: strconv.Itoa(status)}, calls,
				"no call was answered with it")
		}
	}
}

// isAutomatic reports whether a status follows from another one that is declared: a cache of the client
// asked whether its copy is still good.
func (c *drift) isAutomatic(status int) bool {
	return status == 304 && c.operation.Response(200) != nil
}
