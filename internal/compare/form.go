package compare

import (
	"slices"
	"strings"

	"akita/internal/declared"
	"akita/internal/facts"
)

// form compares the fields of a form, whose values are texts and files.
func (b *contentDrift) form(root facts.Key) {
	bodies := facts.Key{Kind: facts.MediaType, In: root.In, Value: root.MediaType}
	counts := make(map[string]uint64) // by declared name
	for _, k := range b.within(root) {
		if k.Kind != facts.Field && k.Kind != facts.File || strings.Contains(k.Name(), "[].") {
			continue
		}
		name := b.formName(k)
		counts[name] = max(counts[name], b.observed.count(k))
		field, isDeclared := b.schema.Field(name)
		at := placed{b.fact(k), k, name, field}
		switch {
		case !isDeclared:
			seen := b.observed.seen(k)
			seen.Of = b.observed.count(bodies)
			b.add(Finding{
				Kind: Undocumented, Fact: at.fact, Seen: seen, Change: Change{Schema: b.schema, Key: k, Name: name},
				Consumers: b.observed.by(k),
			}, "no such field in the document")
		case k.Kind == facts.Field && name == k.Path && !isForeign(field, b.isRequest()):
			b.text(at)
		}
	}
	n := b.observed.count(bodies)
	isExempt := func(field *declared.Schema) bool { return isForeign(field, b.isRequest()) }
	missing := b.schema.Missing(func(name string) bool { return counts[name] >= n }, isExempt)
	for _, name := range missing {
		k := child(root, name)
		f := Finding{
			Kind: Mismatched, Fact: b.fact(k), Seen: b.observed.unseen(n),
			Change: Change{Schema: b.schema, Name: name}, Consumers: b.observed.by(k.With(facts.Absent, "")),
		}
		f.Subject, f.Seen.For = Required, n-counts[name]
		b.add(f, "missing; the document requires it")
	}
	for _, name := range b.schema.Names() {
		if field, _ := b.schema.Field(name); counts[name] == 0 && !slices.Contains(missing, name) && !isExempt(field) {
			b.unseen(b.fact(child(root, name)), n, "no form had the field")
		}
	}
}

// formName returns the declared name of a field: without the brackets of a list, and without the names
// of the properties of an object in it.
func (b *contentDrift) formName(k facts.Key) string {
	name := k.Path
	if _, ok := b.schema.Field(name); ok {
		return name
	}
	if outer, _, ok := strings.Cut(name, "["); ok {
		if _, isDeclared := b.schema.Field(outer); isDeclared {
			return outer
		}
	}
	return name
}
