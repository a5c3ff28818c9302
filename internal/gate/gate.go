// Package gate decides, call by call, which names of a witness may leave the machine: names of
// fields and parameters, words in paths, hosts and media types.
//
// A name that is code recurs in later calls, together with the same names. Names that are data are
// always new. The gate remembers, under salted hashes, which names occurred at which place and in
// how many calls, and withholds those that it has seen too seldom: a field becomes an entry of a
// map, a word of a path becomes a value, a header is dropped. Its memory is bounded and stays in
// the process.
//
// Which names pass depends on the order of the calls. Nothing after the gate does (ADR 0015).
package gate

import (
	"fmt"
	"hash/maphash"
	"strings"
	"sync"

	"akita/internal/spelling"
	"akita/internal/witness"
)

// How often a name must occur before it passes.
const (
	// establishedCalls is the number of calls that make a place established. A name that is new at
	// an established place must occur in callsOfName calls.
	establishedCalls = 20
	// callsOfName is the number of calls in which a new name must occur.
	callsOfName = 3
	// callsOfEntry is the same for a name in an object that looks like a map. An object with more
	// than maxEntries such names is a map for good.
	callsOfEntry = 20
	maxEntries   = 64
	// maxOnce is the number of names of a place that is not established that pass at once in calls
	// after the first although none of them has recurred yet.
	maxOnce = 2
	// minVariant is the number of new names with values of various shapes that make another kind
	// of record, which passes as the first one did. A place has at most maxVariants other kinds: if
	// there are more, they are rather maps.
	minVariant  = 3
	maxVariants = 2
)

// Config configures a Gate.
type Config struct {
	// StrictNames withholds every name until it has occurred in callsOfName calls, at new places
	// too.
	StrictNames bool
	// Hosts are the application's own hosts, with the port if it is not the scheme's default.
	// If there are any, every other host leaves as "*".
	Hosts []string
}

// Validate returns an error for the first host that is not valid.
func (c Config) Validate() error {
	for _, host := range c.Hosts {
		if name := strings.TrimSpace(host); name == "" || strings.ContainsAny(name, "/@?# ") {
			return fmt.Errorf("%q is not a host: give --app-host (AKITA_APP_HOSTS) as in "+
				`"api.example.com" or "localhost:8000"`, host)
		}
	}
	return nil
}

// Gate withholds names. It is safe for concurrent use. Create one with New.
type Gate struct {
	config Config
	hosts  map[string]bool
	seed   maphash.Seed

	mu     sync.Mutex
	memory memory
	held   uint64 // names withheld so far

	// These are room for withheld.
	keys    []place
	unknown []int
}

// New returns a gate that has seen no call. Its salt is random.
func New(config Config) *Gate {
	g := &Gate{
		config: config, hosts: make(map[string]bool), seed: maphash.MakeSeed(), memory: newMemory(maxPlaces, maxNames),
	}
	for _, host := range config.Hosts {
		g.hosts[strings.ToLower(strings.TrimSpace(host))] = true
	}
	return g
}

// Call returns a number that identifies a call by its bytes, so that a repeated one is recognized.
func (g *Gate) Call(raw []byte) uint64 { return maphash.Bytes(g.seed, raw) }

// Filter withholds names of the witness of a call, which Call identifies. A repeated call counts
// only once for its names.
func (g *Gate) Filter(w *witness.Witness, call uint64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f := filter{Gate: g, call: uint32(call)}
	f.witness(w)
}

// Withheld returns how often a name was withheld so far.
func (g *Gate) Withheld() uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.held
}

// filter is the work on one call.
type filter struct {
	*Gate
	call uint32 // a hash of the call
}

// place identifies where names occur: an operation's parameters, an object in a body, the words
// of a path below others.
type place uint64

// at is a place below p.
func (f *filter) at(p place, name string) place {
	return p.mix(maphash.String(f.seed, name))
}

// mix combines two hashes so that order matters.
func (p place) mix(h uint64) place {
	return place((uint64(p)^h)*0x9E3779B97F4A7C15 + h>>29)
}

// withheld returns the indices of the names of a group that may not leave, in order. It counts
// the call.
func (f *filter) withheld(g *group, out []int) []int {
	count := g.count()
	if count == 0 {
		return out
	}
	p := f.memory.place(g.place)
	all, keys := g.place, f.keys[:0]
	for i := range count {
		key := f.at(g.place, g.name(i))
		keys, all = append(keys, key), all.mix(uint64(key))
	}
	f.keys = keys
	if p.passed == all && !p.strict {
		p.count()
		return out // the same names that passed in the previous call
	}
	before := len(out)
	out = f.judge(p, g, keys, out)
	p.count()
	p.passed = 0
	if len(out) == before && p.once == 0 {
		p.passed = all
	}
	f.held += uint64(len(out) - before)
	return out
}

// judge decides which names of a group may leave. keys are their keys in the memory. The order of the
// names does not change the decision.
func (f *filter) judge(p *placeMemory, g *group, keys []place, out []int) []int {
	unknown := f.unknown[:0]
	for i, key := range keys {
		if !f.recurs(p, key) {
			unknown = append(unknown, i)
		}
	}
	f.unknown = unknown
	if len(unknown) == 0 {
		return out
	}
	if len(unknown)*2 > len(keys) && g.looksLikeMap() {
		p.isMap = true // that it has few entries in a later call does not make it a record
	}
	atOnce := f.atOnce(p, g, unknown)
	for _, i := range unknown {
		switch {
		case atOnce != never && spelling.IsName(g.name(i)):
			f.memory.pass(keys[i], f.call, atOnce == once)
		case !f.passesLater(p, g, keys[i]):
			out = append(out, i)
		}
	}
	return out
}

// speed is how fast names that are spelled like names pass.
type speed int

const (
	never speed = iota // they must occur in more calls
	once               // at once, as one of few that have not recurred
	known              // at once
)

// atOnce decides how fast the unknown names of a group pass that are spelled like names. It
// counts those that pass as one of few.
func (f *filter) atOnce(p *placeMemory, g *group, unknown []int) speed {
	switch {
	case p.isMap || f.config.StrictNames || p.strict || p.calls >= establishedCalls:
		return never
	case g.isBare():
		return never
	case g.count() > 1 && p.calls == 0:
		return known
	case len(unknown) >= minVariant && p.variants < maxVariants && g.varies():
		p.variants++
		return known
	}
	named := 0
	for _, i := range unknown {
		if spelling.IsName(g.name(i)) {
			named++
		}
	}
	if named > maxOnce-int(p.once) {
		return never // which of them would pass has to be independent of how they are called
	}
	p.once += uint8(named)
	return once
}

// passesLater reports whether a name that did not pass at once has occurred in enough calls.
func (f *filter) passesLater(p *placeMemory, g *group, key place) bool {
	needed := uint8(callsOfName)
	if p.isMap {
		if g.count() > maxEntries {
			return false
		}
		needed = callsOfEntry
	}
	return f.memory.learn(key, f.call, needed)
}

// recurs reports whether a name is known, and records that it has recurred if it passed at once.
func (f *filter) recurs(p *placeMemory, key place) bool {
	s := f.memory.find(key)
	if s.once && s.first != f.call {
		f.memory.know(key)
		p.once--
	}
	return s.known
}

// knows reports whether a name has occurred in a number of calls at a place, this one included.
func (f *filter) knows(at place, name string, calls uint8) bool {
	key := f.at(at, name)
	return f.memory.isKnown(key) || f.memory.learn(key, f.call, calls)
}
