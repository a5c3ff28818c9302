package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"akita/test/rig"
)

const (
	// batchesPerSecond is how often a middleware sends under steady traffic.
	batchesPerSecond = 4
	// preparedCalls is how many different calls are made before the first is sent.
	preparedCalls = 5000
)

// senders post an API's calls as several middlewares do.
type senders struct {
	url     string // to post to
	clients []sender
	sent    atomic.Int64 // calls that the daemon kept
}

// sender is one middleware. It posts its batches over and over.
type sender struct {
	batches []*rig.Batch
	posted  int
}

// newSenders returns senders whose names begin with name: a daemon remembers the batches of a name.
func newSenders(url, name string, of size, rate int) *senders {
	s := &senders{url: url, clients: make([]sender, max(rate/(batchesPerSecond*rig.BatchEvents), 1))}
	calls := make([]rig.Call, rig.BatchEvents)
	total := max((of.endpoints+rig.BatchEvents-1)/rig.BatchEvents*rig.BatchEvents, preparedCalls)
	for from := 0; from < total; from += len(calls) {
		for i := range calls {
			calls[i] = of.call(from + i)
		}
		client := from / len(calls) % len(s.clients)
		c := &s.clients[client]
		c.batches = append(c.batches, rig.NewBatch(name+strconv.Itoa(client), calls))
	}
	return s
}

// send posts calls at a rate for a duration.
func (s *senders) send(ctx context.Context, rate int, duration time.Duration) error {
	group, ctx := errgroup.WithContext(ctx)
	interval := time.Duration(len(s.clients)*rig.BatchEvents) * time.Second / time.Duration(rate)
	start := time.Now()
	for i := range s.clients {
		first := start.Add(interval * time.Duration(i) / time.Duration(len(s.clients)))
		group.Go(func() error {
			for at := first; at.Sub(start) < duration; at = at.Add(interval) {
				if err := s.post(ctx, &s.clients[i], at); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	if late := time.Since(start) - duration; late > time.Second {
		fmt.Fprintf(os.Stderr, "       the last call was sent %s late\n", late.Round(100*time.Millisecond))
	}
	return err
}

// post posts the next batch of a sender at the given time, or at once if that has passed.
func (s *senders) post(ctx context.Context, from *sender, at time.Time) error {
	if err := sleep(ctx, time.Until(at)); err != nil {
		return err
	}
	batch := from.batches[from.posted%len(from.batches)]
	batch.Stamp(from.posted, time.Now())
	from.posted++
	dropped, err := rig.Post(ctx, s.url, batch.Body)
	s.sent.Add(int64(batch.Events - dropped))
	return err
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
