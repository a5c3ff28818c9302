package traces

import "time"

// makeRoom reports whether there is room for one more service. If there are too many, it
// forgets the one that is least likely to be in use, so that a process that invents names
// cannot keep others out. The caller holds mu.
func (r *Registry) makeRoom(now time.Time) bool {
	if len(r.services) < maxServices {
		return true
	}
	var victim *service
	for _, s := range r.services {
		if s.use(now) < inUse && (victim == nil || s.lessUsedThan(victim, now)) {
			victim = s
		}
	}
	if victim == nil {
		return false
	}
	r.forget(victim)
	return true
}

// use orders services by how likely they are to be in use.
type use int

const (
	absent  use = iota // the server has no such project
	unasked            // the server has not answered yet
	unused             // the project exists, but no client has connected lately
	inUse
)

func (s *service) use(now time.Time) use {
	switch {
	case s.standing == Missing:
		return absent
	case s.standing == Unasked:
		return unasked
	case now.Sub(s.lastSeen) > clientExpiry:
		return unused
	}
	return inUse
}

// lessUsedThan orders services of the same use by the time at which they were last named.
func (s *service) lessUsedThan(o *service, now time.Time) bool {
	if s.use(now) != o.use(now) {
		return s.use(now) < o.use(now)
	}
	return s.lastSeen.Before(o.lastSeen)
}

// forgetClient forgets the client that has not connected for the longest time, of the service
// that has the most clients. The caller holds mu.
func (r *Registry) forgetClient() {
	var largest *service
	for _, s := range r.services {
		if largest == nil || len(s.clients) > len(largest.clients) {
			largest = s
		}
	}
	oldest := ""
	for name, seen := range largest.clients {
		if last, ok := largest.clients[oldest]; !ok || seen.at.Before(last.at) {
			oldest = name
		}
	}
	delete(largest.clients, oldest)
}
