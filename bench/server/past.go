package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"

	"akita/internal/delta"
	"akita/internal/har"
	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/queue"
	"akita/internal/queue/sqlitequeue"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
	"akita/internal/witness"
	"akita/test/rig"
)

// variants is how many different calls of each endpoint are made.
const variants = 4

// past is a data directory of a server, and what folds calls into it. Its clock is set by fold, so
// that months pass in a minute.
type past struct {
	clock     atomic.Int64 // seconds since 1970
	store     *sqlitestore.Store
	queue     *sqlitequeue.Queue
	worker    *ingest.Worker
	folded    chan struct{} // receives a value after a step
	encoder   *zstd.Encoder
	trace     store.Trace
	of        size
	witnesses []witness.Witness
	bundles   int64 // appended
}

// openPast opens a data directory with one trace from start on. The caller closes it, after an error
// too.
func openPast(ctx context.Context, dir string, start time.Time, of size) (p *past, err error) {
	p = &past{folded: make(chan struct{}, 1), of: of}
	p.clock.Store(start.Unix())
	if p.witnesses, err = witnessesOf(of); err != nil {
		return p, err
	}
	if p.encoder, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1)); err != nil {
		return p, err
	}
	if p.store, err = sqlitestore.Open(ctx, filepath.Join(dir, "akita.db")); err != nil {
		return p, err
	}
	p.queue, err = sqlitequeue.Open(ctx, sqlitequeue.Config{Path: filepath.Join(dir, "queue.db"), Now: p.now})
	if err != nil {
		return p, err
	}
	if err := p.begin(ctx, start); err != nil {
		return p, err
	}
	p.worker = ingest.NewWorker(ingest.WorkerConfig{
		Queue: p.queue, Store: p.store, QuarantineDir: filepath.Join(dir, "quarantine"),
		Logger: slog.New(slog.DiscardHandler), Interval: 1, Now: p.now,
		OnFold: func(string) {
			select {
			case p.folded <- struct{}{}:
			default:
			}
		},
	})
	return p, p.worker.Start(ctx)
}

// begin creates the project and its trace, which lasts until now.
func (p *past) begin(ctx context.Context, start time.Time) error {
	owner := store.Project{ID: id.New(id.Project), Name: project, Created: start}
	p.trace = store.Trace{
		ID: id.New(id.Trace), ProjectID: owner.ID, Name: "history", Start: start, End: time.Now(),
	}
	if err := p.store.CreateProject(ctx, owner); err != nil {
		return err
	}
	return p.store.CreateTrace(ctx, p.trace)
}

func (p *past) now() time.Time { return time.Unix(p.clock.Load(), 0) }

func (p *past) close() error {
	var errs []error
	if p.worker != nil {
		p.worker.Stop()
	}
	if p.queue != nil {
		errs = append(errs, p.queue.Close())
	}
	if p.store != nil {
		errs = append(errs, p.store.Close())
	}
	return errors.Join(errs...)
}

// witnessesOf returns the witnesses of an API's first calls.
func witnessesOf(of size) (all []witness.Witness, err error) {
	for i := range of.endpoints * variants {
		call := of.call(i)
		var e har.Entry
		if err := har.NewDecoder(strings.NewReader(string(call.Append(nil, time.Time{})))).Next(&e); err != nil {
			return nil, fmt.Errorf("read call %d: %w", i, err)
		}
		all = append(all, witness.FromEntry(&e, witness.Options{}))
	}
	return all, nil
}

// fold folds n calls that began in each of the hours from start on, as one delta.
func (p *past) fold(ctx context.Context, start time.Time, hours, n int) error {
	p.clock.Store(start.Add(time.Duration(hours) * time.Hour).Unix())
	calls := delta.New()
	for hour := range hours {
		for i := range n {
			w := &p.witnesses[(int(p.bundles)*p.of.endpoints+i)%len(p.witnesses)]
			w.Start = start.Add(time.Duration(hour)*time.Hour + time.Duration(i)*time.Millisecond)
			calls.Add(w)
		}
	}
	return p.append(ctx, calls.Encode(), hours*n)
}

// append appends a bundle to the queue, and waits until it is folded.
func (p *past) append(ctx context.Context, calls []byte, witnesses int) error {
	_, err := p.queue.Append(ctx, queue.Item{
		BundleID: id.New(id.Bundle), ProjectID: p.trace.ProjectID, TraceID: p.trace.ID, Witnesses: witnesses,
		Payload: p.encoder.EncodeAll(calls, nil),
	})
	if err != nil {
		return err
	}
	p.bundles++
	for p.worker.Stats().Bundles < p.bundles {
		select {
		case <-p.folded:
		case <-ctx.Done():
			return ctx.Err()
		}
		if bad := p.worker.Stats().Quarantined; bad > 0 {
			return fmt.Errorf("%d bundles cannot be folded", bad)
		}
	}
	return nil
}

// live folds n calls of each of some hours, a day at a time, and lets the worker do what is due before
// the next day.
func (p *past) live(ctx context.Context, start time.Time, hours, n int) error {
	for hour := 0; hour < hours; hour += dayHours {
		if hour%(10*dayHours) == 0 {
			fmt.Fprintf(os.Stderr, "       day %d\n", hour/dayHours)
		}
		at := start.Add(time.Duration(hour) * time.Hour)
		if err := p.fold(ctx, at, min(dayHours, hours-hour), n); err != nil {
			return err
		}
		if err := p.settle(ctx); err != nil {
			return err
		}
	}
	return nil
}

// settle waits until the worker has done what is due in this hour: it joins, packs and sums up between
// two bundles.
func (p *past) settle(ctx context.Context) error {
	return rig.Until(ctx, func() (bool, error) {
		return p.worker.Stats().Settled >= store.HourOf(p.now()), nil
	})
}
