package ingest

import (
	"context"

	"akita/internal/apimodel"
)

// OnEncode has each model looked at before it is encoded; an error is that of
// encoding it. To be called before Start.
func (f *Folder) OnEncode(look func(*apimodel.Model) error) {
	encode := f.encodeModel
	f.encodeModel = func(m *apimodel.Model) ([]byte, error) {
		if err := look(m); err != nil {
			return nil, err
		}
		return encode(m)
	}
}

// OnMerge has each model looked at when a bundle has been merged into it. To be
// called before Start.
func (f *Folder) OnMerge(look func(*apimodel.Model)) {
	merge := f.merge
	f.merge = func(into, bundle *apimodel.Model) {
		merge(into, bundle)
		look(into)
	}
}

// Step folds some of what is queued, in place of Start.
func (f *Folder) Step(ctx context.Context) (int, error) { return f.step(ctx) }

// Weights returns what the inferred and the settled models are taken to weigh.
func (m *Models) Weights() (inferred, settled int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.kept.weight, m.settled.weight
}

// HeapBytes is what a stored model takes in memory.
var HeapBytes = heapBytes

// MaxQuarantined bounds the files in quarantine.
const MaxQuarantined = maxQuarantined
