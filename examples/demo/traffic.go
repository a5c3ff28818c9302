package main

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	visitors      = 4                      // that call at the same time
	rounds        = 4                      // how often each visitor makes all visits
	reportEvery   = 2 * time.Second        // how often the number of calls is printed
	tricklePeriod = 500 * time.Millisecond // between two visits once the table is printed
)

// drive calls every operation of the app with varied requests and returns the number of
// calls. It fails on the first answer with an unexpected status.
func (d *demo) drive(ctx context.Context) (calls int, err error) {
	d.progress.step("Traffic: %d visitors call every operation", visitors)
	var count atomic.Int64
	stopReport := d.reportCalls(&count)
	defer stopReport()
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

// reportCalls prints the number of calls from time to time, until stop is called.
func (d *demo) reportCalls(count *atomic.Int64) (stop func()) {
	stopping, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(reportEvery)
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

// trickle makes visits at a slow pace until ctx ends, so that the console shows activity. It
// prints the error of a visit that fails, and continues.
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
