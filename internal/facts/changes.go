package facts

import (
	"cmp"
	"slices"
)

// What says what happened to a fact.
type What string

// What may happen.
const (
	Appeared    What = "appeared"
	Gone        What = "gone"         // it is not seen any more
	Changed     What = "changed"      // it takes the place of others, or comes beside them
	Optional    What = "optional"     // it was in all calls, and now is not
	Required    What = "required"     // it was not in all calls, and now is
	Nullable    What = "nullable"     // it was never null, and now is
	NotNullable What = "not_nullable" // it was null, and now never is
)

// Change is one entry of the feed.
type Change struct {
	What What
	Fact Key
	// Hour is the first one with the fact or, if it is gone, the last one.
	Hour int64
	// Before are the alternatives that were seen before a fact of the kinds Type, Format, MediaType and
	// Auth appeared; Ended are those of them that were not seen after it.
	Before, Ended []string
	// Seen of Of calls (or values) had the fact, of those from its first hour to its last one.
	Seen, Of uint64
	// Around is the number of calls without the fact that prove the change: those before it appeared, or
	// those since it is gone.
	Around uint64
}

// Hours that an endpoint has to be silent, or that traffic has to be known before a new one: what is
// called on working days is silent for a weekend.
const (
	silentHours = 72
	knownHours  = 24
)

// Changes returns the changes of endpoints, in the order of their histories. all is the sum of all
// traffic (Total).
func Changes(all History, endpoints []History) [][]Change {
	tests := 1
	for _, h := range endpoints {
		tests += 2 * len(h)
	}
	e := evaluation{all: all, limit: Chance / float64(tests)} // so that it holds for the whole feed
	out := make([][]Change, len(endpoints))
	for i, h := range endpoints {
		out[i] = e.changes(h)
	}
	return out
}

// Total adds up the calls of all operations of histories, and the hours in which there were any.
func Total(of []History) History {
	sum := make(History)
	for _, h := range of {
		for _, k := range []Key{{Kind: Operation}, {Kind: Hours}} {
			if f := h[k]; f != nil {
				sum.Merge(History{k: f})
			}
		}
	}
	return sum
}

type evaluation struct {
	all   History
	limit float64 // of the chance of one fact
}

func (e evaluation) changes(h History) []Change {
	var changes []Change
	add := func(c Change, chance float64, line timeline) {
		if chance >= e.limit {
			return
		}
		first, last := line.bounds()
		seen, of := line[first : last+1].sum()
		c.Seen, c.Of = uint64(seen), uint64(of)
		around := line[:first]
		if c.What == Gone || c.What == Required || c.What == NotNullable {
			around = line[last+1:]
		}
		_, n := around.sum()
		c.Around = uint64(n)
		changes = append(changes, c)
	}
	for k, f := range h {
		switch {
		case k.IsAuxiliary():
		case k.Kind == Operation:
			e.operation(h, f, add)
		default:
			if parent := h[k.Parent()]; parent != nil {
				e.fact(h, k, timelineOf(f, parent), f, add)
			}
		}
	}
	changes = withoutReplaced(changes)
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Or(cmp.Compare(a.Hour, b.Hour), a.Fact.Compare(b.Fact)) })
	return changes
}

type adder func(c Change, chance float64, line timeline)

// operation adds what happened to an endpoint as a whole. Its calls come in the rhythm of days and
// weeks, so hours are counted and not calls.
func (e evaluation) operation(h History, f *Fact, add adder) {
	k, all := Key{Kind: Operation}, e.all[Key{Kind: Operation}]
	line, hours := timelineOf(f, all), timelineOf(h[Key{Kind: Hours}], e.all[Key{Kind: Hours}])
	appeared, gone := hours.appeared(1), 1.0
	if f.First-all.First < knownHours {
		appeared = 1
	}
	if all.Last-f.Last >= silentHours {
		gone = hours.gone(1, appeared < e.limit)
	}
	add(Change{What: Appeared, Fact: k, Hour: f.First}, appeared, line)
	add(Change{What: Gone, Fact: k, Hour: f.Last}, gone, line)
}

// fact adds what happened to one fact.
func (e evaluation) fact(h History, k Key, line timeline, f *Fact, add adder) {
	whatAppeared, whatGone := Appeared, Gone
	if k.Kind == Type && k.Value == null {
		whatAppeared, whatGone = Nullable, NotNullable
	} else if _, ok := k.group(); ok {
		whatAppeared = Changed
	}
	weight := h.weight(k)
	appeared := line.appeared(weight)
	gone := line.gone(weight, appeared < e.limit)
	add(Change{What: whatAppeared, Fact: k, Hour: f.First, Before: h.before(k, f.First), Ended: h.ended(k, f.First)},
		appeared, line)
	add(Change{What: whatGone, Fact: k, Hour: f.Last}, gone, line)
	if k.Kind != Field && k.Kind != Parameter || gone < e.limit {
		return
	}
	if absent := h[k.With(Absent, "")]; absent != nil {
		e.absent(k, line, absent, weight, add)
	}
}

// absent adds whether a field or parameter became optional or required.
func (e evaluation) absent(k Key, line timeline, f *Fact, weight float64, add adder) {
	first, last := line.bounds()
	if first < 0 || last == first {
		return
	}
	// The hour in which the fact appeared has calls of before.
	absent := line[first+1:].without()
	from, to := absent.bounds()
	if from < 0 {
		return
	}
	optional := absent.appeared(weight)
	required := absent.gone(weight, optional < e.limit)
	add(Change{What: Optional, Fact: k, Hour: max(f.First, absent[from].start)}, optional, absent)
	add(Change{What: Required, Fact: k, Hour: max(f.Last, absent[to].start)}, required, absent)
}

// weight is Weight for the calls of the history.
func (h History) weight(k Key) float64 {
	return Weight(k, func(k Key) float64 {
		n, _ := h.Counts(k)
		return float64(n)
	})
}

// Weight returns how much one value proves, by the counts of facts: the elements of one array are alike, as
// are the values of one map, so an array or a map proves as much as all of them, and a call as much as all of
// its arrays.
func Weight(k Key, total func(Key) float64) float64 {
	if !k.repeats() {
		return 1
	}
	var holders, items float64
	for at := k; at != (Key{}); at = at.Parent() {
		switch at.Kind {
		case Items, Entries:
			items = max(items, total(at))
			holders = total(at.Parent())
		case MediaType:
			holders = min(holders, total(at))
		}
	}
	if items <= holders {
		return 1
	}
	return holders / items
}

// Counts returns how many calls or values had a fact, of those of its parent.
func (h History) Counts(k Key) (had, of uint64) {
	sum := func(k Key) (n uint64) {
		if f := h[k]; f != nil {
			for _, s := range f.spans {
				n += s.count
			}
		}
		return n
	}
	had, of = sum(k), sum(k.Parent())
	return had, max(had, of)
}

// before returns the alternatives to a fact that were seen before an hour.
func (h History) before(k Key, hour int64) []string {
	return h.alternatives(k, func(f *Fact) bool { return f.First < hour })
}

// ended returns the alternatives to a fact that were seen before an hour, and not after it.
func (h History) ended(k Key, hour int64) []string {
	return h.alternatives(k, func(f *Fact) bool { return f.First < hour && f.Last <= hour })
}

func (h History) alternatives(k Key, is func(*Fact) bool) (values []string) {
	group, ok := k.group()
	if !ok {
		return nil
	}
	for other, f := range h {
		if g, ok := other.group(); ok && g == group && other != k && is(f) {
			values = append(values, other.Value)
		}
	}
	slices.Sort(values)
	return values
}

// withoutReplaced leaves out what another entry says: that a type is gone where another one took its
// place.
func withoutReplaced(changes []Change) []Change {
	return slices.DeleteFunc(changes, func(c Change) bool {
		group, ok := c.Fact.group()
		return ok && c.What == Gone && slices.ContainsFunc(changes, func(by Change) bool {
			g, ok := by.Fact.group()
			return ok && g == group && by.What == Changed && slices.Contains(by.Ended, c.Fact.Value)
		})
	})
}
