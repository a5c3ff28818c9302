package compare

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"akita/internal/declared"
	"akita/internal/facts"
	"akita/internal/names"
	"akita/internal/shape"
	"akita/internal/witness"
)

// request compares the bodies of accepted requests.
func (c *drift) request() {
	accepted := c.observed.count(facts.Key{Kind: facts.Accepted})
	body := c.operation.Request()
	if accepted == 0 {
		return
	}
	noBody := facts.Key{Kind: facts.NoBody, In: facts.Request}
	none := c.observed.seen(noBody)
	if body != nil && body.IsRequired && none.For > 0 {
		c.add(Finding{
			Kind: Mismatched, Fact: Fact{Subject: Required, At: "request.body"}, Seen: none, Change: Change{At: body.At},
			Consumers: c.observed.by(noBody),
		}, "accepted without a body; the document requires one")
	}
	c.bodies(body, facts.Request, 0)
}

// bodies compares the bodies of requests, or of the answers of a status. in is their place in facts.
func (c *drift) bodies(body *declared.Body, in string, status int) {
	seen := make(map[*declared.Content]bool)
	at := "response.body"
	if status == 0 {
		at = "request.body"
	}
	var total uint64
	for _, k := range c.observed.keys(facts.MediaType) {
		if k.In != in || k.Value == "" || strings.HasPrefix(k.Value, "\x00") {
			continue
		}
		total += c.observed.count(k)
		content := body.Content(k.Value)
		if content == nil {
			f := Finding{
				Kind: Undocumented, Fact: Fact{Subject: MediaType, Status: status, At: at, Value: k.Value},
				Seen: c.observed.seen(k), Consumers: c.observed.by(k),
			}
			switch {
			case body == nil:
				f.Change = Change{At: c.operation.At, Key: k}
				c.add(f, "no body in the document")
			case len(body.Contents) == 0:
				f.Change = Change{At: body.At, Key: k}
				c.add(f, "no body in the document")
			default:
				f.Change = Change{At: body.At, Key: k}
				c.add(f, "no such media type in the document")
			}
			continue
		}
		seen[content] = true
		b := &contentDrift{drift: c, root: at, status: status, places: make(map[string]place), schema: content.Schema}
		switch {
		case content.Schema == nil:
		case names.IsForm(k.Value):
			b.form(facts.Key{In: in, MediaType: k.Value})
		case isValue(k.Value):
			b.values(facts.Key{In: in, MediaType: k.Value})
		}
	}
	if body == nil || total == 0 {
		return
	}
	for i := range body.Contents {
		content := &body.Contents[i]
		if !seen[content] && !strings.Contains(content.MediaType, "*") && !isAlias(content, seen) {
			c.unseen(Fact{Subject: MediaType, Status: status, At: at, Value: content.MediaType}, total,
				"no body had the media type")
		}
	}
}

// isAlias reports whether another media type of the same name, apart from its parameters, was seen.
func isAlias(content *declared.Content, seen map[*declared.Content]bool) bool {
	bare := func(c *declared.Content) string {
		name, _, _ := strings.Cut(c.MediaType, ";")
		return strings.ToLower(strings.TrimSpace(name))
	}
	for other := range seen {
		if bare(other) == bare(content) {
			return true
		}
	}
	return false
}

// isValue reports whether a body of a media type is one JSON value.
func isValue(mediaType string) bool {
	return witness.IsStructured(mediaType) && (mediaType == "application/json" || mediaType == "text/json" ||
		strings.HasSuffix(mediaType, "+json") || mediaType == "application/x-json")
}

// contentDrift compares the bodies of one media type.
type contentDrift struct {
	*drift

	root   string // "request.body" or "response.body"
	status int    // 0 for a request
	schema *declared.Schema
	places map[string]place // by path
}

// place is what is declared of the values at a path. isKnown is false if the document does not declare
// the path, so that nothing can be said of the values there.
type place struct {
	schema  *declared.Schema
	isKnown bool
}

func (b *contentDrift) isRequest() bool { return b.status == 0 }

// place returns what is declared of the place of a fact.
func (b *contentDrift) place(k facts.Key) place {
	if p, ok := b.places[k.Path]; ok {
		return p
	}
	p := place{b.schema, true}
	if at := k.At(); at.Kind != facts.MediaType {
		p = b.place(at.Parent())
		switch {
		case !p.isKnown:
		case at.Kind == facts.Items:
			p.schema = p.schema.Items()
		case at.Kind == facts.Entries:
			p.schema, p.isKnown = p.schema.Entries()
		default:
			p.schema, p.isKnown = p.schema.Field(at.Last())
			if b.isRequest() && p.schema.IsReadOnly() { // clients send it back, and servers ignore it
				p.schema = nil
			}
		}
	}
	b.places[k.Path] = p
	return p
}

// fact returns the fact of a place.
func (b *contentDrift) fact(k facts.Key) Fact {
	subject := ResponseField
	if b.isRequest() {
		subject = RequestField
	}
	at := b.root
	if name := k.Name(); strings.HasPrefix(name, "[") {
		at += name
	} else if name != "" {
		at += "." + name
	}
	return Fact{Subject: subject, Status: b.status, At: at}
}

// values compares JSON values.
func (b *contentDrift) values(root facts.Key) {
	for _, k := range b.within(root) {
		switch k.Kind {
		case facts.Field, facts.Entries:
			b.field(k)
		case facts.Type:
			b.typed(k)
		}
	}
}

// within returns the facts about bodies of one media type, in order.
func (b *contentDrift) within(root facts.Key) []facts.Key {
	var out []facts.Key
	for k := range maps.Keys(b.observed.counts) {
		if k.In == root.In && k.MediaType == root.MediaType {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(x, y facts.Key) int { return cmp.Or(cmp.Compare(x.Path, y.Path), x.Compare(y)) })
	return out
}

// field compares that objects have a field.
func (b *contentDrift) field(k facts.Key) {
	above := b.place(k.Parent())
	if !above.isKnown {
		return
	}
	p := b.place(k)
	f := Finding{
		Kind: Undocumented, Fact: b.fact(k), Seen: b.observed.seen(k), Consumers: b.observed.by(k),
		Change: Change{Schema: above.schema, Key: k, Name: k.Last()},
	}
	switch {
	case !p.isKnown && k.Kind == facts.Entries:
		isWide := b.observed.count(k.Parent().With(facts.Wide, "")) > 0
		if !isWide && !slices.ContainsFunc(above.schema.Names(), shape.IsDataKey) {
			f.Change.Name = ""
			b.add(f, "fields whose names are data; the document does not allow these")
		}
	case !p.isKnown:
		b.add(f, "no such field in the document")
	case k.Kind == facts.Field && !b.isRequest() && p.schema.IsWriteOnly():
		f.Kind, f.Change.Schema = Mismatched, p.schema
		b.add(f, "in an answer; the document declares it write-only")
	}
}

// typed compares the type of values, and what follows from it.
func (b *contentDrift) typed(k facts.Key) {
	p := b.place(k)
	if !p.isKnown {
		return
	}
	at := placed{b.fact(k), k, fieldName(k), p.schema}
	types := p.schema.Types()
	if types != nil && !hasAny(types, k.Value) && !(k.Value == "integer" && hasAny(types, "number")) {
		b.mistyped(at, k.Value, b.observed.seen(k))
		return
	}
	switch k.Value {
	case "string":
		b.strings(at)
	case "object":
		b.object(k, p.schema)
	}
}

// fieldName returns the name of the field that a place is of, also for the elements of an array.
func fieldName(k facts.Key) string { return strings.TrimRight(k.Last(), "[]*") }

// object compares which fields objects have. k is their type.
func (b *contentDrift) object(k facts.Key, schema *declared.Schema) {
	n := b.observed.count(k)
	if schema == nil || b.observed.count(k.With(facts.Wide, "")) > 0 {
		return
	}
	isExempt := func(field *declared.Schema) bool { return isForeign(field, b.isRequest()) }
	missing := b.missing(k, schema, isExempt)
	for name, n := range missing {
		field := child(k, name)
		seen := b.observed.without(field)
		seen.For, seen.Of = n, b.observed.count(k)
		f := Finding{Kind: Mismatched, Fact: b.fact(field), Seen: seen, Change: Change{Schema: schema, Name: name}}
		f.Consumers = b.observed.by(field.With(facts.Absent, ""))
		f.Subject = Required
		b.add(f, "missing; the document requires it")
	}
	for _, name := range schema.Names() {
		field := child(k, name)
		if b.observed.count(field) > 0 || missing[name] > 0 || shape.IsDataKey(name) {
			continue
		}
		if of, _ := schema.Field(name); !isExempt(of) {
			b.unseen(b.fact(field), n, "no body had the field")
		}
	}
}

// child returns the fact that objects have a field.
func child(object facts.Key, name string) facts.Key { return object.With(facts.Field, "").Below(name) }

// missing counts the objects without a required field, by name.
func (b *contentDrift) missing(
	k facts.Key, schema *declared.Schema, isExempt func(*declared.Schema) bool,
) map[string]uint64 {
	out := make(map[string]uint64)
	count := func(n uint64, has func(string) bool) {
		for _, name := range schema.Missing(has, isExempt) {
			if !shape.IsDataKey(name) {
				out[name] += n
			}
		}
	}
	areSets := false
	for _, set := range b.observed.keys(facts.Fields) {
		if set.With(facts.Type, "object") == k {
			areSets = true
			fields := strings.Split(set.Value, "\n")
			count(b.observed.count(set), func(name string) bool { return slices.Contains(fields, name) })
		}
	}
	if areSets {
		return out
	}
	// There are too many combinations: each field is judged by itself.
	n := b.observed.count(k)
	count(1, func(name string) bool { return b.observed.count(child(k, name)) >= n })
	for name := range out {
		out[name] = n - b.observed.count(child(k, name))
	}
	return out
}
