package gate

import "akita/internal/witness"

// maxConsumers is the maximum number of labels of consumers from headers that pass. Later ones never
// displace them. A header with more is one of users rather than of programs.
const maxConsumers = 64

// consumer lets through what is code: names that the application gave, and families of clients. A label
// from a header is a value, and passes as a key of a map does: in the call callsOfEntry that carries it,
// however it is spelled. Its version has to recur as often. A consumer whose label is withheld is one of
// others.
func (f *filter) consumer(c witness.Consumer) witness.Consumer {
	if !c.IsValue {
		return c
	}
	key := f.at(f.at(0, inConsumer), c.Name)
	if !f.passesConsumer(key) {
		f.held++
		return witness.Consumer{Name: witness.OtherConsumer}
	}
	if c.Version != "" && !f.knows(key, c.Version, callsOfEntry) {
		f.held++
		c.Version = ""
	}
	c.IsValue = false
	return c
}

// passesConsumer reports whether a label passes. It counts the call.
func (f *filter) passesConsumer(key place) bool {
	known := f.memory.consumers
	if known[key] {
		return true
	}
	if len(known) >= maxConsumers || f.memory.sighted(key, f.call) < callsOfEntry {
		return false
	}
	known[key] = true
	return true
}
