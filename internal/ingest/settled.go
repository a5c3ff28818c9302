package ingest

import "sync"

// settled keeps the merged model of those traces of a project that have come to
// rest, so that while one trace grows the many that have ended need not be read
// again. It is safe for concurrent use.
type settled struct {
	mu     sync.Mutex
	model  sized
	traces map[string]int64 // that are in model, with the positions of then
	seen   map[string]int64 // positions of all traces when they were merged last
}

// halfMerged is the position of no fold: what has it settled is not valid.
const halfMerged = -1

func newSettled() *settled {
	return &settled{model: newSized(), traces: map[string]int64{}}
}

// merge returns the model of all traces at the given positions, or later ones.
// A trace settles when it has not changed from one merge to the next; if one
// changes after that, all start again.
func (s *settled) merge(positions map[string]int64, load func(traceID string) (sized, error)) (sized, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.valid(positions) {
		s.model, s.traces = newSized(), map[string]int64{}
	}
	growing := newSized()
	for traceID, position := range positions {
		if _, ok := s.traces[traceID]; ok {
			continue
		}
		one, err := load(traceID)
		if err != nil {
			return sized{}, err
		}
		if s.seen[traceID] != position {
			growing.merge(one)
			continue
		}
		s.traces[traceID] = halfMerged // if merge panics
		s.model.merge(one)
		s.traces[traceID] = position
	}
	s.seen = positions
	growing.merge(s.model)
	return growing, nil
}

// valid reports whether the settled traces are as they were.
func (s *settled) valid(positions map[string]int64) bool {
	for traceID, position := range s.traces {
		if positions[traceID] != position {
			return false
		}
	}
	return true
}

// heapBytes is about what the settled model takes in memory.
func (s *settled) heapBytes() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.model.heapBytes
}
