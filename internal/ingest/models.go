package ingest

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"golang.org/x/sync/singleflight"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/store"
)

// Rough limits of the memory of Models.
const (
	inferredBytes = 128 << 20 // inferred endpoints, estimated by the models they were inferred from
	idleBytes     = 128 << 20 // merged models of idle traces
)

// Models infers endpoints from the stored models. It is safe for concurrent use.
type Models struct {
	store   store.Store
	codec   *codec
	flights singleflight.Group

	mu       sync.Mutex
	inferred *lru[scope, inferred]     // guarded by mu
	idle     *lru[string, *idleTraces] // by project id; guarded by mu
}

// scope identifies a model: that of a trace, or of a project if traceID is "".
type scope struct{ projectID, traceID string }

// inferred holds endpoints that include every fold up to position.
type inferred struct {
	position int64
	set      *endpoints.Set
}

// NewModels returns Models that read from s.
func NewModels(s store.Store) *Models {
	return &Models{
		store: s, codec: newCodec(),
		inferred: newLRU[scope, inferred](inferredBytes), idle: newLRU[string, *idleTraces](idleBytes),
	}
}

// Endpoints returns the endpoints of a trace, or of all traces of the project if
// traceID is "". They are empty if nothing is folded yet. The result is cached
// until more is folded.
func (m *Models) Endpoints(ctx context.Context, projectID, traceID string) (*endpoints.Set, error) {
	of := scope{projectID, traceID}
	positions, latest, err := m.positions(ctx, of)
	if err != nil {
		return nil, err
	}
	if len(positions) == 0 {
		return endpoints.Infer(apimodel.New()), nil
	}
	if set, ok := m.get(of, latest); ok {
		return set, nil
	}
	// Concurrent callers share one inference, so it must outlive the context of each.
	flight := m.flights.DoChan(fmt.Sprint(of, latest), func() (any, error) {
		var set *endpoints.Set
		err := guard(func() (err error) { // a panic under DoChan would end the process
			set, err = m.infer(context.WithoutCancel(ctx), of, latest, positions)
			return err
		})
		return set, err
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

// Version identifies what Endpoints returns for the same arguments: while it stays the same, so do
// the endpoints.
func (m *Models) Version(ctx context.Context, projectID, traceID string) (string, error) {
	positions, latest, err := m.positions(ctx, scope{projectID, traceID})
	return fmt.Sprintf("%d/%d", len(positions), latest), err
}

// positions returns the positions of the stored models in a scope by trace id, and the latest of
// them.
func (m *Models) positions(ctx context.Context, of scope) (all map[string]int64, latest int64, err error) {
	all, err = m.store.ModelPositions(ctx, of.projectID)
	if of.traceID != "" {
		maps.DeleteFunc(all, func(id string, _ int64) bool { return id != of.traceID })
	}
	for _, position := range all {
		latest = max(latest, position)
	}
	return all, latest, err
}

// get returns cached endpoints that include every fold up to position.
func (m *Models) get(of scope, position int64) (*endpoints.Set, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	cached, ok := m.inferred.get(of)
	return cached.set, ok && cached.position >= position
}

func (m *Models) infer(
	ctx context.Context, of scope, latest int64, positions map[string]int64,
) (*endpoints.Set, error) {
	read, err := m.read(ctx, of, positions)
	if err != nil {
		return nil, err
	}
	set := endpoints.Infer(read.model)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.inferred.put(of, inferred{latest, set}, read.heapBytes)
	return set, nil
}

// read reads the model of a scope. It may include folds after positions.
func (m *Models) read(ctx context.Context, of scope, positions map[string]int64) (weighed, error) {
	if of.traceID != "" {
		return m.load(ctx, of.traceID)
	}
	idle := m.idleOf(of.projectID)
	defer m.weigh(of.projectID, idle)
	return idle.merge(positions, func(traceID string) (weighed, error) { return m.load(ctx, traceID) })
}

func (m *Models) load(ctx context.Context, traceID string) (weighed, error) {
	stored, err := m.store.Model(ctx, traceID)
	if err != nil {
		return weighed{}, err
	}
	return m.codec.decodeModel(stored)
}

func (m *Models) idleOf(projectID string) *idleTraces {
	m.mu.Lock()
	defer m.mu.Unlock()
	idle, ok := m.idle.get(projectID)
	if !ok {
		idle = newIdleTraces()
		m.idle.put(projectID, idle, emptyBytes)
	}
	return idle
}

// weigh updates the weight of a project's idle traces in the cache.
func (m *Models) weigh(projectID string, idle *idleTraces) {
	size := idle.heapBytes()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.idle.put(projectID, idle, size)
}
