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
	models    map[string]*traceModel // that change, by trace id
	bundles   int64
	witnesses int64
	bad       []badItem
}

// errUnfoldable says that a bundle cannot be folded, now or later.
var errUnfoldable = errors.New("bundle cannot be folded")

// badItem is such a bundle.
type badItem struct {
	queue.Item
	reason error
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
	s := &step{models: map[string]*traceModel{}}
	for _, item := range items {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		err := f.fold(ctx, s, item)
		if errors.Is(err, errUnfoldable) {
			s.bad = append(s.bad, badItem{item, err})
			continue
		}
		if err != nil {
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

// fold adds a bundle to the step, wholly or not at all. It fails with
// errUnfoldable where the bundle is to blame.
func (f *Folder) fold(ctx context.Context, s *step, item queue.Item) error {
	bundle, err := f.decode(item)
	if err != nil {
		return fmt.Errorf("%w: %w", errUnfoldable, err)
	}
	m, err := f.load(ctx, s, item)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%w: trace %s of project %s is not known", errUnfoldable, item.TraceID, item.ProjectID)
	}
	if err != nil {
		return err
	}
	m.model.Merge(bundle)
	s.models[item.TraceID] = m
	s.bundles++
	s.witnesses += int64(item.Witnesses)
	return nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// decode makes a model of the bundle alone. It fails for good: whatever was
// wrong with the frame will be wrong the next time, so a panic is an error too.
func (f *Folder) decode(item queue.Item) (m *apimodel.Model, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			m, err = nil, fmt.Errorf("panic: %v", reason)
		}
	}()
	if sum := crc32.Checksum(item.Payload, castagnoli); sum != item.CRC32C {
		return nil, fmt.Errorf("checksum is %08x, want %08x", sum, item.CRC32C)
	}
	m = apimodel.New()
	if err := f.codec.each(item.Payload, m.Add); err != nil {
		return nil, err
	}
	if m.Witnesses() != uint64(item.Witnesses) {
		return nil, fmt.Errorf("it holds %d witnesses, want %d", m.Witnesses(), item.Witnesses)
	}
	return m, nil
}

// load returns the model of the item's trace, empty where nothing was folded. It
// fails with store.ErrNotFound where the project has no such trace.
func (f *Folder) load(ctx context.Context, s *step, item queue.Item) (*traceModel, error) {
	m, ok := s.models[item.TraceID]
	if !ok {
		m, ok = f.models.get(item.TraceID)
	}
	if !ok {
		return f.loadStored(ctx, item)
	}
	if m.projectID != item.ProjectID {
		return nil, store.ErrNotFound
	}
	return m, nil
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
	m.model, err = f.codec.decodeModel(stored)
	return m, err
}

// apply stores a step and tells of it.
func (f *Folder) apply(ctx context.Context, s *step, position int64) error {
	if err := f.quarantine(s.bad); err != nil {
		return err
	}
	fold := store.Fold{After: f.position, Position: position}
	for _, id := range slices.Sorted(maps.Keys(s.models)) {
		encoded, err := f.codec.encodeModel(s.models[id].model)
		if err != nil {
			return fmt.Errorf("encode model of %s: %w", id, err)
		}
		fold.Models = append(fold.Models, store.TraceModel{TraceID: id, Witnesses: int64(s.models[id].model.Witnesses()), Model: encoded})
	}
	if err := f.config.Store.ApplyFold(ctx, fold); err != nil {
		return err
	}
	f.position = position
	for _, m := range fold.Models {
		f.models.put(m.TraceID, s.models[m.TraceID], int64(len(m.Model)))
	}
	f.count(s)
	f.tell(s)
	return nil
}

func (f *Folder) count(s *step) {
	f.steps.Add(1)
	f.bundles.Add(s.bundles)
	f.witnesses.Add(s.witnesses)
	f.quarantined.Add(int64(len(s.bad)))
}

func (f *Folder) tell(s *step) {
	for _, b := range s.bad {
		f.config.Logger.Error("Bundle put in quarantine", "bundle", b.BundleID, "trace", b.TraceID,
			"file", f.quarantineFile(b.Item), "reason", b.reason)
	}
	told := map[string]bool{}
	for _, m := range s.models {
		if !told[m.projectID] {
			told[m.projectID] = true
			f.config.OnFold(m.projectID)
		}
	}
}
