package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"akita/client"
	"akita/test/rig"
)

const project = "bench"

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
	folder, err := os.MkdirTemp("", "akita-bench-agent-")
	if err != nil {
		return r, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s, err := open(ctx, binary, folder)
	defer func() { err = errors.Join(err, s.close()) }()
	if err != nil {
		return r, err
	}
	r.load = l
	r.events = l.events / clients * clients
	before, err := s.daemon.CPU()
	if err != nil {
		return r, err
	}
	serverBefore, err := s.server.CPU()
	if err != nil {
		return r, err
	}
	start := time.Now()
	if err := s.post(ctx, clients, l, &r); err != nil {
		return r, err
	}
	r.acknowledged = time.Since(start)
	if err := s.untilDurable(ctx, r.events-r.dropped); err != nil {
		return r, err
	}
	r.durable = time.Since(start)
	after, err := s.daemon.CPU()
	if err != nil {
		return r, err
	}
	serverAfter, err := s.server.CPU()
	if err != nil {
		return r, err
	}
	r.daemonCPU, r.serverCPU = after-before, serverAfter-serverBefore
	if r.daemonMemory, err = s.daemon.PeakMemory(); err != nil {
		return r, err
	}
	if r.serverMemory, err = s.server.PeakMemory(); err != nil {
		return r, err
	}
	r.decodeCPU, err = decodeCPU(l, r.events)
	return r, err
}

// setup holds the processes of one load.
type setup struct {
	api            *client.Client
	server, daemon *rig.Process
	trace          string // its name
	events         string // the URL to post to
}

func open(ctx context.Context, binary, folder string) (*setup, error) {
	s := new(setup)
	serverAddress, _, err := rig.FreeAddress(ctx)
	if err != nil {
		return s, err
	}
	_, daemonPort, err := rig.FreeAddress(ctx)
	if err != nil {
		return s, err
	}
	akita := rig.Akita{
		Binary: binary, ServerAddress: serverAddress, DaemonPort: daemonPort,
		ServerData: filepath.Join(folder, "server"), DaemonData: filepath.Join(folder, "daemon"),
	}
	if s.server, err = akita.StartServer(ctx); err != nil {
		return s, err
	}
	if s.api, err = akita.Client(ctx); err != nil {
		return s, err
	}
	if _, err := s.api.CreateProject(ctx, project); err != nil {
		return s, err
	}
	key, err := s.api.CreateAPIKey(ctx, "bench")
	if err != nil {
		return s, err
	}
	trace, err := s.api.StartTrace(ctx, project, time.Hour)
	if err != nil {
		return s, err
	}
	if s.daemon, err = akita.StartDaemon(ctx, key); err != nil {
		return s, err
	}
	s.trace = trace.Name
	service := akita.DaemonURL() + "/v1/services/" + project
	s.events = service + "/traces/" + trace.Name + "/events"
	// The daemon answers as soon as it knows that the trace is active.
	_, err = rig.Post(ctx, service+"/middleware", []byte(`{"client_name":"bench","active_trace_ids":[]}`))
	return s, err
}

func (s *setup) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var errs []error
	for _, p := range []*rig.Process{s.daemon, s.server} {
		if p != nil {
			errs = append(errs, p.Stop(ctx))
		}
	}
	return errors.Join(errs...)
}

// post sends the events; each client sends one batch after the other.
func (s *setup) post(ctx context.Context, clients int, l load, r *result) error {
	sent, dropped := make([]int, clients), make([]int, clients)
	group, ctx := errgroup.WithContext(ctx)
	for c := range clients {
		group.Go(func() error {
			return batches(l, r.events/clients, strconv.Itoa(c), func(body []byte) error {
				drops, err := rig.Post(ctx, s.events, body)
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

// untilDurable waits until the server's model holds the witnesses. By then they are durable in
// its queue.
func (s *setup) untilDurable(ctx context.Context, witnesses int) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	got := 0
	err := rig.Until(ctx, func() (bool, error) {
		var err error
		got, err = s.folded(ctx)
		return got >= witnesses, err
	})
	if err != nil {
		return fmt.Errorf("wait for %d witnesses in the server, which has %d: %w\n%s", witnesses, got, err, s.daemon.Tail())
	}
	return nil
}

// folded returns how many witnesses are in the model. It reads the trace, which costs the
// server less than the model.
func (s *setup) folded(ctx context.Context) (int, error) {
	trace, err := s.api.Trace(ctx, project, s.trace)
	return trace.Witnesses, err
}

// decodeCPU returns the CPU time that encoding/json takes to decode the posted bodies.
func decodeCPU(l load, events int) (time.Duration, error) {
	var sum time.Duration
	err := batches(l, events, "0", func(body []byte) error {
		before, err := ownCPU()
		if err != nil {
			return err
		}
		var value any
		if err := json.Unmarshal(body, &value); err != nil {
			return fmt.Errorf("decode: %w", err)
		}
		after, err := ownCPU()
		sum += after - before
		return err
	})
	return sum, err
}

func ownCPU() (time.Duration, error) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, fmt.Errorf("own CPU time: %w", err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), nil
}
