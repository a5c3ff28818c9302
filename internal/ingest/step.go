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

// Bounds of one step.
const (
	stepItems = 256
	stepBytes = 16 << 20
)

// traceModel is the model of one trace while it is kept decoded.
type traceModel struct {
	projectID string
	model     *apimodel.Model
}

// step is one transaction in the making.
type step struct {
	changes map[string]*change // by trace id
	bad     []badItem
}

// change is a model that a step changes, with what it has folded into it.
type change struct {
	*traceModel
	items []queue.Item
}

// errUnfoldable says that a bundle cannot be folded, now or later.
var errUnfoldable = errors.New("bundle cannot be folded")

// badItem is such a bundle.
type badItem struct {
	queue.Item
	reason error
	file   string // in quarantine, "" where there was no room
}

// step folds some of what is queued and returns how many bundles it has dealt
// with, 0 if there were none.
func (f *Folder) step(ctx context.Context) (int, error) {
	if err := f.resume(ctx); err != nil {
		return 0, err
	}
	items, err := f.config.Queue.Read(ctx, f.position, stepItems, stepBytes)
	if err != nil || len(items) == 0 {
		return 0, err
	}
	s := &step{changes: map[string]*change{}}
	for _, item := range items {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if err := f.foldOrBlame(ctx, s, item); err != nil {
			return 0, err
		}
	}
	if err := f.apply(ctx, s, items[len(items)-1].Position); err != nil {
		return 0, err
	}
	if err := f.config.Queue.Release(ctx, f.position); err != nil {
		return 0, err
	}
	return len(items), nil
}

// resume asks the store where to go on, unless that is known. What the queue
// still holds up to there was folded before a crash or an error.
func (f *Folder) resume(ctx context.Context) error {
	if f.resumed {
		return nil
	}
	position, err := f.config.Store.Position(ctx)
	if err != nil {
		return err
	}
	if err := f.config.Queue.Release(ctx, position); err != nil {
		return err
	}
	f.position, f.resumed = position, true
	return nil
}

// forget lets go of what may differ from the store.
func (f *Folder) forget() {
	f.resumed = false
	f.models.clear()
}

// foldOrBlame adds a bundle to the step, as folded or as a bad one.
func (f *Folder) foldOrBlame(ctx context.Context, s *step, item queue.Item) error {
	err := f.fold(ctx, s, item)
	if errors.Is(err, errUnfoldable) {
		s.bad = append(s.bad, badItem{Item: item, reason: err})
		return nil
	}
	return err
}

// fold adds a bundle to the step, wholly or not at all. It fails with
// errUnfoldable where the bundle is to blame.
func (f *Folder) fold(ctx context.Context, s *step, item queue.Item) error {
	bundle, err := f.decode(item)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnfoldable, err)
	}
	c, err := f.load(ctx, s, item)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%w: trace %s of project %s is not known", errUnfoldable, item.TraceID, item.ProjectID)
	}
	if err != nil {
		return err
	}
	c.items = append(c.items, item)
	s.changes[item.TraceID] = c
	if err := guard(func() error { f.merge(c.model, bundle); return nil }); err != nil {
		return f.foldAgainWithout(ctx, s, item, fmt.Errorf("%w: merge: %w", errUnfoldable, err))
	}
	return nil
}

// foldAgainWithout mends a model that may have the item in it by half: the rest
// of what the step had folded is folded again, into what the store has. It fails
// with the reason, or for want of the store.
func (f *Folder) foldAgainWithout(ctx context.Context, s *step, item queue.Item, reason error) error {
	for _, again := range f.undo(s, item.TraceID) {
		if again.Position == item.Position {
			continue
		}
		if err := f.foldOrBlame(ctx, s, again); err != nil {
			return err
		}
	}
	return reason
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// decode makes a model of the bundle alone. It fails for good: whatever was
// wrong with the frame will be wrong the next time, so a panic is an error too.
func (f *Folder) decode(item queue.Item) (*apimodel.Model, error) {
	if sum := crc32.Checksum(item.Payload, castagnoli); sum != item.CRC32C {
		return nil, fmt.Errorf("checksum is %08x, want %08x", sum, item.CRC32C)
	}
	m := apimodel.New()
	if err := guard(func() error { return f.codec.each(item.Payload, m.Add) }); err != nil {
		return nil, err
	}
	if m.Witnesses() != uint64(item.Witnesses) {
		return nil, fmt.Errorf("it holds %d witnesses, want %d", m.Witnesses(), item.Witnesses)
	}
	return m, nil
}

// load returns the model of the item's trace, empty where nothing was folded. It
// fails with store.ErrNotFound where the project has no such trace.
func (f *Folder) load(ctx context.Context, s *step, item queue.Item) (*change, error) {
	c, ok := s.changes[item.TraceID]
	if !ok {
		m, err := f.loadKept(ctx, item)
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

func (f *Folder) loadKept(ctx context.Context, item queue.Item) (*traceModel, error) {
	if m, ok := f.models.get(item.TraceID); ok {
		return m, nil
	}
	return f.loadStored(ctx, item)
}

func (f *Folder) loadStored(ctx context.Context, item queue.Item) (*traceModel, error) {
	trace, err := f.config.Store.Trace(ctx, item.ProjectID, item.TraceID)
	if err != nil {
		return nil, err
	}
	m := &traceModel{projectID: trace.ProjectID, model: apimodel.New()}
	stored, err := f.config.Store.Model(ctx, trace.ID)
	if errors.Is(err, store.ErrNotFound) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	decoded, err := f.codec.decodeModel(stored)
	m.model = decoded.model
	return m, err
}

// apply stores a step and tells of it.
func (f *Folder) apply(ctx context.Context, s *step, position int64) error {
	fold := store.Fold{After: f.position, Position: position, Models: f.encode(s)}
	if err := f.quarantine(s.bad); err != nil {
		return err
	}
	if err := f.config.Store.ApplyFold(ctx, fold); err != nil {
		return err
	}
	f.position = position
	for _, m := range fold.Models {
		f.models.put(m.TraceID, s.changes[m.TraceID].traceModel, heapBytes(m.Model))
	}
	f.count(s)
	f.tell(s)
	return nil
}

// encode returns what is to be stored. Where a model cannot be encoded, now or
// later, the bundles of its trace are to blame: an error would hold up all others.
func (f *Folder) encode(s *step) (models []store.TraceModel) {
	for _, id := range slices.Sorted(maps.Keys(s.changes)) {
		m := s.changes[id].model
		var encoded []byte
		err := guard(func() (err error) { encoded, err = f.encodeModel(m); return err })
		if err != nil {
			for _, item := range f.undo(s, id) {
				s.bad = append(s.bad, badItem{Item: item, reason: fmt.Errorf("%w: encode model of %s: %w", errUnfoldable, id, err)})
			}
			continue
		}
		models = append(models, store.TraceModel{TraceID: id, Witnesses: int64(m.Witnesses()), Model: encoded})
	}
	return models
}

// undo takes a trace out of the step, and its model, which the store has as it
// was, out of memory. It returns what the step had folded into it.
func (f *Folder) undo(s *step, traceID string) []queue.Item {
	items := s.changes[traceID].items
	delete(s.changes, traceID)
	f.models.drop(traceID)
	return items
}

func (f *Folder) count(s *step) {
	f.steps.Add(1)
	for _, c := range s.changes {
		for _, item := range c.items {
			f.bundles.Add(1)
			f.witnesses.Add(int64(item.Witnesses))
		}
	}
	f.quarantined.Add(int64(len(s.bad)))
}

func (f *Folder) tell(s *step) {
	for _, b := range s.bad {
		logger := f.config.Logger.With("bundle", b.BundleID, "trace", b.TraceID, "reason", b.reason)
		if b.file == "" {
			logger.Error("Bundle dropped, since quarantine is full: look at its files, and move them away", "dir", f.config.QuarantineDir, "files", maxQuarantined)
			continue
		}
		logger.Error("Bundle put in quarantine", "file", b.file)
	}
	told := map[string]bool{}
	for _, c := range s.changes {
		if !told[c.projectID] {
			told[c.projectID] = true
			f.config.OnFold(c.projectID)
		}
	}
}
