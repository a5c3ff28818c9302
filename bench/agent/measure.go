package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"akita/test/rig"
)

// result holds the measurements of one load.
type result struct {
	load

	megabytes    float64       // posted
	acknowledged time.Duration // from the first POST to the last 202
	durable      time.Duration // from the first POST until the server has all events
	daemonCPU    time.Duration
	serverCPU    time.Duration
	decodeCPU    time.Duration // of encoding/json on the same bytes
	daemonMemory int64         // peak, in bytes
	serverMemory int64
	dropped      int
}

// measure runs one load against a new server and daemon.
func measure(ctx context.Context, binary string, clients int, l load) (r result, err error) {
	if clients < 1 {
		return r, fmt.Errorf("-clients is %d; it must be at least 1", clients)
	}
	err = rig.InFolder(func(folder string) error {
		r, err = measureIn(ctx, binary, folder, clients, l)
		return err
	})
	return r, err
}

func measureIn(ctx context.Context, binary, folder string, clients int, l load) (r result, err error) {
	s, err := rig.Install(ctx, binary, folder, "bench")
	defer func() { err = errors.Join(err, s.Stop()) }()
	if err != nil {
		return r, err
	}
	r.load = l
	r.events = l.events / clients * clients
	before, err := s.Daemon.CPU()
	if err != nil {
		return r, err
	}
	serverBefore, err := s.Server.CPU()
	if err != nil {
		return r, err
	}
	start := time.Now()
	if err := post(ctx, s.EventsURL(), clients, l, &r); err != nil {
		return r, err
	}
	r.acknowledged = time.Since(start)
	if err := s.UntilFolded(ctx, r.events-r.dropped); err != nil {
		return r, err
	}
	r.durable = time.Since(start)
	after, err := s.Daemon.CPU()
	if err != nil {
		return r, err
	}
	serverAfter, err := s.Server.CPU()
	if err != nil {
		return r, err
	}
	r.daemonCPU, r.serverCPU = after-before, serverAfter-serverBefore
	if r.daemonMemory, err = s.Daemon.PeakMemory(); err != nil {
		return r, err
	}
	if r.serverMemory, err = s.Server.PeakMemory(); err != nil {
		return r, err
	}
	r.decodeCPU, err = decodeCPU(l, r.events)
	return r, err
}

// post sends the events; each client sends one batch after the other.
func post(ctx context.Context, url string, clients int, l load, r *result) error {
	sent, dropped := make([]int, clients), make([]int, clients)
	group, ctx := errgroup.WithContext(ctx)
	for c := range clients {
		group.Go(func() error {
			return batches(l, r.events/clients, strconv.Itoa(c), func(body []byte) error {
				drops, err := rig.Post(ctx, url, body)
				sent[c] += len(body)
				dropped[c] += drops
				return err
			})
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for c := range clients {
		r.megabytes += float64(sent[c]) / 1e6
		r.dropped += dropped[c]
	}
	return nil
}

// decodeCPU returns the CPU time that encoding/json takes to decode the posted bodies.
func decodeCPU(l load, events int) (time.Duration, error) {
	var sum time.Duration
	err := batches(l, events, "0", func(body []byte) error {
		before, err := rig.OwnCPU()
		if err != nil {
			return err
		}
		var value any
		if err := json.Unmarshal(body, &value); err != nil {
			return fmt.Errorf("decode: %w", err)
		}
		after, err := rig.OwnCPU()
		sum += after - before
		return err
	})
	return sum, err
}
