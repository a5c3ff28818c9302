package shape

import (
	"slices"
	"strings"
)

// Tag sums up the objects of one kind: those in which a field that tells kinds apart,
// such as "type", has one value. It holds that literal and is kept in offline use only.
type Tag struct {
	Field  string      `json:"field"`
	Value  string      `json:"value"`
	Count  uint64      `json:"count"`
	Fields []NameCount `json:"fields"` // sorted by name
}

// NameCount says in how many objects a field was.
type NameCount struct {
	Name  string `json:"name"`
	Count uint64 `json:"count"`
}

// tagFields are the names of fields that tell kinds of objects apart, the most telling first.
var tagFields = []string{
	"__typename", "@type", "$type", "_type", "_cls", "type", "kind", "object", "event", "event_type", "eventType", "resource_type", "resourceType",
	"object_type", "objectType", "content_type", "message_type", "messageType", "action", "class", "shape", "variant", "method", "channel", "provider",
}

// tag notes the kind of a single object.
func (p *Object) tag() {
	for _, name := range tagFields {
		s := p.Fields.Get(name)
		if s == nil || s.Strs != 1 || s.Enum == nil || len(s.Enum.Members) != 1 {
			continue
		}
		t := Tag{Field: name, Value: s.Enum.Members[0].Text, Count: 1}
		for _, f := range p.Fields {
			t.Fields = append(t.Fields, NameCount{f.Name, 1})
		}
		p.Tags = []Tag{t}
		return
	}
}

func compareTags(a, b Tag) int {
	if c := strings.Compare(a.Field, b.Field); c != 0 {
		return c
	}
	return strings.Compare(a.Value, b.Value)
}

func (p *Object) mergeTags(q *Object) {
	if p.Untold || q.Untold {
		p.Tags, p.Untold = nil, true
		return
	}
	for _, t := range q.Tags {
		i, ok := slices.BinarySearchFunc(p.Tags, t, compareTags)
		if !ok {
			p.Tags = slices.Insert(p.Tags, i, Tag{Field: strings.Clone(t.Field), Value: strings.Clone(t.Value)})
		}
		p.Tags[i].Count += t.Count
		p.Tags[i].add(t.Fields)
	}
	if len(p.Tags) > MaxTags {
		p.Tags, p.Untold = nil, true
	}
}

func (t *Tag) add(fields []NameCount) {
	for _, f := range fields {
		i, ok := slices.BinarySearchFunc(t.Fields, f.Name, func(f NameCount, name string) int { return strings.Compare(f.Name, name) })
		if ok {
			t.Fields[i].Count += f.Count
		} else {
			t.Fields = slices.Insert(t.Fields, i, NameCount{strings.Clone(f.Name), f.Count})
		}
	}
}
