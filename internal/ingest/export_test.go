package ingest

import (
	"context"

	"akita/internal/apimodel"
	"akita/internal/delta"
	"akita/internal/series"
)

// OnEncode calls check before each model is encoded, which fails with its error.
// It must be called before Start.
func (w *Worker) OnEncode(check func(*apimodel.Model) error) {
	encode := w.encodeModel
	w.encodeModel = func(m *apimodel.Model, compress bool) ([]byte, error) {
		if err := check(m); err != nil {
			return nil, err
		}
		return encode(m, compress)
	}
}

// OnMerge calls check after each merge of a bundle into a model. It must be
// called before Start.
func (w *Worker) OnMerge(check func(*apimodel.Model)) {
	merge := w.merge
	w.merge = func(into *apimodel.Model, calls *delta.Sum, minute int) (*series.Series, error) {
		counts, err := merge(into, calls, minute)
		check(into)
		return counts, err
	}
}

// Step executes one step of a Worker that is not started.
func (w *Worker) Step(ctx context.Context) (int, error) { return w.step(ctx) }

// Work executes one step of a Worker that is not started, as the goroutine does.
func (w *Worker) Work(ctx context.Context) (int, error) {
	folded, _, err := w.work(ctx)
	return folded, err
}

// JoinOne joins one day or month.
func (w *Worker) JoinOne(ctx context.Context) (bool, error) { return w.joinOne(ctx) }

// MaxQuarantined limits the files in quarantine.
const MaxQuarantined = maxQuarantined

// MaxAge is how old endpoints may be that are not up to date.
const MaxAge = maxAge
