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
	if a.content != nil && b.content != nil && a.sameMembers(b) {
		return a.content.alike(b.content)
	}
	var both, all float64
	x, y := a.members, b.members
	for len(x) > 0 && len(y) > 0 {
		switch order := compareMembers(&x[0], &y[0]); {
		case order < 0:
			all += x[0].share
			x = x[1:]
		case order > 0:
			all += y[0].share
			y = y[1:]
		default:
			all += max(x[0].share, y[0].share)
			both += min(x[0].share, y[0].share) * x[0].alike(&y[0])
			x, y = x[1:], y[1:]
		}
	}
	for i := range x {
		all += x[i].share
	}
	for i := range y {
		all += y[i].share
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

func (a *answer) sameMembers(b *answer) bool {
	if len(a.members) != len(b.members) {
		return false
	}
	for i := range a.members {
		m, o := &a.members[i], &b.members[i]
		if o.hash != m.hash || o.name != m.name || (o.of == nil) != (m.of == nil) {
			return false
		}
	}
	return true
}

// has reports whether an answer has a member of a name at its top.
func (a *answer) has(name string) bool {
	for i := range a.members {
		if a.members[i].name == name {
			return true
		}
	}
	return false
}

// isList reports whether an answer is a list, or an envelope around one.
func (a *answer) isList() bool {
	if a.list {
		return true
	}
	var content *member
	named := 0
	for i := range a.members {
		m := &a.members[i]
		if m.types&texts != 0 {
			named++
		}
		if m.types&(lists|objects) != 0 {
			if content != nil {
				return false
			}
			content = m
		}
	}
	return content != nil && named < 2 && (content.types == lists || content.of != nil && content.of.isList())
}

// items is what an answer lists; nil if it is not a list.
func (a *answer) items() *answer {
	for !a.list {
		c := a.content
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
	return b.complete()
}
