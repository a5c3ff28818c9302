package compare

import (
	"slices"
	"strings"

	"akita/internal/declared"
	"akita/internal/facts"
	"akita/internal/names"
	"akita/internal/shape"
)

func hasAny(types []string, of ...string) bool {
	return slices.ContainsFunc(of, func(t string) bool { return slices.Contains(types, t) })
}

// mistyped adds that values have a type that the document does not declare.
func (c *drift) mistyped(p placed, t string, seen Seen) {
	f := Finding{Kind: Mismatched, Fact: p.fact, Seen: seen, Change: Change{Schema: p.schema, Key: p.key, Value: t}}
	f.Consumers = c.observed.by(p.key.With(facts.Type, t))
	f.Subject, f.Value = Type, t
	if t == "null" {
		f.Subject = Nullable
		c.add(f, "null; the document does not allow null")
		return
	}
	types := slices.DeleteFunc(p.schema.Types(), func(t string) bool { return t == "null" })
	declaredAs := strings.Join(types, " or ")
	if declaredAs == "" {
		declaredAs = "no value"
	}
	c.add(f, "%s; the document declares %s", t, declaredAs)
}

// formats are the formats that are compared: those that texts show by their form, and whose definition
// leaves no room.
var formats = []string{"date-time", "date", "time", "duration", "uuid", "email", "ipv4", "ipv6"}

// strings compares the formats and members of strings.
func (c *drift) strings(p placed) {
	of := c.observed.seen(p.key.With(facts.Type, "string"))
	if of.For == 0 || p.schema.IsAnything() {
		return
	}
	c.enum(p, of.For)
	c.format(p, "string", of)
}

// format compares values of a type, which are texts, with the declared format of strings. Texts that look like
// another type have none.
func (c *drift) format(p placed, t string, of Seen) {
	at := p.key
	empty := c.observed.count(at.With(facts.Empty, ""))
	declared := p.schema.Format()
	if len(declared) == 0 || slices.ContainsFunc(declared, func(f string) bool { return !slices.Contains(formats, f) }) {
		return
	}
	var had uint64
	for _, f := range declared {
		had += c.observed.count(at.With(facts.Format, f))
	}
	if t != "string" {
		had, empty = 0, 0
	}
	if n := of.For - min(empty, of.For); had < n {
		f := Finding{Kind: Mismatched, Fact: p.fact, Seen: of, Change: Change{Schema: p.schema}}
		f.Consumers = c.observed.by(at.With(facts.Type, t))
		f.Subject, f.Value = Format, "other"
		f.Seen.For, f.Seen.Of = n-had, of.For
		c.add(f, "not a %s; the document declares this format", strings.Join(declared, " or "))
	}
}

// enum compares strings with the members of a declared enum.
func (c *drift) enum(p placed, n uint64) {
	at := p.key
	members, ok := p.schema.Enum()
	if !ok {
		return
	}
	f := Finding{Kind: Mismatched, Fact: p.fact, Change: Change{Schema: p.schema}}
	f.Subject, f.Consumers = Enum, c.observed.by(at.With(facts.Type, "string"))
	for _, k := range c.observed.keys(facts.Member) {
		if k.With(facts.Type, "") != at.With(facts.Type, "") || slices.Contains(members, k.Value) {
			continue
		}
		f.Seen, f.Value, f.Change.Value = c.observed.seen(k), k.Value, k.Value
		if names.IsPrivate(p.name) {
			f.Value = "" // it may be personal
		}
		c.add(f, "not a member of the declared enum")
	}
	if c.observed.count(at.With(facts.Unlisted, "")) == 0 || !areListed(members) ||
		c.observed.count(at.With(facts.Empty, "")) > 0 {
		return
	}
	// All members would have been listed, so at least one value is another one.
	f.Seen = c.observed.seen(at.With(facts.Unlisted, ""))
	f.Seen.For, f.Seen.Of, f.Value, f.Change.Value = 1, n, "other", ""
	c.add(f, "at least one value is not a member of the declared enum")
}

// areListed reports whether a witness lists values, if all of them are among some members.
func areListed(members []string) bool {
	isOther := func(member string) bool { return !shape.MayBeMember(member) }
	return len(members) <= shape.MaxEnum && !slices.ContainsFunc(members, isOther)
}

// isForeign reports whether a field does not belong in the bodies of one direction.
func isForeign(field *declared.Schema, isRequest bool) bool {
	if isRequest {
		return field.IsReadOnly()
	}
	return field.IsWriteOnly()
}
