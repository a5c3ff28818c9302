package main

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	visitors      = 4                      // at the same time
	rounds        = 4                      // of all visits, by each visitor
	tellEvery     = 2 * time.Second        // progress
	tricklePeriod = 500 * time.Millisecond // between two visits once the table is printed
)

// drive sends varied traffic at the app, every operation of it, and returns the
// number of calls. It fails on the first answer that is not as it should be.
func (d *demo) drive(ctx context.Context) (calls int, err error) {
	d.progress.step("Driving traffic: %d visitors call every operation", visitors)
	var count atomic.Int64
	stopTelling := d.tell(&count)
	defer stopTelling()
	group, ctx := errgroup.WithContext(ctx)
	for i := range visitors {
		group.Go(func() error {
			v := newVisitor(d.config.AppPort.url(), i, &count)
			for range rounds {
				for _, visit := range visits {
					if err := visit(ctx, v); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return 0, d.app.failed(err)
	}
	return int(count.Load()), nil
}

// tell says now and then how many calls there have been, until it is stopped.
func (d *demo) tell(count *atomic.Int64) (stop func()) {
	stopping, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(tellEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				d.progress.detail("%d calls", count.Load())
			case <-stopping:
				d.progress.detail("%d calls", count.Load())
				return
			}
		}
	}()
	return func() {
		close(stopping)
		<-stopped
	}
}

// trickle makes one visit after the other, gently, so that the console has
// something to show, until ctx ends. A visit that fails is told and ends nothing.
func (d *demo) trickle(ctx context.Context) {
	var count atomic.Int64
	v := newVisitor(d.config.AppPort.url(), visitors, &count)
	ticker := time.NewTicker(tricklePeriod)
	defer ticker.Stop()
	for i := 0; ; i++ {
		if err := visits[i%len(visits)](ctx, v); err != nil && ctx.Err() == nil {
			d.progress.detail("Traffic: %v", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
