package ingest

import (
	"context"

	"akita/internal/apimodel"
)

// OnEncode calls check before each model is encoded, which fails with its error.
// It must be called before Start.
func (w *Worker) OnEncode(check func(*apimodel.Model) error) {
	encode := w.encodeModel
	w.encodeModel = func(m *apimodel.Model) ([]byte, error) {
		if err := check(m); err != nil {
			return nil, err
		}
		return encode(m)
	}
}

// OnMerge calls check after each merge of a bundle into a model. It must be
// called before Start.
func (w *Worker) OnMerge(check func(*apimodel.Model)) {
	merge := w.merge
	w.merge = func(into, bundle *apimodel.Model) {
		merge(into, bundle)
		check(into)
	}
}

// Step executes one step of a Worker that is not started.
func (w *Worker) Step(ctx context.Context) (int, error) { return w.step(ctx) }

// Weights returns the weights of the caches.
func (m *Models) Weights() (inferred, idle int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.inferred.weight, m.idle.weight
}

// HeapBytes estimates the memory of a stored model.
var HeapBytes = heapBytes

// MaxQuarantined limits the files in quarantine.
const MaxQuarantined = maxQuarantined
