package ingest

import "sync"

// idleTraces keeps the merged model of the traces of a project that are idle:
// those whose models did not change between two merges. While one trace grows,
// the idle ones need not be read again. It is safe for concurrent use.
type idleTraces struct {
	mu     sync.Mutex
	model  weighed
	merged map[string]int64 // the traces in model, with their positions
	seen   map[string]int64 // the positions of all traces at the last merge
}

// halfMerged is not the position of any fold, so a trace with it is never valid.
const halfMerged = -1

func newIdleTraces() *idleTraces {
	return &idleTraces{model: newWeighed(), merged: map[string]int64{}}
}

// merge returns the model of all traces at the given positions or later ones. If
// a trace changes that was idle, all traces are merged again.
func (t *idleTraces) merge(
	positions map[string]int64, load func(traceID string) (weighed, error),
) (weighed, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.valid(positions) {
		t.model, t.merged = newWeighed(), map[string]int64{}
	}
	growing := newWeighed()
	for traceID, position := range positions {
		if _, ok := t.merged[traceID]; ok {
			continue
		}
		one, err := load(traceID)
		if err != nil {
			return weighed{}, err
		}
		if t.seen[traceID] != position {
			growing.merge(one)
			continue
		}
		t.merged[traceID] = halfMerged // in case merge panics
		t.model.merge(one)
		t.merged[traceID] = position
	}
	t.seen = positions
	growing.merge(t.model)
	return growing, nil
}

// valid reports whether no merged trace has changed.
func (t *idleTraces) valid(positions map[string]int64) bool {
	for traceID, position := range t.merged {
		if positions[traceID] != position {
			return false
		}
	}
	return true
}

// heapBytes returns roughly the memory of the merged model.
func (t *idleTraces) heapBytes() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.model.heapBytes
}
