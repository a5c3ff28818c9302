package ingest

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

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

	last   atomic.Pointer[snapshot] // what the last update made
	behind atomic.Bool              // whether somebody was given last while an update was made
}

// snapshot is what an update of a view made.
type snapshot struct {
	set     *endpoints.Set
	version store.Version
	taken   time.Time // when the update began
}

// covers reports whether a snapshot has all that a version has.
func (s *snapshot) covers(v store.Version) bool {
	return s.version.Generation == v.Generation && s.version.Last >= v.Last
}

// partSum is the sum of the units of one part. What it is made of is kept encoded, because that takes
// a tenth of the memory. The units of the newest hours are kept apart, because they are what changes.
type partSum struct {
	total  *apimodel.Model // the sum of all units; it does not change
	cold   []byte          // the encoded sum of the units that start before newest; nil for none
	newest store.Hour
	hot    map[int64]store.Unit // the units that start at newest, by capture
	heap   int64
}

func newView(of Scope, s store.Store, c *codec) *view {
	return &view{of: of, store: s, codec: c, parts: make(map[int]*partSum), memo: endpoints.NewMemo()}
}

// whileUpdating returns what the last update made, or a later one, if that suits; otherwise nil.
func (v *view) whileUpdating(suits func(*snapshot) bool) *snapshot {
	if s := v.last.Load(); s == nil || !suits(s) {
		return nil
	}
	v.behind.Store(true) // before last is read again, so that update sees it
	return v.last.Load()
}

// update brings the view up to date. It reports whether somebody was given the last snapshot meanwhile,
// and roughly the memory of what the view keeps.
func (v *view) update(ctx context.Context, now time.Time) (taken *snapshot, behind bool, heap int64, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.readAll(ctx); err != nil {
		v.reset(store.Version{}) // it may be half updated
		return nil, false, 0, err
	}
	if v.set == nil {
		v.set = v.memo.Infer(v.union())
	}
	taken = &snapshot{v.set, v.version, now}
	v.last.Store(taken)
	return taken, v.behind.Swap(false), v.heap(), nil
}

// model brings the sums up to date and returns a copy of the sum of all, without an inference. heap is
// roughly the memory of what the view keeps.
func (v *view) model(ctx context.Context) (sum *apimodel.Model, version store.Version, heap int64, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.readAll(ctx); err != nil {
		v.reset(store.Version{})
		return nil, store.Version{}, 0, err
	}
	return v.union().Clone(), v.version, v.heap(), nil
}

// union returns the sum of all parts, which shares memory with them.
func (v *view) union() *apimodel.Model {
	sums := make([]*apimodel.Model, 0, len(v.parts))
	for _, p := range v.parts {
		sums = append(sums, p.total)
	}
	return apimodel.Union(sums)
}

// heap returns roughly the memory of what the view keeps.
func (v *view) heap() int64 {
	heap := int64(emptyBytes)
	for _, p := range v.parts {
		heap += 2 * p.heap // the sum, and what is inferred from it
	}
	return heap
}

func (v *view) reset(version store.Version) {
	v.version, v.set, v.memo = version, nil, endpoints.NewMemo()
	clear(v.parts)
}

// readAll reads what changed. If units are removed meanwhile, it begins again.
func (v *view) readAll(ctx context.Context) error {
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

// change returns the new sum of a part, some of whose units have changed. It only reads v.
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
	a := adder{codec: c, partSum: &partSum{hot: make(map[int64]store.Unit)}}
	if old != nil {
		*a.partSum = partSum{cold: old.cold, newest: old.newest, hot: maps.Clone(old.hot), heap: old.heap}
	}
	for _, u := range units {
		if u.Sum || u.Start > a.newest && len(a.hot) > 0 {
			a.cool()
		}
		if u.Sum {
			a.add(u)
			a.newest = u.Start + store.Hour(u.Hours)
		} else {
			a.newest, a.hot[u.CaptureID] = u.Start, u
		}
	}
	if a.total != nil && a.err == nil {
		a.cold, a.err = a.codec.encodeModel(a.total, false)
	}
	a.begin()
	for _, u := range a.hot {
		a.add(u)
	}
	return a.partSum, a.err
}

// adder adds units to the total of a part. After an error, it does nothing.
type adder struct {
	*partSum

	codec *codec
	err   error
}

// begin makes total the sum of the cold units, unless it is more already. It stays nil if there are
// none.
func (a *adder) begin() {
	if a.err == nil && a.total == nil && a.cold != nil {
		a.total, a.heap, a.err = a.codec.decode(a.cold)
	}
}

// cool makes the hot units cold.
func (a *adder) cool() {
	a.begin()
	for _, u := range a.hot {
		a.add(u)
	}
	clear(a.hot)
}

func (a *adder) add(u store.Unit) {
	if a.err != nil {
		return
	}
	m, heap, err := a.codec.decodeModel(u)
	if err != nil {
		a.err = err
		return
	}
	if a.heap = max(a.heap, heap); a.total == nil {
		a.total = m
	} else {
		a.total.Merge(m)
	}
}
