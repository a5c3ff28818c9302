package judgement

// likeness compares two answers, from 0 to 1: the share of members that both have, each weighed by
// how often it is there and by how alike what it holds is. What one of them leaves open does not
// count.
func (a *answer) likeness(b *answer) float64 {
	if a.list != b.list {
		return 0
	}
	return a.alike(b)
}

// alike is likeness whether or not one of them is a list.
func (a *answer) alike(b *answer) float64 {
	if a == b {
		return 1
	}
	if x, y := a.content(), b.content(); x != nil && y != nil && a.sameMembers(b) {
		return x.alike(y)
	}
	var both, all float64
	for x, y := range joined(a.members, b.members) {
		p, q := a.presence(x), b.presence(y)
		all += max(p, q)
		if x != nil && y != nil {
			both += min(p, q) * x.alike(y)
		}
	}
	if all == 0 {
		return 1
	}
	return both / all
}

// alike compares what two members of one name hold.
func (m *member) alike(o *member) float64 {
	switch {
	case m.types != 0 && o.types != 0 && m.types&o.types&(scalars|lists|objects) == 0:
		return 0
	case m.of != nil && o.of != nil:
		return m.of.alike(o.of)
	}
	return 1
}

// presence is the share of objects that have a member, which may be nil.
func (a *answer) presence(m *member) float64 {
	if m == nil {
		return 0
	}
	return min(1, float64(m.have)/float64(max(1, a.objects)))
}

func (a *answer) sameMembers(b *answer) bool {
	if len(a.members) != len(b.members) {
		return false
	}
	for i, m := range a.members {
		if o := b.members[i]; o.name != m.name || (o.of == nil) != (m.of == nil) {
			return false
		}
	}
	return true
}

// has reports whether an answer has a member of a name at its top.
func (a *answer) has(name string) bool {
	for _, m := range a.members {
		if m.name == name {
			return true
		}
	}
	return false
}

// content is what an envelope holds: its one member that is an object or a list of objects.
func (a *answer) content() *answer {
	var found *answer
	for _, m := range a.members {
		if m.of == nil {
			continue
		}
		if found != nil {
			return nil
		}
		found = m.of
	}
	return found
}

// isList reports whether an answer is a list, or an envelope around one.
func (a *answer) isList() bool {
	if a.list {
		return true
	}
	var content *member
	named := 0
	for i, m := range a.members {
		if m.types&texts != 0 {
			named++
		}
		if m.types&(lists|objects) != 0 {
			if content != nil {
				return false
			}
			content = &a.members[i]
		}
	}
	return content != nil && named < 2 && (content.types == lists || content.of != nil && content.of.isList())
}

// items is what an answer lists; nil if it is no list.
func (a *answer) items() *answer {
	for !a.list {
		c := a.content()
		if c == nil {
			return nil
		}
		for _, m := range a.members {
			if m.of == c && m.types&lists != 0 {
				return c
			}
		}
		a = c
	}
	return a.unlisted()
}

// unlisted is an answer as if it were no list.
func (a *answer) unlisted() *answer {
	b := *a
	b.list = false
	return &b
}
