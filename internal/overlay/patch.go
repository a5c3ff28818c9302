package overlay

import (
	"fmt"
	"slices"
	"strings"

	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/jsonschema"
	"akita/internal/openapi"
	"akita/internal/witness"
)

type object = jsonschema.Object

// Elsewhere says why a finding leads to no change.
const Elsewhere = "its place is in another file"

// Patch returns the overlay that makes findings vanish: what calls show is added to the document, and
// what they contradict is relaxed. What was never seen stays declared. set is inferred from the calls.
// left are findings that no overlay of this document can change, because their place is in another file.
func Patch(d *declared.Document, set *endpoints.Set, findings []compare.Finding) (o *Overlay, left []compare.Finding) {
	p := &patch{
		document: d, set: set, overlay: new(Overlay),
		types: make(map[string]*widening), fields: make(map[string]int),
		required: make(map[string][]string),
	}
	for _, f := range findings {
		if f.Kind == compare.Unseen {
			continue
		}
		if !p.finding(f) {
			left = append(left, f)
		}
	}
	for _, slot := range p.order {
		p.widen(p.types[slot])
	}
	return p.overlay, left
}

type patch struct {
	document *declared.Document
	set      *endpoints.Set
	overlay  *Overlay
	types    map[string]*widening // by slot
	order    []string             // of slots
	fields   map[string]int       // the actions that add a field, by place
	required map[string][]string  // the fields that are still required, by place
	about    string               // describes the finding
}

// widening are the types that the schema of a slot has to accept too.
type widening struct {
	schema *declared.Schema
	types  []string
	shown  map[string]object // what calls show of objects and lists, by type
	about  string
}

// update adds an action, once. It reports false without a target.
func (p *patch) update(target string, value any) bool {
	if target == "" {
		return false
	}
	a := Action{Target: target, Description: p.about, Update: value}
	for _, there := range p.overlay.Actions {
		if there.Target == a.Target && fmt.Sprint(there.Update) == fmt.Sprint(a.Update) {
			return true
		}
	}
	p.overlay.Actions = append(p.overlay.Actions, a)
	return true
}

// remove adds an action that removes members or elements of places. It reports false without a place.
func (p *patch) remove(places []string, what string) bool {
	for _, at := range places {
		p.update(at+what, nil)
	}
	return len(places) > 0
}

// relax requires a field no more. OpenAPI 3.0 has no empty lists of required fields.
func (p *patch) relax(schema *declared.Schema, field string) bool {
	places := schema.RequiredAt(field)
	p.remove(places, name("required")+"[?@ == "+declared.Quote(field)+"]")
	for _, at := range places {
		left, isKnown := p.required[at]
		if !isKnown {
			left = slices.Clone(schema.RequiredBy(at))
		}
		p.required[at] = slices.DeleteFunc(left, func(name string) bool { return name == field })
		if len(p.required[at]) == 0 {
			p.remove([]string{at}, name("required"))
		}
	}
	return len(places) > 0
}

// name returns a member as a step of a JSONPath.
func name(member string) string { return "[" + declared.Quote(member) + "]" }

// one returns an object with one member.
func one(key string, value any) object { return object{}.With(key, value) }

// finding adds the actions for one finding. It reports false if there can be none.
func (p *patch) finding(f compare.Finding) bool {
	p.about = strings.TrimSpace(fmt.Sprintf("%s %s: %s", f.Method, f.Path, f.Message))
	c := f.Change
	switch {
	case f.Subject == compare.Operation:
		return p.operation(f)
	case f.Subject == compare.Auth:
		return p.auth(c)
	case f.Kind == compare.Undocumented:
		return p.add(f)
	}
	switch f.Subject {
	case compare.Type, compare.Nullable:
		return p.addType(f)
	case compare.Format:
		return p.remove(c.Schema.FormatAt(), name("format"))
	case compare.Enum:
		return p.member(c)
	case compare.ResponseField:
		return p.remove(c.Schema.WriteOnlyAt(), name("writeOnly"))
	case compare.Required:
		if c.Schema == nil {
			return p.update(c.At, one("required", false))
		}
		return p.relax(c.Schema, c.Name)
	}
	return false
}

// operation adds an operation, and its path.
func (p *patch) operation(f compare.Finding) bool {
	c, path := f.Change, f.Path
	of := p.inferred(c.Endpoints, path)
	of.Set("security", p.security(c.Endpoints))
	method := strings.ToLower(f.Method)
	if c.IsPath {
		of = without(of, "parameters", func(v any) bool { return p.document.HasParameters(path) && inPath(v) })
		return p.update(declared.Root+name("paths")+name(path), one(method, of))
	}
	item := one(method, of)
	path, isBelow := Template(p.document, path)
	if !isBelow {
		item.Set("servers", []any{one("url", "/")})
	}
	return p.update(declared.Root+name("paths"), one(path, item))
}

// Template returns the path of an operation that is not declared as a patched document has it. isBelow
// reports whether it is below the path of the document's first server.
func Template(d *declared.Document, path string) (template string, isBelow bool) {
	rest, isBelow := strings.CutPrefix(path, d.BasePaths()[0]+"/")
	if !isBelow {
		return path, false
	}
	return "/" + rest, true
}

func inPath(parameter any) bool {
	o, ok := parameter.(object)
	return ok && o.Text("in") == "path"
}

// without returns an object without the elements of a list that match.
func without(o object, list string, matches func(any) bool) object {
	var out object
	for key, value := range o.All() {
		if key == list {
			value = slices.DeleteFunc(slices.Clone(o.List(list)), matches)
		}
		out.Set(key, value)
	}
	return out
}

// inferred returns what calls show of an operation, without credentials.
func (p *patch) inferred(of []*endpoints.Endpoint, path string) object {
	var out object
	for key, value := range openapi.Operation(p.set, of, path).All() {
		if key != "security" && key != "tags" {
			out.Set(key, p.dialect(value))
		}
	}
	return out
}

// security returns the requirements that calls show; none if no call had credentials.
func (p *patch) security(of []*endpoints.Endpoint) []any {
	out, isOpen := []any{}, false
	for _, e := range of {
		requirements := e.Requirements()
		isOpen = isOpen || len(requirements) == 0
		for _, auths := range requirements {
			if len(auths) == 0 {
				isOpen = true
				continue
			}
			one := p.requirement(auths)
			isOne := func(there any) bool { return fmt.Sprint(there) == fmt.Sprint(one) }
			if !slices.ContainsFunc(out, isOne) {
				out = append(out, one)
			}
		}
	}
	if isOpen && len(out) > 0 {
		out = append(out, object{})
	}
	return out
}

// requirement returns a Security Requirement Object, and adds the schemes that the document lacks.
func (p *patch) requirement(auths []witness.Auth) object {
	out := object{}
	for _, a := range auths {
		scheme := p.document.Scheme(a)
		if scheme == "" {
			var of object
			scheme, of = openapi.SecurityScheme(a)
			p.update(declared.Root, one("components", one("securitySchemes", one(scheme, of))))
		}
		if out.Get(scheme) == nil {
			out.Set(scheme, []any{})
		}
	}
	return out
}

// auth accepts credentials.
func (p *patch) auth(c compare.Change) bool {
	op := c.Operation
	if len(c.Auths) > 0 && !op.Requires() {
		p.requirement(c.Auths) // it is enough that the document has the schemes
		return true
	}
	list := []any{}
	if !op.OwnSecurity() {
		for _, names := range op.Requirements() {
			var requirement object
			for _, scheme := range names {
				requirement.Set(scheme, []any{})
			}
			list = append(list, requirement)
		}
	}
	return p.update(op.At, one("security", append(list, p.requirement(c.Auths))))
}

// member accepts a further member of an enum, or any if it is not known.
func (p *patch) member(c compare.Change) bool {
	enums, consts := c.Schema.EnumAt(), c.Schema.ConstAt()
	if c.Value == "" {
		return p.remove(enums, name("enum")) || p.remove(consts, name("const"))
	}
	if len(enums) > 0 {
		return p.update(enums[0], one("enum", []any{c.Value}))
	}
	return p.remove(consts, name("const"))
}
