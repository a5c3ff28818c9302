package ingest

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"

	"akita/internal/apimodel"
	"akita/internal/store"
)

// keptModels is how many inferred models are kept.
const keptModels = 32

// Models reads what is folded. It is safe for concurrent use.
type Models struct {
	store   store.Store
	codec   *codec
	flights singleflight.Group

	mu   sync.Mutex
	kept *lru[scope, inferred] // guarded by mu
}

// scope is what a model is of: a trace, or a whole project where traceID is "".
type scope struct{ projectID, traceID string }

// inferred is a model with the position of the fold that it includes at least.
type inferred struct {
	position int64
	api      *apimodel.API
}

// NewModels returns Models of a store.
func NewModels(s store.Store) *Models {
	return &Models{store: s, codec: newCodec(), kept: newLRU[scope, inferred](keptModels)}
}

// Model returns what the model of a trace says, or, where traceID is "", that of
// all traces of the project together; where nothing is folded yet it is empty.
// What was inferred is kept until something more is folded.
func (m *Models) Model(ctx context.Context, projectID, traceID string) (*apimodel.API, error) {
	of := scope{projectID, traceID}
	position, err := m.store.ModelPosition(ctx, projectID, traceID)
	if err != nil {
		return nil, err
	}
	if position == 0 {
		return apimodel.New().Infer(), nil
	}
	if api, ok := m.latest(of, position); ok {
		return api, nil
	}
	// Who asks for the same waits for the same; who has gone ends only their own waiting.
	flight := m.flights.DoChan(fmt.Sprint(of, position), func() (any, error) {
		return m.infer(context.WithoutCancel(ctx), of, position)
	})
	select {
	case result := <-flight:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*apimodel.API), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (m *Models) latest(of scope, position int64) (*apimodel.API, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept, ok := m.kept.get(of)
	return kept.api, ok && kept.position >= position
}

func (m *Models) infer(ctx context.Context, of scope, position int64) (*apimodel.API, error) {
	model, err := m.read(ctx, of)
	if err != nil {
		return nil, err
	}
	api := model.Infer()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept.put(of, inferred{position, api}, 1)
	return api, nil
}

// read merges the stored models of a scope. What is folded in between may be in
// them already.
func (m *Models) read(ctx context.Context, of scope) (*apimodel.Model, error) {
	stored, err := m.stored(ctx, of)
	if err != nil {
		return nil, err
	}
	all := apimodel.New()
	for _, s := range stored {
		one, err := m.codec.decodeModel(s)
		if err != nil {
			return nil, err
		}
		all.Merge(one)
	}
	return all, nil
}

func (m *Models) stored(ctx context.Context, of scope) ([]store.TraceModel, error) {
	if of.traceID == "" {
		return m.store.Models(ctx, of.projectID)
	}
	one, err := m.store.Model(ctx, of.traceID)
	return []store.TraceModel{one}, err
}
