package ingest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"golang.org/x/sync/singleflight"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/store"
)

// How much is kept in memory, about. What was used last stays even if it takes more.
const (
	keptBytes    = 128 << 20 // inferred models, each taken to be as large as what it was inferred from
	settledBytes = 128 << 20 // settled models of projects
)

// Models reads what is folded. It is safe for concurrent use.
type Models struct {
	store   store.Store
	codec   *codec
	flights singleflight.Group

	mu      sync.Mutex
	kept    *lru[scope, inferred]  // guarded by mu
	settled *lru[string, *settled] // by project id; guarded by mu
}

// scope is what a model is of: a trace, or a whole project where traceID is "".
type scope struct{ projectID, traceID string }

// inferred is a model with the position of the fold that it includes at least.
type inferred struct {
	position int64
	api      *endpoints.Set
}

// NewModels returns Models of a store.
func NewModels(s store.Store) *Models {
	return &Models{store: s, codec: newCodec(), kept: newLRU[scope, inferred](keptBytes), settled: newLRU[string, *settled](settledBytes)}
}

// Model returns what the model of a trace says, or, where traceID is "", that of
// all traces of the project together; where nothing is folded yet it is empty.
// What was inferred is kept until something more is folded.
func (m *Models) Model(ctx context.Context, projectID, traceID string) (*endpoints.Set, error) {
	positions, err := m.store.ModelPositions(ctx, projectID)
	if err != nil {
		return nil, err
	}
	if traceID != "" {
		maps.DeleteFunc(positions, func(id string, _ int64) bool { return id != traceID })
	}
	if len(positions) == 0 {
		return endpoints.Infer(apimodel.New()), nil
	}
	of, latest := scope{projectID, traceID}, slices.Max(slices.Collect(maps.Values(positions)))
	if api, ok := m.get(of, latest); ok {
		return api, nil
	}
	// Who asks for the same waits for the same; who has gone ends only their own waiting.
	flight := m.flights.DoChan(fmt.Sprint(of, latest), func() (any, error) {
		var api *endpoints.Set
		err := guard(func() (err error) { // since DoChan ends the process at a panic
			api, err = m.infer(context.WithoutCancel(ctx), of, latest, positions)
			return err
		})
		return api, err
	})
	select {
	case result := <-flight:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*endpoints.Set), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// get returns a model that was inferred at the position or later.
func (m *Models) get(of scope, position int64) (*endpoints.Set, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept, ok := m.kept.get(of)
	return kept.api, ok && kept.position >= position
}

func (m *Models) infer(ctx context.Context, of scope, latest int64, positions map[string]int64) (*endpoints.Set, error) {
	read, err := m.read(ctx, of, positions)
	if err != nil {
		return nil, err
	}
	api := endpoints.Infer(read.model)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept.put(of, inferred{latest, api}, read.heapBytes)
	return api, nil
}

// read reads the model of a scope. What is folded in between may be in it.
func (m *Models) read(ctx context.Context, of scope, positions map[string]int64) (sized, error) {
	if of.traceID != "" {
		return m.load(ctx, of.traceID)
	}
	s := m.settledOf(of.projectID)
	defer m.weigh(of.projectID, s)
	return s.merge(positions, func(traceID string) (sized, error) { return m.load(ctx, traceID) })
}

func (m *Models) load(ctx context.Context, traceID string) (sized, error) {
	stored, err := m.store.Model(ctx, traceID)
	if err != nil {
		return sized{}, err
	}
	return m.codec.decodeModel(stored)
}

func (m *Models) settledOf(projectID string) *settled {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.settled.get(projectID)
	if !ok {
		s = newSettled()
		m.settled.put(projectID, s, emptyBytes)
	}
	return s
}

// weigh keeps a settled model by its present size.
func (m *Models) weigh(projectID string, s *settled) {
	size := s.heapBytes()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.settled.put(projectID, s, size)
}
