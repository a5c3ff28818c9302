package apimodel

import (
	"maps"
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

func consumersOf(ops []*Operation) (t consumerTable) {
	var all Consumers // by any operation; there is one operation, mostly
	isOwn := false
	for _, op := range ops {
		switch {
		case len(op.Consumers) == 0:
		case all == nil:
			all = op.Consumers
		case !isOwn:
			all, isOwn = maps.Clone(all), true
			fallthrough
		default:
			maps.Copy(all, op.Consumers)
		}
	}
	t.names, t.versions = sortedKeys(all), make([][]string, len(all))
	room := make([]string, 0, usualVersions*len(all))
	for i, name := range t.names {
		of := room[len(room):]
		for _, op := range ops {
			if c := op.Consumers[name]; c != nil {
				of = c.addVersions(of)
			}
		}
		if t.versions[i] = slices.Clip(of); len(room)+len(of) <= cap(room) {
			room = room[:len(room)+len(of)] // it has them
		}
	}
	return t
}

// usualVersions is how many versions a consumer has, mostly.
const usualVersions = 2

// addVersions adds the versions of a consumer to sorted ones.
func (c *Consumer) addVersions(sorted []string) []string {
	for _, v := range c.versions {
		if i, found := slices.BinarySearch(sorted, v.name); !found {
			sorted = slices.Insert(sorted, i, v.name)
		}
	}
	return sorted
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
		(&consumerWriter{table: table, BitWriter: &out, op: op}).write()
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
	for i, name := range w.table.names {
		c := w.op.Consumers[name]
		if c == nil {
			continue
		}
		if len(w.op.Consumers) < len(w.table.names) {
			w.Number(uint64(i - next))
		}
		next = i + 1
		w.consumer(c, statuses, w.table.versions[i])
	}
}

func (w *consumerWriter) consumer(c *Consumer, statuses []int, versions []string) {
	for _, status := range statuses {
		calls := c.callsWith(status)
		if len(statuses) > 1 {
			w.Bool(calls > 0)
		}
		if calls > 0 {
			w.Number(calls - 1)
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
	known := sent
	if !isSubset(sent, w.sendable) {
		known = intersection(sent, w.sendable)
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
	n := r.Len()
	table := consumerTable{make([]string, 0, min(n, maxUnpacked)), make([][]string, 0, min(n, maxUnpacked))}
	var room []string
	for range n {
		table.names = append(table.names, r.Text())
		begin := len(room)
		for range r.Len() {
			room = append(room, r.Text())
		}
		table.versions = append(table.versions, slices.Clip(room[begin:]))
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
		if !(&consumerReader{table: table, BitReader: in, op: op}).read() {
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

	// Space for all that is read; each consumer takes a part of it.
	statuses []statusCount
	versions []version
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
	read := make([]Consumer, n)
	r.statuses, r.versions = make([]statusCount, 0, n), make([]version, 0, n)
	var next uint64
	for at := range read {
		i := next
		if n < all {
			i += r.Number()
		}
		if i >= all {
			return false
		}
		next = i + 1
		c := &read[at]
		if !r.consumer(c, statuses, r.table.versions[i]) {
			return false
		}
		consumers[r.table.names[i]] = c
	}
	r.op.Consumers = consumers
	return consumers.named() <= MaxConsumers && r.op.checkConsumers()
}

// consumer reports whether what it reads is such as consumerWriter.consumer writes.
func (r *consumerReader) consumer(c *Consumer, statuses []int, versions []string) bool {
	begin := len(r.statuses)
	for _, status := range statuses {
		if len(statuses) == 1 || r.Bool() {
			r.statuses = append(r.statuses, statusCount{status, r.Number() + 1})
		}
	}
	c.statuses = slices.Clip(r.statuses[begin:])
	if r.Bool() {
		first, last := r.op.hours()
		span := uint64(last - first)
		after, before := r.Number(), r.Number()
		if r.op.First.IsZero() || after > span || before > span-after {
			return false
		}
		c.First, c.Last = first+hour.Hour(after), last-hour.Hour(before)
	}
	c.sent = r.sent()
	begin = len(r.versions)
	for _, name := range versions {
		if r.Bool() {
			last := c.Last - hour.Hour(min(r.Number(), uint64(max(c.Last, 0))))
			r.versions = append(r.versions, version{name, last})
		}
	}
	c.versions = slices.Clip(r.versions[begin:])
	return !r.IsBad() && len(c.statuses) > 0 && len(c.versions) <= maxVersions
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
	for status, r := range op.Responses {
		rest := r.Count
		for _, c := range op.Consumers {
			calls := c.callsWith(status)
			if calls > rest {
				return false
			}
			rest -= calls
		}
	}
	return true
}
