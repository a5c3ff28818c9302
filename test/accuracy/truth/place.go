package truth

import (
	"cmp"
	"maps"
	"slices"

	"akita/test/accuracy/fiction"
)

// place collects what was seen at one place.
type place struct {
	kinds    map[fiction.Kind]int
	forms    []*form
	any      bool
	inner    bool
	records  int // objects that are not maps
	fields   map[string]*place
	items    *place
	several  bool // some array had more than one item
	entry    *place
	keys     map[string]bool
	keysTell bool
	maps     int
	variants map[*fiction.Type]*variant // by type of the record
	tag      string
}

// variant collects the records of one of several types.
type variant struct {
	fields map[string]bool
	count  int
}

// form collects the scalars of one form.
type form struct {
	fiction.Form
	values map[string]int
}

func newPlace() *place {
	return &place{
		kinds:    make(map[fiction.Kind]int),
		fields:   make(map[string]*place),
		keys:     make(map[string]bool),
		variants: make(map[*fiction.Type]*variant),
	}
}

// seen counts a value.
func (p *place) seen() int {
	n := 0
	for _, count := range p.kinds {
		n += count
	}
	return n
}

// see adds a value. Trees are the records of the same type that v stands in.
func (p *place) see(v *fiction.Value, trees []*fiction.Type) {
	if v.Chosen != nil {
		if v.Chosen.Type.IsRecord {
			p.seeVariant(v)
		}
		p.see(v.Chosen, trees)
		return
	}
	p.kinds[v.Kind]++
	switch {
	case v.Kind == fiction.Null:
	case v.Type.Free:
		p.any = true
	case v.Kind == fiction.Array:
		p.seeItems(v, trees)
	case v.Type.Key != nil:
		p.seeEntries(v, trees)
	case v.Kind == fiction.Object:
		p.seeFields(v, trees)
	default:
		f := p.formOf(v.Type)
		f.values[v.Text]++
	}
}

func (p *place) seeVariant(v *fiction.Value) {
	p.tag = v.Type.Tag
	one := p.variants[v.Chosen.Type]
	if one == nil {
		one = &variant{fields: make(map[string]bool)}
		p.variants[v.Chosen.Type] = one
	}
	one.count++
	for _, m := range v.Chosen.Members {
		one.fields[m.Name] = true
	}
}

func (p *place) seeItems(v *fiction.Value, trees []*fiction.Type) {
	p.several = p.several || len(v.Items) > 1
	for _, item := range v.Items {
		if p.items == nil {
			p.items = newPlace()
		}
		p.items.see(item, trees)
	}
}

func (p *place) seeEntries(v *fiction.Value, trees []*fiction.Type) {
	p.maps++
	p.keysTell = v.Type.Key.Form.ID
	for _, m := range v.Members {
		if p.entry == nil {
			p.entry = newPlace()
		}
		p.keys[m.Name] = true
		p.entry.see(m.Value, trees)
	}
}

func (p *place) seeFields(v *fiction.Value, trees []*fiction.Type) {
	p.records++
	if v.Type.Recursive {
		p.inner = p.inner || slices.Contains(trees, v.Type)
		trees = append(trees[:len(trees):len(trees)], v.Type)
	}
	for _, m := range v.Members {
		if p.fields[m.Name] == nil {
			p.fields[m.Name] = newPlace()
		}
		p.fields[m.Name].see(m.Value, trees)
	}
}

// formOf returns the collection of a type's form, which several types can share.
func (p *place) formOf(t *fiction.Type) *form {
	for _, f := range p.forms {
		if f.Kind == t.Form.Kind && f.Closed == t.Form.Closed && f.Code == t.Form.Code && f.ID == t.Form.ID &&
			f.List == t.Form.List &&
			slices.Equal(f.Names, t.Form.Names) {
			return f
		}
	}
	f := &form{t.Form, make(map[string]int)}
	p.forms = append(p.forms, f)
	return f
}

// node returns the truth about the place.
func (p *place) node() *Node {
	n := &Node{Null: p.kinds[fiction.Null] > 0, Inner: p.inner, Any: p.any}
	for kind := range p.kinds {
		if kind != fiction.Null && (kind != fiction.Integer || p.kinds[fiction.Number] == 0) {
			n.Types = append(n.Types, string(kind))
		}
	}
	slices.Sort(n.Types)
	n.Format, n.Enum = p.format(), p.enum()
	for _, f := range p.forms {
		if f.List {
			n.Also = "array"
		}
		n.Any = n.Any || f.File
	}
	if p.items != nil {
		n.Items = p.items.node()
	}
	p.record(n)
	p.mapping(n)
	return n
}

// text returns the truth about a place whose values are sent as text. There a list is a
// repeated name; a name that was never repeated is not a list.
func (p *place) text() *Node {
	if p.items == nil || p.several {
		n := p.node()
		p.numeric(n)
		return n
	}
	n := p.items.node()
	n.Also = string(fiction.Array)
	return n
}

// numeric accepts numbers for strings that look like numbers: as text they are the same.
func (p *place) numeric(n *Node) {
	for _, f := range p.forms {
		if f.Kind != fiction.String || !f.Numeric {
			return
		}
	}
	if len(p.forms) > 0 && n.Format != nil {
		n.Also, n.Format.Claim = string(fiction.Number), Open
	}
}

// form returns the truth about the fields of a form.
func (p *place) form() *Node {
	n := p.node()
	for name, field := range p.fields {
		n.Fields[name].Node = field.text()
	}
	return n
}

func (p *place) record(n *Node) {
	if p.records == 0 {
		return
	}
	n.records = p.records
	n.Fields = make(map[string]*Field, len(p.fields))
	for name, field := range p.fields {
		n.Fields[name] = &Field{Node: field.node(), Required: field.seen() == p.records}
	}
	if len(p.variants) > 1 {
		n.Tag = p.tag
		n.VariantsOpen = p.tag == "" && p.records < minUntagged
		for _, one := range p.variants {
			n.VariantsOpen = n.VariantsOpen || one.count < minVariant
			n.Variants = append(n.Variants, slices.Sorted(maps.Keys(one.fields)))
		}
		slices.SortFunc(n.Variants, slices.Compare)
	}
}

// The calls show variants if each occurred more than once. Variants without a tag also need so
// many records that their fields are not combined by chance.
const (
	minVariant  = 2
	minUntagged = 16
)

// Keys that look like names show a map only if there are many, and always new ones.
const (
	minMaps     = 4
	minMapWords = 10
)

func (p *place) mapping(n *Node) {
	switch {
	case p.maps == 0:
	case len(p.keys) == 0, !p.keysTell && (p.maps < minMaps || len(p.keys) < minMapWords):
		n.Any = true
	default:
		n.Entry = p.entry.node()
	}
}

// This many values show a format that texts often have by chance.
const minWeak = 5

func (p *place) format() *Format {
	var found *form
	for _, f := range p.forms {
		if f.Kind == fiction.String || f.Kind == fiction.Integer && len(f.Names) > 0 {
			if found != nil {
				return &Format{Claim: Open} // several forms: any format that fits all
			}
			found = f
		}
	}
	switch {
	case found == nil:
		return nil
	case len(found.Names) == 0 && !found.ID && !found.Code:
		return nil
	case len(found.Names) == 0:
		return &Format{Claim: Open}
	case found.Distinct || sum(found.values) >= minWeak && len(found.values) > 1:
		return &Format{found.Names, Yes}
	}
	return &Format{found.Names, Open}
}

// The calls show an enum if its members were repeated.
const (
	minEnum       = 8 // values in all
	minEnumMember = 2 // times that each member was seen
)

func (p *place) enum() *Enum {
	members := make(map[string]int)
	closed, open := 0, 0
	for _, f := range p.forms {
		switch {
		case f.Kind != fiction.String:
		case f.Closed:
			closed++
			maps.Copy(members, f.values)
		case f.Code:
			open++
		default:
			return nil
		}
	}
	names := slices.SortedFunc(maps.Keys(members), cmp.Compare[string])
	switch {
	case closed == 0 && open == 0:
		return nil
	case open > 0, len(names) < 2, sum(members) < max(minEnum, 4*len(names)),
		slices.Min(slices.Collect(maps.Values(members))) < minEnumMember:
		return &Enum{names, Open}
	}
	return &Enum{names, Yes}
}

func sum(counts map[string]int) int {
	n := 0
	for _, count := range counts {
		n += count
	}
	return n
}
