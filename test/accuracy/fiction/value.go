package fiction

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Value is one drawn value with the type that it was drawn from.
type Value struct {
	Type    *Type
	Kind    Kind
	Text    string // of scalars
	Members []Member
	Items   []*Value
	Chosen  *Value // of a union: the value in the type that was chosen
}

// Member is one member of an object.
type Member struct {
	Name  string
	Value *Value
}

const maxDepth = 6 // of trees

// Draw draws a value.
func (t *Type) Draw(r *Rand) *Value {
	v := &Value{Type: t}
	switch {
	case t.null > 0 && r.Chance(t.null):
		v.Kind = Null
	case len(t.OneOf) > 0:
		v.Chosen = t.OneOf[r.IntN(len(t.OneOf))].Draw(r)
		v.Kind = v.Chosen.Kind
	case t.IsArray:
		v.Kind = Array
		for range t.size(r) {
			v.Items = append(v.Items, t.Item.Draw(r))
		}
	case t.Key != nil:
		v.Kind = Object
		t.drawEntries(r, v)
	case t.IsRecord:
		v.Kind = Object
		t.drawFields(r, v)
	default:
		v.Kind, v.Text = t.Form.Kind, t.text(r)
		if v.Kind == Number && !strings.Contains(v.Text, ".") {
			v.Kind = Integer
		}
	}
	return v
}

func (t *Type) drawFields(r *Rand, v *Value) {
	if t.Recursive {
		r.depth++
		defer func() { r.depth-- }()
	}
	v.Members = DrawFields(r, t.Fields)
}

// DrawFields draws the fields; optional ones by their probability.
func DrawFields(r *Rand, fields []Field) []Member {
	var members []Member
	for _, f := range fields {
		if f.presence >= 1 || r.Chance(f.presence) {
			members = append(members, Member{f.Name, f.Type.Draw(r)})
		}
	}
	return members
}

func (t *Type) drawEntries(r *Rand, v *Value) {
	for range t.size(r) {
		key := t.Key.text(r)
		if !slices.ContainsFunc(v.Members, func(m Member) bool { return m.Name == key }) {
			v.Members = append(v.Members, Member{key, t.Entry.Draw(r)})
		}
	}
}

// size returns the number of items or entries, which is smaller deeper in a tree.
func (t *Type) size(r *Rand) int {
	n := r.Between(t.lo, t.hi)
	if t.Item != nil && t.Item.Recursive && r.depth > 0 {
		n -= r.depth
		if r.depth >= maxDepth {
			n = 0
		}
	}
	return max(n, 0)
}

// text draws the text of a scalar, from the type's pool if it has one.
func (t *Type) text(r *Rand) string {
	if t.pool == 0 {
		return t.draw(r)
	}
	pool := r.pools[t]
	for tries := 0; len(pool) < t.pool && tries < 20*t.pool; tries++ {
		if text := t.draw(r); !slices.Contains(pool, text) {
			pool = append(pool, text)
		}
	}
	r.pools[t] = pool
	return pool[r.Skewed(len(pool))]
}

// JSON returns the value as JSON.
func (v *Value) JSON() string {
	var b bytes.Buffer
	v.write(&b)
	return b.String()
}

func (v *Value) write(b *bytes.Buffer) {
	switch {
	case v.Chosen != nil:
		v.Chosen.write(b)
	case v.Kind == Null:
		b.WriteString("null")
	case v.Kind == String:
		b.WriteString(quote(v.Text))
	case v.Kind == Array:
		b.WriteByte('[')
		for i, item := range v.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			item.write(b)
		}
		b.WriteByte(']')
	case v.Kind == Object:
		b.WriteByte('{')
		for i, m := range v.Members {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quote(m.Name) + ":")
			m.Value.write(b)
		}
		b.WriteByte('}')
	default:
		b.WriteString(v.Text)
	}
}

func quote(text string) string {
	b, err := json.Marshal(text)
	if err != nil { // a string can always be written
		return `""`
	}
	return string(b)
}

// Plain returns the text of a scalar as in a query or a form; it is empty for null.
func (v *Value) Plain() string {
	if v.Chosen != nil {
		return v.Chosen.Plain()
	}
	return v.Text
}
