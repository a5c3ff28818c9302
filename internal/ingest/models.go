package ingest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/store"
)

// viewBytes is a rough limit of the memory of Models.
const viewBytes = 256 << 20

// maxAge is how old the endpoints may be that Recent returns.
const maxAge = 5 * time.Second

// ModelsConfig holds the settings of Models. Store is required.
type ModelsConfig struct {
	Store store.Store
	// OnUpdate is called when the endpoints of a project are up to date that were not when Recent
	// returned them. It must not block. Optional.
	OnUpdate func(projectID string)
	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

func (c *ModelsConfig) setDefaults() {
	if c.OnUpdate == nil {
		c.OnUpdate = func(string) {}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
}

// Models infers endpoints from the stored units. It is safe for concurrent use.
type Models struct {
	config  ModelsConfig
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

// NewModels returns Models.
func NewModels(config ModelsConfig) *Models {
	config.setDefaults()
	return &Models{config: config, codec: newCodec(), views: newLRU[Scope, *view](viewBytes)}
}

// Endpoints returns the endpoints of a scope. They are empty if nothing is folded yet. The result is
// kept: a later call costs what was folded since.
func (m *Models) Endpoints(ctx context.Context, of Scope) (*endpoints.Set, error) {
	set, _, err := m.Recent(ctx, of, math.MaxInt64)
	return set, err
}

// Recent is like Endpoints. If an update takes longer than patience, it returns the endpoints before
// the update, unless they are older than a few seconds or something was deleted since. The update goes
// on. Version is that of the returned endpoints.
func (m *Models) Recent(
	ctx context.Context, of Scope, patience time.Duration,
) (set *endpoints.Set, version string, err error) {
	current, err := m.config.Store.Version(ctx, of.ProjectID, of.TraceID)
	if err != nil {
		return emptyIfMissing(err)
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for first := true; ; {
		// Concurrent callers share one update, so it must outlive the context of each.
		flight := m.flights.DoChan(fmt.Sprint(of), func() (any, error) { return m.update(context.WithoutCancel(ctx), of) })
		select {
		case result := <-flight:
			if result.Err != nil {
				return emptyIfMissing(result.Err)
			}
			// The first update may have begun before this call. The second one has not.
			if s := result.Val.(*snapshot); !first || s.covers(current) {
				return s.set, versionText(s.version), nil
			}
			first = false
		case <-timer.C:
			now := m.config.Now()
			s := m.viewOf(of).whileUpdating(func(s *snapshot) bool {
				return s.version.Generation == current.Generation && now.Sub(s.taken) <= maxAge
			})
			if s != nil {
				return s.set, versionText(s.version), nil
			}
		case <-ctx.Done():
			return nil, "", ctx.Err()
		}
	}
}

// Model returns the sum of the units of a scope, with its version. It is empty if there is no such project,
// or nothing is folded yet. The caller owns it.
func (m *Models) Model(ctx context.Context, of Scope) (sum *apimodel.Model, version string, err error) {
	err = guard(func() error {
		v := m.viewOf(of)
		model, at, heap, err := v.model(ctx)
		if errors.Is(err, store.ErrNotFound) {
			sum = apimodel.New()
			return nil
		}
		if err != nil {
			return err
		}
		sum, version = model, versionText(at)
		m.mu.Lock()
		m.views.put(of, v, heap)
		m.mu.Unlock()
		return nil
	})
	return sum, version, err
}

// emptyIfMissing returns no endpoints if err says that there is no such project, or no longer one.
func emptyIfMissing(err error) (*endpoints.Set, string, error) {
	if errors.Is(err, store.ErrNotFound) {
		return endpoints.Infer(apimodel.New()), "", nil
	}
	return nil, "", err
}

// Version identifies what Endpoints returns for the same scope: while it stays the same, so do the
// endpoints. It returns store.ErrNotFound if there is no such project.
func (m *Models) Version(ctx context.Context, of Scope) (string, error) {
	version, err := m.config.Store.Version(ctx, of.ProjectID, of.TraceID)
	return versionText(version), err
}

func versionText(v store.Version) string { return fmt.Sprintf("%d/%d", v.Generation, v.Last) }

// update brings the view of a scope up to date.
func (m *Models) update(ctx context.Context, of Scope) (s *snapshot, err error) {
	err = guard(func() error { // a panic under DoChan would end the process
		v := m.viewOf(of)
		taken, behind, heap, err := v.update(ctx, m.config.Now())
		if err != nil {
			return err
		}
		s = taken
		m.mu.Lock()
		m.views.put(of, v, heap)
		m.mu.Unlock()
		if behind {
			m.config.OnUpdate(of.ProjectID)
		}
		return nil
	})
	return s, err
}

func (m *Models) viewOf(of Scope) *view {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.views.get(of)
	if !ok {
		v = newView(of, m.config.Store, m.codec)
		m.views.put(of, v, emptyBytes)
	}
	return v
}
