package ingest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/store"
)

// viewBytes is a rough limit of the memory of Models.
const viewBytes = 256 << 20

// Models infers endpoints from the stored units. It is safe for concurrent use.
type Models struct {
	store   store.Store
	codec   *codec
	flights singleflight.Group

	mu    sync.Mutex
	views *lru[Scope, *view] // guarded by mu
}

// Scope selects calls: those of a project, or of one of its traces.
type Scope struct {
	ProjectID string
	TraceID   string // "" for all traces
	// From and To select the units that have an hour from From up to, but not including, To. 0 is no
	// limit.
	From, To store.Hour
}

func (s Scope) units(after int64, part int) store.Units {
	return store.Units{
		ProjectID: s.ProjectID, TraceID: s.TraceID, From: s.From, To: s.To, After: after, Part: part,
	}
}

// NewModels returns Models that read from s.
func NewModels(s store.Store) *Models {
	return &Models{store: s, codec: newCodec(), views: newLRU[Scope, *view](viewBytes)}
}

// Endpoints returns the endpoints of a scope. They are empty if nothing is folded yet. The result is
// kept: a later call costs what was folded since.
func (m *Models) Endpoints(ctx context.Context, of Scope) (*endpoints.Set, error) {
	version, err := m.Version(ctx, of)
	if errors.Is(err, store.ErrNotFound) {
		return endpoints.Infer(apimodel.New()), nil
	}
	if err != nil {
		return nil, err
	}
	// Concurrent callers share one inference, so it must outlive the context of each.
	flight := m.flights.DoChan(fmt.Sprint(of, version), func() (any, error) {
		var set *endpoints.Set
		err := guard(func() (err error) { // a panic under DoChan would end the process
			set, err = m.view(context.WithoutCancel(ctx), of)
			return err
		})
		return set, err
	})
	select {
	case result := <-flight:
		if errors.Is(result.Err, store.ErrNotFound) { // the project was deleted meanwhile
			return endpoints.Infer(apimodel.New()), nil
		}
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*endpoints.Set), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Version identifies what Endpoints returns for the same scope: while it stays the same, so do the
// endpoints. It returns store.ErrNotFound if there is no such project.
func (m *Models) Version(ctx context.Context, of Scope) (string, error) {
	version, err := m.store.Version(ctx, of.ProjectID, of.TraceID)
	return fmt.Sprintf("%d/%d", version.Generation, version.Last), err
}

// view brings the view of a scope up to date.
func (m *Models) view(ctx context.Context, of Scope) (*endpoints.Set, error) {
	v := m.viewOf(of)
	set, heap, err := v.endpoints(ctx)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.views.put(of, v, heap)
	return set, nil
}

func (m *Models) viewOf(of Scope) *view {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.views.get(of)
	if !ok {
		v = newView(of, m.store, m.codec)
		m.views.put(of, v, emptyBytes)
	}
	return v
}
