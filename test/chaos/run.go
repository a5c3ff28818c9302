package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync/atomic"
	"time"

	"akita/client"
	"akita/test/rig"
)

// recoverWithin limits the time from the end of a round's faults until the server has
// everything that was acknowledged. The slowest step is the daemon's time limit of 30 s for a
// dead connection.
const recoverWithin = 90 * time.Second

// settings are the flags of a run.
type settings struct {
	binary string
	folder string // for all data
	seed   uint64
	rounds int
	out    io.Writer
}

// experiment is a server and a daemon under load, with a bad network between them and a small
// disk.
type experiment struct {
	settings
	akita  rig.Akita
	api    *client.Client
	proxy  *proxy
	disk   *disk
	server *supervised
	daemon *supervised
	load   *load

	diskFull    atomic.Bool
	recoveries  []time.Duration
	fullRounds  int
	faultRounds map[string]int
	began       time.Time
}

// run runs the rounds and judges the result.
func run(ctx context.Context, s settings) (err error) {
	x := &experiment{settings: s, faultRounds: make(map[string]int), began: time.Now()}
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel() // the load ends first
		err = errors.Join(err, x.clear())
	}()
	if err := x.set(ctx); err != nil {
		return err
	}
	enough := make(chan struct{})
	x.load.start(ctx, enough)
	for number := range s.rounds {
		if err := x.round(ctx, number); err != nil {
			return fmt.Errorf("round %d: %w", number+1, err)
		}
	}
	close(enough)
	x.load.wait()
	return x.judge(ctx)
}

// set starts all parts, with a project and an active trace.
func (x *experiment) set(ctx context.Context) (err error) {
	address, _, err := rig.FreeAddress(ctx)
	if err != nil {
		return err
	}
	_, port, err := rig.FreeAddress(ctx)
	if err != nil {
		return err
	}
	if x.proxy, err = listenProxy(ctx, address); err != nil {
		return err
	}
	if x.disk, err = mountDisk(filepath.Join(x.folder, "disk")); err != nil {
		return err
	}
	x.akita = rig.Akita{
		Binary: x.binary, ServerAddress: address, ServerData: filepath.Join(x.folder, "server"),
		DaemonPort: port, DaemonData: filepath.Join(x.disk.path, "daemon"), UpstreamURL: x.proxy.url(),
	}
	x.server = supervise(x.akita.ServerCommand(), func() bool { return false })
	key, trace, err := x.prepare(ctx)
	if err != nil {
		return err
	}
	x.daemon = supervise(x.akita.DaemonCommand(key), x.diskFull.Load)
	x.load = newLoad(x.seed, x.akita.DaemonURL(), trace)
	starting, cancel := context.WithTimeout(ctx, recoverWithin)
	defer cancel()
	if err := x.load.activated(starting); err != nil {
		return fmt.Errorf("wait for the daemon: %w", err)
	}
	return nil
}

func (x *experiment) prepare(ctx context.Context) (key client.APIKey, trace client.Trace, err error) {
	starting, cancel := context.WithTimeout(ctx, recoverWithin)
	defer cancel()
	err = rig.Until(starting, func() (bool, error) {
		x.api, err = x.akita.Client(starting)
		return err == nil, nil
	})
	if err != nil {
		return key, trace, fmt.Errorf("wait for the server: %w", err)
	}
	if _, err := x.api.CreateProject(ctx, project); err != nil {
		return key, trace, err
	}
	if trace, err = x.api.StartTrace(ctx, project, time.Hour); err != nil {
		return key, trace, err
	}
	key, err = x.api.CreateAPIKey(ctx, client.NewAPIKey{Name: "chaos", Scope: client.AgentKey})
	return key, trace, err
}

// round applies the faults of a round, ends them, and waits for the recovery.
func (x *experiment) round(ctx context.Context, number int) error {
	plan := planRound(x.seed, number)
	before := x.load.wrongs()
	if err := x.trouble(ctx, plan); err != nil {
		return err
	}
	took, err := x.recover(ctx)
	if err != nil {
		return fmt.Errorf("%w (%s)", err, plan)
	}
	x.recoveries = append(x.recoveries, took)
	fmt.Fprintf(
		x.out,
		"%3d/%d  %-75s recovered in %5.2f s, %d calls acknowledged\n",
		number+1,
		x.rounds,
		plan,
		took.Seconds(),
		x.load.calls.Load(),
	)
	for text, times := range x.load.wrongs() {
		if times > before[text] {
			fmt.Fprintf(x.out, "        wrong, %d times: %s\n", times-before[text], text)
		}
	}
	return nil
}

func (x *experiment) trouble(ctx context.Context, plan round) error {
	x.faultRounds[plan.fault.name]++
	x.proxy.set(plan.fault)
	defer x.proxy.set(faults[0])
	if plan.diskFull {
		x.fullRounds++
		x.diskFull.Store(true)
		if err := x.disk.fill(); err != nil {
			return err
		}
	}
	over := time.Now().Add(plan.length)
	began := time.Now()
	for _, k := range plan.kills {
		if err := until(ctx, began.Add(k.at)); err != nil {
			return err
		}
		victim := x.server
		if k.daemon {
			victim = x.daemon
		}
		if err := victim.kill(); err != nil {
			return err
		}
	}
	if err := until(ctx, over); err != nil {
		return err
	}
	if plan.diskFull {
		return x.disk.free()
	}
	return nil
}

// recover waits until the daemon acknowledges again and the server has exactly what was
// acknowledged. It returns how long that took.
func (x *experiment) recover(ctx context.Context) (time.Duration, error) {
	over := time.Now()
	ctx, cancel := context.WithTimeout(ctx, recoverWithin)
	defer cancel()
	batches := x.load.batches()
	if err := rig.Until(ctx, func() (bool, error) { return x.load.batches() >= batches+senders, nil }); err != nil {
		return 0, fmt.Errorf("the daemon acknowledges no new batch: %w", err)
	}
	x.diskFull.Store(false) // a start that failed on a full disk is over
	if err := x.load.rest(ctx); err != nil {
		return 0, fmt.Errorf("the daemon does not acknowledge each batch: %w", err)
	}
	defer x.load.resume()
	if err := x.arrive(ctx); err != nil {
		return 0, errors.Join(err, x.judgeCounts(context.WithoutCancel(ctx)))
	}
	return time.Since(over), nil
}

// arrive waits until the server has as many calls as were acknowledged, while the load rests.
func (x *experiment) arrive(ctx context.Context) error {
	acknowledged := int(x.load.calls.Load())
	var there int
	err := rig.Until(ctx, func() (bool, error) {
		traces, err := x.api.Traces(ctx, project)
		if err != nil || len(traces) != 1 {
			return false, nil //nolint:nilerr // the server is not up yet
		}
		there = traces[0].Witnesses
		return there >= acknowledged, nil
	})
	if err != nil || there > acknowledged {
		return errors.Join(fmt.Errorf("the server has %d calls, and %d were acknowledged", there, acknowledged), err)
	}
	return nil
}

// clear stops all parts.
func (x *experiment) clear() error {
	if x.load != nil {
		x.load.wait()
	}
	for _, s := range []*supervised{x.daemon, x.server} {
		if s != nil {
			s.stop()
		}
	}
	var errs []error
	if x.proxy != nil {
		errs = append(errs, x.proxy.close())
	}
	if x.disk != nil {
		errs = append(errs, x.disk.unmount())
	}
	return errors.Join(errs...)
}

// until waits until a point in time.
func until(ctx context.Context, at time.Time) error {
	select {
	case <-time.After(time.Until(at)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
