package apimodel

import (
	"slices"
	"strings"

	"akita/internal/hour"
	"akita/internal/packed"
	"akita/internal/witness"
)

// The consumers of all operations are written together, after everything else, in as few bits as they
// need: a table of their names and versions, and for each operation in order what is known of each.
// Where an operation has something already (statuses, the hours of its calls, the names of what was
// sent), consumers refer to it.

// consumerTable holds the names of the consumers of a model, and the versions of each, both sorted.
type consumerTable struct {
	names    []string
	versions [][]string
}

func consumersOf(ops []*Operation) consumerTable {
	versions := make(map[string]map[string]bool)
	for _, op := range ops {
		for name, c := range op.Consumers {
			if versions[name] == nil {
				versions[name] = make(map[string]bool)
			}
			for _, v := range c.versions {
				versions[name][v.name] = true
			}
		}
	}
	t := consumerTable{names: sortedKeys(versions)}
	for _, name := range t.names {
		t.versions = append(t.versions, sortedKeys(versions[name]))
	}
	return t
}

func packConsumers(w *packed.Writer, ops []*Operation) {
	table := consumersOf(ops)
	w.Uint(uint64(len(table.names)))
	if len(table.names) == 0 {
		return
	}
	for i, name := range table.names {
		w.Text(name)
		w.Uint(uint64(len(table.versions[i])))
		for _, v := range table.versions[i] {
			w.Text(v)
		}
	}
	var out packed.BitWriter
	for _, op := range ops {
		(&consumerWriter{table, &out, op, nil, nil}).write()
	}
	w.Blob(out.Text())
}

// consumerWriter writes the consumers of one operation.
type consumerWriter struct {
	table consumerTable
	*packed.BitWriter

	op       *Operation
	sendable []Sent
	before   []Sent // what the consumer before has sent
}

func (w *consumerWriter) write() {
	w.Number(uint64(len(w.op.Consumers)))
	if len(w.op.Consumers) == 0 {
		return
	}
	w.sendable = w.op.sendable()
	statuses := sortedKeys(w.op.Responses)
	next := 0
	for _, name := range sortedKeys(w.op.Consumers) {
		i, _ := slices.BinarySearch(w.table.names, name)
		if len(w.op.Consumers) < len(w.table.names) {
			w.Number(uint64(i - next))
		}
		next = i + 1
		w.consumer(w.op.Consumers[name], statuses, w.table.versions[i])
	}
}

func (w *consumerWriter) consumer(c *Consumer, statuses []int, versions []string) {
	of := c.Statuses()
	for _, status := range statuses {
		if len(statuses) > 1 {
			w.Bool(of[status] > 0)
		}
		if of[status] > 0 {
			w.Number(of[status] - 1)
		}
	}
	w.Bool(c.First != 0)
	if c.First != 0 {
		first, last := w.op.hours()
		w.Number(uint64(c.First - first))
		w.Number(uint64(last - c.Last))
	}
	w.sent(c.sent)
	for _, name := range versions {
		i := slices.IndexFunc(c.versions, func(v version) bool { return v.name == name })
		w.Bool(i >= 0)
		if i >= 0 {
			w.Number(uint64(c.Last - c.versions[i].last))
		}
	}
}

// hours returns the first and the last hour of the calls.
func (op *Operation) hours() (first, last hour.Hour) { return hour.Of(op.First), hour.Of(op.Last) }

// sent writes what was sent: all that any consumer may have sent, the same as the one before, or a bit
// for each.
func (w *consumerWriter) sent(sent []Sent) {
	known := make([]Sent, 0, len(w.sendable))
	for _, s := range w.sendable {
		if _, found := slices.BinarySearch(sent, s); found {
			known = append(known, s)
		}
	}
	switch {
	case len(w.sendable) == 0:
	case len(known) == len(w.sendable):
		w.Bool(true)
	case slices.Equal(known, w.before):
		w.Bits(1, 2)
	default:
		w.Bits(0, 2)
		for _, s := range w.sendable {
			_, found := slices.BinarySearch(known, s)
			w.Bool(found)
		}
	}
	w.before = known
}

// unpackConsumers reads what packConsumers wrote.
func unpackConsumers(r *packed.Reader, ops []*Operation) {
	var table consumerTable
	for range r.Len() {
		name := r.Text()
		var versions []string
		for range r.Len() {
			versions = append(versions, r.Text())
		}
		table.names, table.versions = append(table.names, name), append(table.versions, versions)
	}
	if r.Err() != nil || len(table.names) == 0 {
		return
	}
	if !table.valid() {
		r.Refuse("a consumer has no label for a name or a version, or they are not in order")
		return
	}
	in := packed.NewBitReader(r.Blob())
	for _, op := range ops {
		if !(&consumerReader{table, in, op, nil, nil}).read() {
			r.Refuse("the consumers of an operation are malformed")
			return
		}
	}
	if !in.IsDone() {
		r.Refuse("the consumers have ended")
	}
}

// valid reports whether names and versions are labels, in order.
func (t consumerTable) valid() bool {
	isSorted := func(texts []string) bool {
		return slices.IsSortedFunc(texts, func(x, y string) int {
			if x == y {
				return 1 // equal texts are out of order
			}
			return strings.Compare(x, y)
		})
	}
	for i, name := range t.names {
		isVersion := func(text string) bool { return !witness.IsConsumerVersion(text) }
		if !witness.IsConsumerName(name) || !isSorted(t.versions[i]) || slices.ContainsFunc(t.versions[i], isVersion) {
			return false
		}
	}
	return isSorted(t.names)
}

// consumerReader reads the consumers of one operation.
type consumerReader struct {
	table consumerTable
	*packed.BitReader

	op       *Operation
	sendable []Sent
	before   []Sent
}

// read reports whether the consumers are such as write writes.
func (r *consumerReader) read() bool {
	n, all := r.Number(), uint64(len(r.table.names))
	if n == 0 || r.IsBad() {
		return !r.IsBad()
	}
	if n > min(all, MaxConsumers+1) {
		return false
	}
	r.sendable = r.op.sendable()
	statuses := sortedKeys(r.op.Responses)
	consumers := make(Consumers, n)
	var next uint64
	for range n {
		i := next
		if n < all {
			i += r.Number()
		}
		if i >= all {
			return false
		}
		next = i + 1
		c := r.consumer(statuses, r.table.versions[i])
		if c == nil {
			return false
		}
		consumers[r.table.names[i]] = c
	}
	r.op.Consumers = consumers
	return consumers.named() <= MaxConsumers && r.op.checkConsumers()
}

// consumer returns nil if what it reads is malformed.
func (r *consumerReader) consumer(statuses []int, versions []string) *Consumer {
	c := new(Consumer)
	for _, status := range statuses {
		if len(statuses) == 1 || r.Bool() {
			c.statuses = append(c.statuses, statusCount{status, r.Number() + 1})
		}
	}
	if r.Bool() {
		first, last := r.op.hours()
		span := uint64(last - first)
		after, before := r.Number(), r.Number()
		if r.op.First.IsZero() || after > span || before > span-after {
			return nil
		}
		c.First, c.Last = first+hour.Hour(after), last-hour.Hour(before)
	}
	c.sent = r.sent()
	for _, name := range versions {
		if r.Bool() {
			c.versions = append(c.versions, version{name, c.Last - hour.Hour(min(r.Number(), uint64(max(c.Last, 0))))})
		}
	}
	if r.IsBad() || len(c.statuses) == 0 || len(c.versions) > maxVersions {
		return nil
	}
	return c
}

func (r *consumerReader) sent() []Sent {
	var sent []Sent
	if len(r.sendable) == 0 {
		return nil
	}
	if isAll := r.Bool(); isAll {
		sent = r.sendable
	} else if isSame := r.Bool(); isSame {
		sent = r.before
	} else {
		for _, s := range r.sendable {
			if r.Bool() {
				sent = append(sent, s)
			}
		}
	}
	r.before = sent
	return sent
}

// checkConsumers reports whether the consumers made no more calls than there were.
func (op *Operation) checkConsumers() bool {
	rest := make(map[int]uint64, len(op.Responses))
	for status, r := range op.Responses {
		rest[status] = r.Count
	}
	for _, c := range op.Consumers {
		for _, s := range c.statuses {
			if s.calls > rest[s.status] {
				return false
			}
			rest[s.status] -= s.calls
		}
	}
	return true
}
