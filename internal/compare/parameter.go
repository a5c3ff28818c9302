package compare

import (
	"strings"

	"akita/internal/declared"
	"akita/internal/facts"
	"akita/internal/names"
	"akita/internal/shape"
)

// parameters compares the parameters of accepted calls: a call that was refused says nothing of what is
// accepted.
func (c *drift) parameters() {
	accepted := c.observed.count(facts.Key{Kind: facts.Accepted})
	if accepted == 0 {
		return
	}
	seen := make(map[*declared.Parameter]bool)
	for _, k := range c.observed.keys(facts.Parameter) {
		p := c.operation.Parameter(k.In, k.Path)
		if p != nil {
			seen[p] = true
			if p.Name == k.Path || k.In == "header" {
				c.text(placed{Fact{Subject: Parameter, At: k.In + "." + p.Name}, k, p.Name, p.Schema})
			}
			continue
		}
		if c.document.IsKey(k.In, k.Path) || k.In == "cookie" {
			continue // clients send all cookies of a site
		}
		c.add(Finding{
			Kind: Undocumented, Fact: Fact{Subject: Parameter, At: k.In + "." + k.Path}, Seen: c.observed.seen(k),
			Consumers: c.observed.by(k), Change: Change{At: c.operation.At, Name: k.Path, In: k.In},
		}, "no such parameter in the document")
	}
	for i := range len(c.operation.Parameters) {
		p := c.operation.Parameters[i]
		switch {
		case p.In == "path":
			c.pathParameter(p)
		case !isVisible(p):
		case p.IsRequired:
			c.required(p)
		case !seen[p]:
			c.unseen(Fact{Subject: Parameter, At: p.In + "." + p.Name}, accepted, "no accepted call had it")
		}
	}
}

// isVisible reports whether a witness has a parameter, if calls do. It has no credentials, and no headers
// that every client sends.
func isVisible(p *declared.Parameter) bool {
	switch p.In {
	case "header":
		return names.IsRequestHeader(p.Name) && !shape.IsDataParameter(strings.ToLower(p.Name))
	case "cookie":
		return !names.IsSessionCookie(p.Name) && !names.IsCSRF(p.Name) && !names.IsTrackerCookie(p.Name) &&
			!shape.IsDataParameter(p.Name)
	}
	return !names.IsCredentialParameter(p.Name) && !names.IsKeyLike(p.Name) && !shape.IsDataParameter(p.Name)
}

// keyOf returns the fact that calls had a parameter, under any of its names.
func (c *drift) keyOf(p *declared.Parameter) facts.Key {
	best := facts.Key{Kind: facts.Parameter, In: p.In, Path: p.Name}
	for _, k := range c.observed.keys(facts.Parameter) {
		if k.In == p.In && c.operation.Parameter(k.In, k.Path) == p && c.observed.count(k) > c.observed.count(best) {
			best = k
		}
	}
	return best
}

func (c *drift) required(p *declared.Parameter) {
	k := c.keyOf(p)
	if seen := c.observed.without(k); seen.For > 0 {
		c.add(Finding{
			Kind: Mismatched, Fact: Fact{Subject: Required, At: p.In + "." + p.Name}, Seen: seen,
			Change: Change{At: p.At}, Consumers: c.observed.by(k.With(facts.Absent, "")),
		}, "accepted without the parameter; the document requires it")
	}
}

// pathParameter compares the values of a parameter in the path.
func (c *drift) pathParameter(p *declared.Parameter) {
	k := facts.Key{Kind: facts.Parameter, In: "path", Path: c.operation.PathArgument(p.Name)}
	c.text(placed{Fact{Subject: Parameter, At: "path." + p.Name}, k, p.Name, p.Schema})
}

// placed is a place with what is declared of it.
type placed struct {
	fact   Fact
	key    facts.Key
	name   string // of the field or parameter
	schema *declared.Schema
}

// text compares values that are sent as text.
func (c *drift) text(p placed) {
	at := p.key
	types := p.schema.Types()
	empty := c.observed.count(at.With(facts.Empty, ""))
	for _, t := range []string{"boolean", "integer", "number", "string"} {
		k := at.With(facts.Type, t)
		seen := c.observed.seen(k)
		if t == "string" {
			seen.For -= min(empty, seen.For)
		}
		if seen.For > 0 && !acceptsText(types, t) {
			c.mistyped(p, t, seen)
			return
		}
	}
	if hasAny(types, "array", "object") {
		return
	}
	c.strings(p)
	for _, t := range []string{"boolean", "integer", "number"} {
		if seen := c.observed.seen(at.With(facts.Type, t)); seen.For > 0 && hasAny(types, "string") && !isOf(types, t) {
			c.format(p, t, seen)
		}
	}
}

// isOf reports whether types have that of a text that looks like t.
func isOf(types []string, t string) bool {
	return hasAny(types, t) || t == "integer" && hasAny(types, "number")
}

// acceptsText reports whether a schema of some types accepts a text that looks like a type.
func acceptsText(types []string, t string) bool {
	return types == nil || isOf(types, t) || hasAny(types, "string", "array", "object")
}
