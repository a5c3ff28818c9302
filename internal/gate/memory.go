package gate

// Limits of the memory of a gate. It takes about 8 MB when it is full.
const (
	maxPlaces = 1 << 16
	maxNames  = 1 << 17 // in each of two generations
)

// memory holds what a gate has seen, under salted hashes.
//
// Places are never forgotten. If there are too many, a new one counts as established: otherwise a
// client could make known places new again by inventing others. If there are too many names, the
// older generation is forgotten, and its names must recur.
type memory struct {
	places      map[place]*placeMemory
	maxPlaces   int
	names, past map[place]sightings
	maxNames    int
	overflow    placeMemory    // for all places over the limit
	hosts       map[place]bool // that pass; they are never forgotten
	consumers   map[place]bool // the same for labels of consumers
}

// placeMemory holds what is known of a place.
type placeMemory struct {
	passed   place // of all names of the last call, if all of them passed
	calls    uint8 // until it is established
	once     uint8 // names that passed at once and have not recurred
	variants uint8 // kinds of records that passed at once after the first
	isMap    bool  // an object here looked like a map
	strict   bool  // nothing passes at once
}

func (p *placeMemory) count() {
	if p.calls < establishedCalls {
		p.calls++
	}
}

// sightings counts the calls of a name that has not passed yet.
type sightings struct {
	first, second uint32 // hashes of the first two calls
	calls         uint8
	known         bool // it passes
	once          bool // it passed in its first call and has not recurred
}

func newMemory(maxPlaces, maxNames int) memory {
	return memory{
		places: make(map[place]*placeMemory), maxPlaces: maxPlaces,
		names: make(map[place]sightings), maxNames: maxNames,
		overflow: placeMemory{calls: establishedCalls, strict: true}, hosts: make(map[place]bool),
		consumers: make(map[place]bool),
	}
}

func (m *memory) place(at place) *placeMemory {
	if p := m.places[at]; p != nil {
		return p
	}
	if len(m.places) >= m.maxPlaces {
		return &m.overflow
	}
	p := new(placeMemory)
	m.places[at] = p
	return p
}

// isKnown reports whether a name passes.
func (m *memory) isKnown(key place) bool { return m.find(key).known }

// know lets a name pass from now on.
func (m *memory) know(key place) { m.put(key, sightings{known: true}) }

// pass lets a name pass from now on, in its first call. If once is true, the name has to recur.
func (m *memory) pass(key place, call uint32, once bool) {
	m.put(key, sightings{first: call, known: true, once: once})
}

// sighted counts a call with a name, and returns the number of its calls. A call that is one of
// the first two does not count again.
func (m *memory) sighted(key place, call uint32) uint8 {
	s := m.find(key)
	switch {
	case s.calls == 0:
		s.first = call
	case call == s.first || s.calls > 1 && call == s.second:
		return s.calls
	case s.calls == 1:
		s.second = call
	}
	s.calls++
	m.put(key, s)
	return s.calls
}

// learn counts a call with a name, and lets the name pass if it has occurred in enough calls.
func (m *memory) learn(key place, call uint32, needed uint8) bool {
	if m.sighted(key, call) < needed {
		return false
	}
	m.know(key)
	return true
}

// find returns what is known of a name, and moves it to the current generation.
func (m *memory) find(key place) sightings {
	if s, ok := m.names[key]; ok {
		return s
	}
	s, ok := m.past[key]
	if ok {
		m.put(key, s)
	}
	return s
}

func (m *memory) put(key place, s sightings) {
	if _, ok := m.names[key]; !ok && len(m.names) >= m.maxNames {
		m.past, m.names = m.names, make(map[place]sightings)
	}
	m.names[key] = s
}
