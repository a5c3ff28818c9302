package ingest

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/queue"
	"akita/internal/store"
)

// Limits of one step.
const (
	stepItems = 256
	stepBytes = 16 << 20
)

// traceModel is the decoded model of a trace.
type traceModel struct {
	projectID string
	model     *apimodel.Model
}

// step collects the changes of one transaction.
type step struct {
	changes map[string]*change // by trace id
	bad     []badItem
}

// change is a model that a step changes, with the items folded into it.
type change struct {
	*traceModel
	items []queue.Item
}

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
	s := &step{changes: map[string]*change{}}
	for _, item := range items {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if err := w.foldOrReject(ctx, s, item); err != nil {
			return 0, err
		}
	}
	if err := w.apply(ctx, s, items[len(items)-1].Position); err != nil {
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
	w.models.clear()
}

// foldOrReject adds an item to the changes of the step, or to its bad items.
func (w *Worker) foldOrReject(ctx context.Context, s *step, item queue.Item) error {
	err := w.fold(ctx, s, item)
	if errors.Is(err, errUnfoldable) {
		s.bad = append(s.bad, badItem{Item: item, reason: err})
		return nil
	}
	return err
}

// fold adds an item to the changes of the step, entirely or not at all. It
// returns errUnfoldable if the item is the cause of the failure.
func (w *Worker) fold(ctx context.Context, s *step, item queue.Item) error {
	bundle, err := w.decode(item)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnfoldable, err)
	}
	c, err := w.load(ctx, s, item)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%w: project %s has no trace %s", errUnfoldable, item.ProjectID, item.TraceID)
	}
	if err != nil {
		return err
	}
	c.items = append(c.items, item)
	s.changes[item.TraceID] = c
	if err := guard(func() error { w.merge(c.model, bundle); return nil }); err != nil {
		return w.foldAgainWithout(ctx, s, item, fmt.Errorf("%w: merge: %w", errUnfoldable, err))
	}
	return nil
}

// foldAgainWithout repairs a model into which an item may be half merged: it
// folds the other items of the step into the stored model again. It returns
// reason, or an error of the store.
func (w *Worker) foldAgainWithout(ctx context.Context, s *step, item queue.Item, reason error) error {
	for _, again := range w.undo(s, item.TraceID) {
		if again.Position == item.Position {
			continue
		}
		if err := w.foldOrReject(ctx, s, again); err != nil {
			return err
		}
	}
	return reason
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// decode returns a model of the item alone. Any error is permanent, because the
// payload stays the same, and so is a panic.
func (w *Worker) decode(item queue.Item) (*apimodel.Model, error) {
	if sum := crc32.Checksum(item.Payload, castagnoli); sum != item.CRC32C {
		return nil, fmt.Errorf("checksum is %08x, want %08x", sum, item.CRC32C)
	}
	m := apimodel.New()
	if err := guard(func() error { return w.codec.each(item.Payload, m.Add) }); err != nil {
		return nil, err
	}
	if m.Witnesses() != uint64(item.Witnesses) {
		return nil, fmt.Errorf("it has %d witnesses, want %d", m.Witnesses(), item.Witnesses)
	}
	return m, nil
}

// load returns the change of the item's trace. Its model is empty if nothing was
// folded yet. load returns store.ErrNotFound if the project has no such trace.
func (w *Worker) load(ctx context.Context, s *step, item queue.Item) (*change, error) {
	c, ok := s.changes[item.TraceID]
	if !ok {
		m, err := w.loadCached(ctx, item)
		if err != nil {
			return nil, err
		}
		c = &change{traceModel: m}
	}
	if c.projectID != item.ProjectID {
		return nil, store.ErrNotFound
	}
	return c, nil
}

func (w *Worker) loadCached(ctx context.Context, item queue.Item) (*traceModel, error) {
	if m, ok := w.models.get(item.TraceID); ok {
		return m, nil
	}
	return w.loadStored(ctx, item)
}

func (w *Worker) loadStored(ctx context.Context, item queue.Item) (*traceModel, error) {
	trace, err := w.config.Store.Trace(ctx, item.ProjectID, item.TraceID)
	if err != nil {
		return nil, err
	}
	m := &traceModel{projectID: trace.ProjectID, model: apimodel.New()}
	stored, err := w.config.Store.Model(ctx, trace.ID)
	if errors.Is(err, store.ErrNotFound) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	decoded, err := w.codec.decodeModel(stored)
	m.model = decoded.model
	return m, err
}

// apply stores the changes of a step, then counts, logs and announces them.
func (w *Worker) apply(ctx context.Context, s *step, position int64) error {
	fold := store.Fold{After: w.position, Position: position, Models: w.encode(s)}
	if err := w.quarantine(s.bad); err != nil {
		return err
	}
	if err := w.config.Store.ApplyFold(ctx, fold); err != nil {
		return err
	}
	w.position = position
	for _, m := range fold.Models {
		w.models.put(m.TraceID, s.changes[m.TraceID].traceModel, heapBytes(m.Model))
	}
	w.count(s)
	w.logBad(s)
	w.announce(s)
	return nil
}

// encode encodes the changed models. If a model cannot be encoded, its items
// become bad ones: an error would stop all other traces.
func (w *Worker) encode(s *step) (models []store.TraceModel) {
	for _, id := range slices.Sorted(maps.Keys(s.changes)) {
		m := s.changes[id].model
		var encoded []byte
		err := guard(func() (err error) { encoded, err = w.encodeModel(m); return err })
		if err != nil {
			reason := fmt.Errorf("%w: encode model of %s: %w", errUnfoldable, id, err)
			for _, item := range w.undo(s, id) {
				s.bad = append(s.bad, badItem{Item: item, reason: reason})
			}
			continue
		}
		models = append(models, store.TraceModel{TraceID: id, Witnesses: int64(m.Witnesses()), Model: encoded})
	}
	return models
}

// undo removes a trace from the step and its model from the cache, so that it is
// read from the store again. It returns the items that were folded into it.
func (w *Worker) undo(s *step, traceID string) []queue.Item {
	items := s.changes[traceID].items
	delete(s.changes, traceID)
	w.models.drop(traceID)
	return items
}

func (w *Worker) count(s *step) {
	w.steps.Add(1)
	for _, c := range s.changes {
		for _, item := range c.items {
			w.bundles.Add(1)
			w.witnesses.Add(int64(item.Witnesses))
		}
	}
	w.quarantined.Add(int64(len(s.bad)))
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

// announce calls OnFold once for each project with a changed model.
func (w *Worker) announce(s *step) {
	announced := map[string]bool{}
	for _, c := range s.changes {
		if !announced[c.projectID] {
			announced[c.projectID] = true
			w.config.OnFold(c.projectID)
		}
	}
}
