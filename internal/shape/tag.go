package shape

import (
	"slices"
	"strings"
)

// Tag sums up the objects of one kind: those in which a field that tells kinds apart,
// such as "type", has one value. It holds that literal and is kept in offline use only.
type Tag struct {
	Field  string
	Value  string
	Count  uint64
	Fields []NameCount // sorted by name
}

// NameCount says in how many objects a field was.
type NameCount struct {
	Name  string
	Count uint64
}

// tagRank ranks the names of fields that tell kinds of objects apart, 1 for the most
// telling; 0 for all others.
func tagRank(name string) int {
	switch name {
	case "__typename", "@type", "$type", "_type", "_cls":
		return 1
	case "type", "kind":
		return 2
	case "object", "event", "event_type", "eventType", "resource_type", "resourceType", "object_type", "objectType", "content_type", "message_type", "messageType":
		return 3
	case "action", "class", "shape", "variant", "method", "channel", "provider", "op", "operation", "cmd", "command":
		return 4
	}
	return 0
}

// tag notes the kind of a single object.
func (p *Object) tag() {
	best, at := 0, -1
	for i, f := range p.Fields {
		rank := tagRank(f.Name)
		if rank == 0 || best != 0 && rank >= best {
			continue
		}
		if s := f.Shape; s.Strs == 1 && s.Enum != nil && len(s.Enum.Members) == 1 {
			best, at = rank, i
		}
	}
	if at < 0 {
		return
	}
	t := Tag{Field: p.Fields[at].Name, Value: p.Fields[at].Shape.Enum.Members[0].Text, Count: 1, Fields: make([]NameCount, len(p.Fields))}
	for i, f := range p.Fields {
		t.Fields[i] = NameCount{f.Name, 1}
	}
	p.Tags = []Tag{t}
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
