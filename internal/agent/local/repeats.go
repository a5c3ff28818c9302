package local

import (
	"hash/maphash"
	"slices"
	"sync"
	"time"
)

// Bounds of what repeats remembers. Earlier middlewares send a call for each trace at once.
const (
	repeatWindow = 10 * time.Second
	maxSightings = 50_000
)

// repeats recognises calls that a middleware sends once for each trace, by their content. It keeps
// no content, only digests with a key that no one knows. Its methods are safe for concurrent use.
type repeats struct {
	seed maphash.Seed

	mu    sync.Mutex
	known map[digest]*sighting
	order []agedDigest // oldest first
}

// digest identifies a call of a client. Two calls of 50,000 have the same one with a probability of
// one in ten billion.
type digest uint64

type agedDigest struct {
	digest
	at time.Time
}

// sighting is how often a call came for each trace.
type sighting []struct {
	traceID string
	times   int
}

func newRepeats() *repeats {
	return &repeats{seed: maphash.MakeSeed(), known: make(map[digest]*sighting)}
}

// digest returns the digest of an event, with the time at which the call began, of a client.
func (r *repeats) digest(service, client string, event []byte) digest {
	var h maphash.Hash
	h.SetSeed(r.seed)
	for _, name := range []string{service, client} {
		_, _ = h.WriteString(name) // never fails, and so do the others
		_ = h.WriteByte(0)
	}
	_, _ = h.Write(event)
	return digest(h.Sum64())
}

// note records that a call came for a trace, and returns the other traces for which the same call
// has come, in order. If calls are alike, the second one for a trace repeats the second ones for
// others.
func (r *repeats) note(d digest, traceID string, now time.Time) (others []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forgetOld(now)
	s := r.known[d]
	if s == nil {
		s = new(sighting)
		r.known[d] = s
		r.order = append(r.order, agedDigest{d, now})
	}
	times := s.add(traceID, 1)
	for _, of := range *s {
		if of.traceID != traceID && of.times >= times {
			others = append(others, of.traceID)
		}
	}
	slices.Sort(others)
	return others
}

// revoke undoes note, because the call was not taken.
func (r *repeats) revoke(d digest, traceID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.known[d]; s != nil {
		s.add(traceID, -1)
	}
}

func (s *sighting) add(traceID string, n int) (times int) {
	for i, of := range *s {
		if of.traceID == traceID {
			(*s)[i].times = max(0, of.times+n)
			return (*s)[i].times
		}
	}
	*s = append(*s, struct {
		traceID string
		times   int
	}{traceID, max(0, n)})
	return max(0, n)
}

func (r *repeats) forgetOld(now time.Time) {
	n := 0
	for n < len(r.order) && (now.Sub(r.order[n].at) > repeatWindow || len(r.order)-n >= maxSightings) {
		delete(r.known, r.order[n].digest)
		n++
	}
	r.order = r.order[n:]
}
