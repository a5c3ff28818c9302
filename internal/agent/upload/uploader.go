// Package upload folds the bundles in the spool, and sends them to the server.
package upload

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/agent/spool"
	"akita/internal/agent/tally"
	"akita/internal/backoff"
)

// workers is how many parcels are sent at the same time.
const workers = 3

// Bounds of the wait between two tries.
const (
	retryBase    = 200 * time.Millisecond
	retryMax     = 15 * time.Second
	refusedPause = 30 * time.Second // after the server has refused the API key
)

// Bounds of the bundles that are gathered at once. They bound the memory of the fold too.
const (
	gatherBundles = 128       // ingest.MaxBundles is more
	gatherBytes   = 128 << 10 // compressed; they become about ten times as many
)

// Bundles that follow a gathering are left to gather for a time that grows with what it found, so that
// under load more calls are folded into one parcel, and a single call is sent at once.
const (
	pausePerWitness = 500 * time.Microsecond
	maxPause        = time.Second
)

// plainFor is how long witnesses are sent without a fold after a server has refused the form of a
// parcel: it is older than this daemon.
const plainFor = time.Hour

// Sender is the part of cloud.Client that uploads.
type Sender interface {
	PutBundle(ctx context.Context, b cloud.Bundle) error
}

// Config is what an Uploader works with.
type Config struct {
	Spool  *spool.Spool
	Sender Sender
	Plain  bool // sends witnesses one by one, without a fold
	Now    func() time.Time
	Logger *slog.Logger
}

// Uploader sends the bundles in the spool, oldest first, until it is stopped.
type Uploader struct {
	config  Config
	folder  folder
	parcels chan *parcel // from gather to the workers

	running       context.Context // ends when Stop is called
	cancelRunning context.CancelFunc
	alive         context.Context // ends when Stop gives up
	cancelAlive   context.CancelFunc
	tasks         sync.WaitGroup

	unwanted, unreadable tally.Tally

	mu         sync.Mutex
	plainUntil time.Time // guarded by mu
}

// New returns an uploader that is not started.
func New(config Config) *Uploader {
	u := &Uploader{config: config, folder: newFolder(), parcels: make(chan *parcel)}
	u.alive, u.cancelAlive = context.WithCancel(context.Background())
	u.running, u.cancelRunning = context.WithCancel(u.alive)
	return u
}

// Start starts to send.
func (u *Uploader) Start() {
	u.tasks.Go(u.gather)
	for range workers {
		u.tasks.Go(u.work)
	}
}

// Stop tries once more to send each bundle that is left, until ctx ends. The others
// stay in the spool. It is idempotent.
func (u *Uploader) Stop(ctx context.Context) {
	u.cancelRunning()
	stop := context.AfterFunc(ctx, u.cancelAlive)
	defer stop()
	u.tasks.Wait()
	u.cancelAlive()
}

// gather takes bundles from the spool and passes them to the workers as parcels.
func (u *Uploader) gather() {
	defer close(u.parcels)
	pauses := backoff.Backoff{Base: retryBase, Max: retryMax}
	for {
		bundles, err := u.config.Spool.Next(u.running, gatherBundles, gatherBytes)
		switch {
		case err == nil:
		case u.running.Err() != nil, errors.Is(err, spool.ErrClosed):
			return // the spool was empty, or is closed
		default:
			u.noteUnreadable(err)
			_ = backoff.Sleep(u.running, pauses.Next(0)) // Next handles the end of u.running
			continue
		}
		pauses.Reset()
		pause := pauseAfter(bundles)
		for _, p := range u.pack(bundles) {
			select {
			case u.parcels <- p:
			case <-u.alive.Done():
				return
			}
		}
		_ = backoff.Sleep(u.running, pause)
	}
}

// pauseAfter returns how long bundles are left to gather after some were taken: not at all if there
// are more already.
func pauseAfter(bundles []*spool.Bundle) time.Duration {
	witnesses, bytes := 0, 0
	for _, b := range bundles {
		witnesses += b.Count
		bytes += len(b.Payload)
	}
	if len(bundles) == gatherBundles || bytes >= gatherBytes {
		return 0
	}
	return min(time.Duration(witnesses)*pausePerWitness, maxPause)
}

// pack puts the bundles of each trace into one parcel, or each into its own if they are sent plain.
func (u *Uploader) pack(bundles []*spool.Bundle) []*parcel {
	if u.isPlain() {
		return u.folder.plain(bundles)
	}
	return u.folder.pack(bundles)
}

func (u *Uploader) isPlain() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.config.Plain || u.config.Now().Before(u.plainUntil)
}

func (u *Uploader) becomePlain() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.plainUntil = u.config.Now().Add(plainFor)
}

func (u *Uploader) work() {
	for p := range u.parcels {
		if !u.deliver(p) {
			return
		}
	}
}

// deliver tries until no bundle of the parcel is in the spool any more. It reports whether to go on
// with the next one.
func (u *Uploader) deliver(p *parcel) bool {
	pauses := backoff.Backoff{Base: retryBase, Max: retryMax}
	for u.keepHeld(p) {
		last := u.running.Err() != nil
		err := u.config.Sender.PutBundle(u.alive, p.upload())
		if err == nil {
			u.finish(p, u.config.Spool.Done)
			return true
		}
		if u.alive.Err() != nil {
			return false
		}
		wait := pauses.Next(cloud.RetryAfter(err))
		switch cloud.VerdictOn(err) {
		case cloud.Gone:
			u.finish(p, u.config.Spool.Discard)
			u.noteUnwanted(p, err)
			return true
		case cloud.Permanent:
			if p.folded {
				return u.deliverPlain(p, err)
			}
			u.finish(p, func(b *spool.Bundle) { u.config.Spool.Reject(b, p.payload) })
			u.noteUnwanted(p, err)
			return true
		case cloud.Refused:
			wait = refusedPause
		case cloud.Known:
			if known := p.take(cloud.KnownBundles(err)); len(known.bundles) > 0 {
				u.finish(known, u.config.Spool.Done)
				u.folder.fold(p)
				continue
			}
		case cloud.Retry:
		}
		if last {
			return false
		}
		_ = backoff.Sleep(u.running, wait) // Stop ends it, and the last try follows
	}
	return true
}

// deliverPlain delivers the bundles of a parcel one by one, because the server refused their sum: it
// is older than this daemon, or one of them is bad.
func (u *Uploader) deliverPlain(p *parcel, err error) bool {
	if cloud.IsUnknownForm(err) {
		u.becomePlain()
	}
	for _, one := range u.folder.plain(p.bundles) {
		if !u.deliver(one) {
			return false
		}
	}
	return true
}

func (u *Uploader) finish(p *parcel, how func(*spool.Bundle)) {
	for _, b := range p.bundles {
		how(b)
	}
}

// keepHeld takes the bundles out of a parcel that are no longer in the spool, since it removes the
// oldest for newer ones. It reports whether any is left.
func (u *Uploader) keepHeld(p *parcel) bool {
	gone := p.takeFunc(func(b *spool.Bundle) bool { return !u.config.Spool.Holds(b) })
	if len(gone.bundles) > 0 && len(p.bundles) > 0 {
		u.folder.fold(p)
	}
	return len(p.bundles) > 0
}

func (u *Uploader) noteUnwanted(p *parcel, err error) {
	if n, due := u.unwanted.Add(uint64(p.witnesses()), u.config.Now()); due {
		u.config.Logger.Warn("The server refused some witnesses, which were dropped", "dropped", n, "error", err)
	}
}

func (u *Uploader) noteUnreadable(err error) {
	if n, due := u.unreadable.Add(1, u.config.Now()); due {
		u.config.Logger.Error("Cannot read the spool; trying again", "tries", n, "error", err)
	}
}
