package apimodel

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/hour"
	"akita/internal/witness"
)

const (
	// MaxConsumers bounds the consumers of an operation: those with the smallest hashes. The others are
	// one, witness.OtherConsumer.
	MaxConsumers = 500
	// maxVersions bounds the versions of a consumer: those that were seen last.
	maxVersions = 8
)

// Consumers sums up the calls of an operation by who made them, by name. Calls of unknown consumers are
// not among them.
type Consumers map[string]*Consumer

// Consumer sums up the calls of one consumer.
type Consumer struct {
	First, Last hour.Hour // 0 if no time is known
	statuses    []statusCount
	versions    []version
	sent        []Sent // sorted; it may be shared, and is never changed in place
}

// statusCount counts the calls that were answered with a status, 0 without an answer.
type statusCount struct {
	status int
	calls  uint64
}

// version is a version of a consumer, with the hour in which it was seen last.
type version struct {
	name string
	last hour.Hour
}

// add counts a call.
func (cs *Consumers) add(w *witness.Witness) {
	if w.Consumer.Name == "" {
		return
	}
	c := cs.get(w.Consumer.Name)
	c.count(w.Status, 1)
	at := max(hour.Of(w.Start), 0)
	c.extend(at, at)
	if w.Consumer.Version != "" {
		c.addVersion(version{w.Consumer.Version, at})
	}
	if w.Status < 400 {
		c.addSent(w)
	}
	cs.fit()
}

func (cs *Consumers) get(name string) *Consumer {
	if *cs == nil {
		*cs = make(Consumers)
	}
	return get(*cs, name, func() *Consumer { return new(Consumer) })
}

func (cs *Consumers) merge(o Consumers) {
	for name, c := range o {
		cs.get(name).merge(c)
	}
	cs.fit()
}

// fit makes those consumers one that exceed the limit.
func (cs *Consumers) fit() {
	if cs.named() <= MaxConsumers {
		return
	}
	type hashed struct {
		hash uint64
		name string
	}
	all := make([]hashed, 0, len(*cs))
	for name := range *cs {
		if name != witness.OtherConsumer {
			all = append(all, hashed{HashTexts(name), name})
		}
	}
	slices.SortFunc(all, func(x, y hashed) int {
		return cmp.Or(cmp.Compare(x.hash, y.hash), strings.Compare(x.name, y.name))
	})
	other := cs.get(witness.OtherConsumer)
	for _, one := range all[MaxConsumers:] {
		c := (*cs)[one.name]
		c.versions = nil // of different consumers
		other.merge(c)
		delete(*cs, one.name)
	}
}

// named returns how many consumers are kept apart.
func (cs *Consumers) named() int {
	if (*cs)[witness.OtherConsumer] != nil {
		return len(*cs) - 1
	}
	return len(*cs)
}

func (c *Consumer) merge(o *Consumer) {
	for _, s := range o.statuses {
		c.count(s.status, s.calls)
	}
	c.extend(o.First, o.Last)
	for _, v := range o.versions {
		c.addVersion(v)
	}
	c.sent = union(c.sent, o.sent)
}

func (c *Consumer) count(status int, calls uint64) {
	i, found := slices.BinarySearchFunc(c.statuses, status, func(s statusCount, status int) int {
		return cmp.Compare(s.status, status)
	})
	if !found {
		c.statuses = slices.Insert(c.statuses, i, statusCount{status: status})
	}
	c.statuses[i].calls += calls
}

// extend extends the hours of the calls; 0 is an unknown one.
func (c *Consumer) extend(first, last hour.Hour) {
	if c.First == 0 || first != 0 && first < c.First {
		c.First = first
	}
	c.Last = max(c.Last, last)
}

// addVersion adds a version. The versions are sorted by name.
func (c *Consumer) addVersion(v version) {
	i, found := slices.BinarySearchFunc(c.versions, v.name, func(v version, name string) int {
		return strings.Compare(v.name, name)
	})
	if found {
		c.versions[i].last = max(c.versions[i].last, v.last)
		return
	}
	v.name = strings.Clone(v.name)
	c.versions = slices.Insert(c.versions, i, v)
	if len(c.versions) <= maxVersions {
		return
	}
	oldest := slices.MinFunc(c.versions, func(x, y version) int {
		return cmp.Or(cmp.Compare(x.last, y.last), strings.Compare(x.name, y.name))
	})
	c.versions = slices.DeleteFunc(c.versions, func(v version) bool { return v == oldest })
}

// Period returns the time of the calls, to the start of the hour.
func (c *Consumer) Period() Period {
	if c.First == 0 {
		return Period{}
	}
	return Period{c.First.Time(), c.Last.Time()}
}

// Calls returns how many calls the consumer made.
func (c *Consumer) Calls() (n uint64) {
	for _, s := range c.statuses {
		n += s.calls
	}
	return n
}

// Accepted returns how many of them were answered below 400, or not at all.
func (c *Consumer) Accepted() (n uint64) {
	for _, s := range c.statuses {
		if s.status < 400 {
			n += s.calls
		}
	}
	return n
}

// callsWith returns how many of them were answered with a status.
func (c *Consumer) callsWith(status int) uint64 {
	for _, s := range c.statuses {
		if s.status == status {
			return s.calls
		}
	}
	return 0
}

// Statuses counts the calls by status, 0 without an answer.
func (c *Consumer) Statuses() map[int]uint64 {
	of := make(map[int]uint64, len(c.statuses))
	for _, s := range c.statuses {
		of[s.status] = s.calls
	}
	return of
}

// Versions returns the versions of the consumer that were seen last, sorted.
func (c *Consumer) Versions() []string {
	names := make([]string, len(c.versions))
	for i, v := range c.versions {
		names[i] = v.name
	}
	return names
}
