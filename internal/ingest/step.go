package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"akita/internal/queue"
	"akita/internal/store"
)

// Limits of one step.
const (
	stepItems = 256
	stepBytes = 16 << 20
)

// step collects the changes of one transaction.
type step struct {
	changes map[unitKey]*change
	items   []queue.Item      // folded
	of      map[int64]*seenBy // by position: which traces saw the calls
	bad     []badItem
	dropped []queue.Item // of deleted traces
}

// change is a unit that a step changes, with the positions of the items folded into it.
type change struct {
	*cachedUnit
	start  store.Hour
	joined store.Joined
	items  []int64
}

// errDeleted means that the trace of a bundle was deleted.
var errDeleted = errors.New("its trace was deleted")

// errUnfoldable means that a bundle can never be folded.
var errUnfoldable = errors.New("bundle cannot be folded")

// badItem is an item that can never be folded.
type badItem struct {
	queue.Item
	reason error
	file   string // in quarantine; "" if that was full
}

// step folds queued items in one transaction and returns how many it read, 0 if
// the queue is empty.
func (w *Worker) step(ctx context.Context) (int, error) {
	if err := w.resume(ctx); err != nil {
		return 0, err
	}
	items, err := w.config.Queue.Read(ctx, w.position, stepItems, stepBytes)
	if err != nil || len(items) == 0 {
		return 0, err
	}
	s, units, err := w.fold(ctx, items)
	if err != nil {
		return 0, err
	}
	if err := w.apply(ctx, s, units, items[len(items)-1].Position); err != nil {
		return 0, err
	}
	if err := w.config.Queue.Release(ctx, w.position); err != nil {
		return 0, err
	}
	return len(items), nil
}

// resume reads the position from the store, unless it is known, and releases the
// items up to it: they were folded before a crash or an error.
func (w *Worker) resume(ctx context.Context) error {
	if w.resumed {
		return nil
	}
	position, err := w.config.Store.Position(ctx)
	if err != nil {
		return err
	}
	if err := w.config.Queue.Release(ctx, position); err != nil {
		return err
	}
	w.position, w.resumed = position, true
	return nil
}

// forget drops the state that may differ from the store.
func (w *Worker) forget() {
	w.resumed = false
	w.units.clear()
	clear(w.seen)
	clear(w.joined)
	clear(w.dated)
}

// fold returns the changes that items make, and the encoded units. If an item leaves a unit half
// changed, or makes one that cannot be encoded, it is a bad one, and all others are folded again.
func (w *Worker) fold(ctx context.Context, items []queue.Item) (*step, []store.Unit, error) {
	broken := make(map[int64]error) // by position: why an item is bad
	for {
		s := &step{changes: make(map[unitKey]*change), of: make(map[int64]*seenBy)}
		found := len(broken)
		for _, item := range items {
			if err := w.foldOne(ctx, s, item, broken); err != nil {
				return nil, nil, err
			}
		}
		if len(broken) == found {
			if units := w.encode(s, broken); len(broken) == found {
				return s, units, nil
			}
		}
		w.units.clear()
	}
}

// foldOne adds an item to the changes of the step, or to its bad or dropped items.
func (w *Worker) foldOne(ctx context.Context, s *step, item queue.Item, broken map[int64]error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	reason := broken[item.Position]
	if reason == nil {
		var err error
		if reason, err = w.mergeItem(ctx, s, item, broken); err != nil {
			return err
		}
	}
	if errors.Is(reason, errDeleted) {
		s.dropped = append(s.dropped, item)
		return nil
	}
	if reason != nil {
		s.bad = append(s.bad, badItem{Item: item, reason: fmt.Errorf("%w: %w", errUnfoldable, reason)})
		return nil
	}
	s.items = append(s.items, item)
	return nil
}

// mergeItem merges an item into the units of its calls. It returns a reason if the item can never be
// folded.
func (w *Worker) mergeItem(
	ctx context.Context, s *step, item queue.Item, broken map[int64]error,
) (reason, err error) {
	of, err := w.seenBy(ctx, item)
	if errors.Is(err, store.ErrNotFound) {
		return w.whyUnknown(ctx, item)
	}
	if err != nil {
		return nil, err
	}
	s.of[item.Position] = of
	calls, reason := w.callsOf(item)
	if reason != nil {
		return reason, nil
	}
	joined, err := w.joinedOf(ctx, of.projectID)
	if err != nil {
		return nil, err
	}
	sums := place(calls, of, joined, item.Accepted)
	if err := w.load(ctx, s, sums, joined); err != nil {
		return nil, err
	}
	for _, p := range sums {
		c := s.changes[p.unit]
		c.items = append(c.items, item.Position)
		reason := guard(func() error {
			counts, err := w.merge(c.model, p.sum, p.minute)
			if err == nil {
				c.addSeries(counts, p.hour)
			}
			return err
		})
		if reason != nil {
			reason = fmt.Errorf("merge: %w", reason)
			broken[item.Position] = reason
			return reason, nil
		}
	}
	return nil, nil
}

// whyUnknown returns the reason for which none of the traces of an item exists.
func (w *Worker) whyUnknown(ctx context.Context, item queue.Item) (reason, err error) {
	for _, traceID := range append([]string{item.TraceID}, item.Also...) {
		deleted, err := w.config.Store.Deleted(ctx, traceID)
		if err != nil {
			return nil, err
		}
		if deleted {
			return errDeleted, nil
		}
	}
	return fmt.Errorf("project %s has no trace %s", item.ProjectID, item.TraceID), nil
}

// joinedOf returns which hours of a project are joined.
func (w *Worker) joinedOf(ctx context.Context, projectID string) (store.Joined, error) {
	if joined, ok := w.joined[projectID]; ok {
		return joined, nil
	}
	project, err := w.config.Store.Project(ctx, projectID)
	if err != nil {
		return store.Joined{}, err
	}
	w.joined[projectID] = project.Joined
	return project.Joined, nil
}

// encode encodes the changed units. The items of a unit that cannot be encoded are broken: an error
// would stop all other traces.
func (w *Worker) encode(s *step, broken map[int64]error) (units []store.Unit) {
	for _, key := range slices.SortedFunc(maps.Keys(s.changes), unitKey.compare) {
		c := s.changes[key]
		u := store.Unit{CaptureID: key.captureID, Start: key.start, Part: int(key.part), Hours: c.hours}
		err := guard(func() (err error) { u, err = w.encodeUnit(u, c.calls); return err })
		if err != nil {
			for _, position := range c.items {
				broken[position] = fmt.Errorf("encode unit of %s: %w", key, err)
			}
			continue
		}
		units = append(units, u)
	}
	return units
}

func (k unitKey) compare(o unitKey) int {
	return cmp.Or(cmp.Compare(k.captureID, o.captureID), cmp.Compare(k.start, o.start), cmp.Compare(k.part, o.part))
}

// apply stores the changes of a step, then counts, logs and announces them.
func (w *Worker) apply(ctx context.Context, s *step, units []store.Unit, position int64) error {
	fold := store.Fold{After: w.position, Position: position, Units: units, Counts: make(map[string]int64)}
	for _, item := range s.items {
		for _, traceID := range s.of[item.Position].ids {
			fold.Counts[traceID] += int64(item.Witnesses)
		}
	}
	if err := w.quarantine(s.bad); err != nil {
		return err
	}
	if err := w.config.Store.ApplyFold(ctx, fold); err != nil {
		return err
	}
	w.position = position
	for _, u := range units {
		key := keyOf(u)
		w.units.put(key, s.changes[key].cachedUnit, heapBytes(len(u.Model)+len(u.Series)))
	}
	w.count(s)
	w.logBad(s)
	w.logDropped(s)
	w.announce(s)
	return nil
}

func (w *Worker) count(s *step) {
	w.steps.Add(1)
	for _, item := range s.items {
		w.bundles.Add(1)
		w.witnesses.Add(int64(item.Witnesses))
	}
	w.quarantined.Add(int64(len(s.bad)))
	w.dropped.Add(int64(len(s.dropped)))
	w.purging = w.purging || len(s.dropped) > 0
}

func (w *Worker) logBad(s *step) {
	for _, b := range s.bad {
		logger := w.config.Logger.With("bundle", b.BundleID, "trace", b.TraceID, "error", b.reason)
		if b.file == "" {
			logger.Error("Bundle dropped, because the quarantine is full: inspect its files and move them away",
				"dir", w.config.QuarantineDir, "files", maxQuarantined)
			continue
		}
		logger.Error("Bundle quarantined", "file", b.file)
	}
}

// logDropped logs each deleted trace once.
func (w *Worker) logDropped(s *step) {
	for _, item := range s.dropped {
		if w.late[item.TraceID] {
			continue
		}
		if len(w.late) >= maxSeenBy {
			clear(w.late)
		}
		w.late[item.TraceID] = true
		w.config.Logger.Info("Bundles of a deleted trace arrive, and are dropped", "trace", item.TraceID)
	}
}

// announce calls OnFold once for each project with a changed model.
func (w *Worker) announce(s *step) {
	announced := make(map[string]bool)
	for _, item := range s.items {
		if !announced[item.ProjectID] {
			announced[item.ProjectID] = true
			w.config.OnFold(item.ProjectID)
		}
	}
}
