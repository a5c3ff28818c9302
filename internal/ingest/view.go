package ingest

import (
	"context"
	"maps"
	"sync"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/store"
)

// view is the model of a scope, which is brought up to date part by part: an update reads the units
// that changed since the last one.
type view struct {
	of    Scope
	store store.Store
	codec *codec

	mu      sync.Mutex
	version store.Version    // guarded by mu, as all below
	parts   map[int]*partSum // by part
	set     *endpoints.Set   // inferred from parts; nil if these changed
}

// partSum is the sum of the units of one part. Those of the newest hours are kept apart, because
// they are what changes. No model in it is changed once it is used.
type partSum struct {
	cold   *apimodel.Model // the sum of all units that start before newest; nil for none
	newest store.Hour
	hot    map[int64]*apimodel.Model // the units that start at newest, by capture
	heap   int64
}

func newView(of Scope, s store.Store, c *codec) *view {
	return &view{of: of, store: s, codec: c, parts: make(map[int]*partSum)}
}

// endpoints returns the endpoints of the scope, and roughly the memory of what it keeps.
func (v *view) endpoints(ctx context.Context) (*endpoints.Set, int64, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.update(ctx); err != nil {
		v.reset(store.Version{}) // it may be half updated
		return nil, 0, err
	}
	heap := int64(emptyBytes)
	sums := make([]*apimodel.Model, 0, len(v.parts))
	for _, p := range v.parts {
		heap += 2 * p.heap // the sum, and what is inferred from it
		if v.set == nil {
			sums = append(sums, p.sum())
		}
	}
	if v.set == nil {
		v.set = endpoints.Infer(apimodel.Union(sums))
	}
	return v.set, heap, nil
}

func (v *view) reset(version store.Version) {
	v.version, v.set = version, nil
	clear(v.parts)
}

// update reads what changed. If units are removed meanwhile, it begins again.
func (v *view) update(ctx context.Context) error {
	before, err := v.store.Version(ctx, v.of.ProjectID, v.of.TraceID)
	if err != nil {
		return err
	}
	for {
		if before.Generation != v.version.Generation {
			v.reset(store.Version{Generation: before.Generation})
		}
		if before.Last <= v.version.Last {
			return nil
		}
		if err := v.read(ctx); err != nil {
			return err
		}
		// A version may be of units that the scope does not have: those of calls that repeat.
		v.version.Last = max(v.version.Last, before.Last)
		after, err := v.store.Version(ctx, v.of.ProjectID, v.of.TraceID)
		if err != nil || after.Generation == before.Generation {
			return err
		}
		before = after
	}
}

func (v *view) read(ctx context.Context) error {
	changed, err := v.store.Units(ctx, v.of.units(v.version.Last, store.AnyPart))
	if err != nil {
		return err
	}
	for units := range runs(changed, func(a, b store.Unit) bool { return a.Part == b.Part }) {
		if err := v.change(ctx, units); err != nil {
			return err
		}
	}
	return nil
}

// change takes over changed units of one part.
func (v *view) change(ctx context.Context, units []store.Unit) (err error) {
	v.set = nil
	for _, u := range units {
		v.version.Last = max(v.version.Last, u.Version)
	}
	part := units[0].Part
	old := v.parts[part]
	if old != nil && units[0].Start < old.newest { // the units are in order
		old = nil
		if units, err = v.store.Units(ctx, v.of.units(0, part)); err != nil {
			return err
		}
	}
	sum, err := v.codec.sumUp(old, units)
	if err != nil {
		return err
	}
	v.parts[part] = sum
	return nil
}

// sumUp returns the sum of old, which may be nil, and units, which are in order. A unit replaces the
// one of the same hour and capture. sumUp does not change old.
func (c *codec) sumUp(old *partSum, units []store.Unit) (*partSum, error) {
	sum := &partSum{hot: make(map[int64]*apimodel.Model)}
	if old != nil {
		*sum = partSum{old.cold, old.newest, maps.Clone(old.hot), old.heap}
	}
	owned := false // reports whether sum.cold is a copy that may be changed
	for _, u := range units {
		m, heap, err := c.decodeModel(u)
		if err != nil {
			return nil, err
		}
		if u.Start > sum.newest && len(sum.hot) > 0 {
			if !owned {
				sum.cold, owned = copyOf(sum.cold), true
			}
			for _, hot := range sum.hot {
				sum.cold.Merge(hot)
			}
			clear(sum.hot)
		}
		sum.newest, sum.hot[u.CaptureID] = u.Start, m
		sum.heap = max(sum.heap, heap)
	}
	return sum, nil
}

// copyOf returns a copy of m, the empty model for nil.
func copyOf(m *apimodel.Model) *apimodel.Model {
	if m == nil {
		return apimodel.New()
	}
	return m.Clone()
}

// sum returns the sum of all units. Do not change it.
func (p *partSum) sum() *apimodel.Model {
	if p.cold == nil && len(p.hot) == 1 {
		for _, m := range p.hot {
			return m
		}
	}
	sum := copyOf(p.cold)
	for _, m := range p.hot {
		sum.Merge(m)
	}
	return sum
}
