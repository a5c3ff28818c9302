package ingest

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

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
	memo    *endpoints.Memo  // what was inferred before
}

// partSum is the sum of the units of one part. Those of the newest hours are kept apart, because
// they are what changes. No model in it is changed once it is used.
type partSum struct {
	cold   *apimodel.Model // the sum of all units that start before newest; nil for none
	newest store.Hour
	hot    map[int64]*apimodel.Model // the units that start at newest, by capture
	heap   int64
	total  *apimodel.Model // the cache of sum
}

func newView(of Scope, s store.Store, c *codec) *view {
	return &view{of: of, store: s, codec: c, parts: make(map[int]*partSum), memo: endpoints.NewMemo()}
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
		v.set = v.memo.Infer(apimodel.Union(sums))
	}
	return v.set, heap, nil
}

func (v *view) reset(version store.Version) {
	v.version, v.set, v.memo = version, nil, endpoints.NewMemo()
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
		after, err := v.store.Version(ctx, v.of.ProjectID, v.of.TraceID)
		if err != nil || after.Generation == before.Generation {
			return err
		}
		before = after
	}
}

func (v *view) read(ctx context.Context) error {
	of := v.of.units(v.version.Last, store.AnyPart)
	of.Sums = of.After == 0
	changed, err := v.store.Units(ctx, of)
	if err != nil {
		return err
	}
	if len(changed) == 0 {
		return nil
	}
	v.set = nil
	for _, u := range changed {
		v.version.Last = max(v.version.Last, u.Version)
	}
	byPart := slices.Collect(runs(changed, func(a, b store.Unit) bool { return a.Part == b.Part }))
	sums := make([]*partSum, len(byPart))
	group, changing := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, units := range byPart {
		group.Go(func() error {
			return guard(func() (err error) { // a panic of a goroutine would end the process
				sums[i], err = v.change(changing, units)
				return err
			})
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, units := range byPart {
		v.parts[units[0].Part] = sums[i]
	}
	return nil
}

// change returns the sum of a part of which units have changed. It only reads v.
func (v *view) change(ctx context.Context, units []store.Unit) (sum *partSum, err error) {
	part := units[0].Part
	old := v.parts[part]
	if old != nil && units[0].Start < old.newest { // the units are in order
		old = nil
		of := v.of.units(0, part)
		of.Sums = true
		if units, err = v.store.Units(ctx, of); err != nil {
			return nil, err
		}
	}
	return v.codec.sumUp(old, units)
}

// sumUp returns the sum of old, which may be nil, and units, which are in order. A unit replaces the
// one of the same hour and capture. Sums are only among units if old is nil: they are never hot,
// because a unit that they hold may change. sumUp does not change old.
func (c *codec) sumUp(old *partSum, units []store.Unit) (*partSum, error) {
	sum := &partSum{hot: make(map[int64]*apimodel.Model)}
	if old != nil {
		*sum = partSum{cold: old.cold, newest: old.newest, hot: maps.Clone(old.hot), heap: old.heap}
	}
	owned := false // reports whether sum.cold is a copy that may be changed
	cool := func() {
		if !owned {
			sum.cold, owned = copyOf(sum.cold), true
		}
		for _, hot := range sum.hot {
			sum.cold.Merge(hot)
		}
		clear(sum.hot)
	}
	for _, u := range units {
		m, heap, err := c.decodeModel(u)
		if err != nil {
			return nil, err
		}
		sum.heap = max(sum.heap, heap)
		if u.Sum {
			cool()
			sum.cold.Merge(m)
			sum.newest = u.Start + store.Hour(u.Hours)
			continue
		}
		if u.Start > sum.newest && len(sum.hot) > 0 {
			cool()
		}
		sum.newest, sum.hot[u.CaptureID] = u.Start, m
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

// sum returns the sum of all units, the same model each time. Do not change it.
func (p *partSum) sum() *apimodel.Model {
	if p.total == nil {
		p.total = p.sumOfUnits()
	}
	return p.total
}

func (p *partSum) sumOfUnits() *apimodel.Model {
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
