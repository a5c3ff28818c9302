// Package upload takes bundles from the spool to the server.
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

// workers is how many bundles are under way at the same time.
const workers = 3

// Bounds of the wait between two tries.
const (
	retryBase    = 200 * time.Millisecond
	retryMax     = 15 * time.Second
	refusedPause = 30 * time.Second // after the server has refused the API key
)

// Sender is the part of cloud.Client that uploads.
type Sender interface {
	PutBundle(ctx context.Context, project, trace, bundle string, payload []byte) error
}

// Config says what an Uploader works with.
type Config struct {
	Spool  *spool.Spool
	Sender Sender
	Now    func() time.Time
	Logger *slog.Logger
}

// Uploader sends what is in the spool, oldest first, until it is stopped.
type Uploader struct {
	cfg Config

	running context.Context // ends when Stop is called
	rest    context.CancelFunc
	alive   context.Context // ends when Stop gives up
	kill    context.CancelFunc
	workers sync.WaitGroup

	unwanted, unreadable tally.Tally
}

// New returns an uploader that does not send yet.
func New(cfg Config) *Uploader {
	u := &Uploader{cfg: cfg}
	u.alive, u.kill = context.WithCancel(context.Background())
	u.running, u.rest = context.WithCancel(u.alive)
	return u
}

// Start begins to send.
func (u *Uploader) Start() {
	for range workers {
		u.workers.Go(u.work)
	}
}

// Stop sends what is left, each bundle with one last try, until ctx ends. What
// could not be sent stays in the spool. It is idempotent.
func (u *Uploader) Stop(ctx context.Context) {
	u.rest()
	stop := context.AfterFunc(ctx, u.kill)
	defer stop()
	u.workers.Wait()
	u.kill()
}

func (u *Uploader) work() {
	pauses := backoff.Backoff{Base: retryBase, Max: retryMax}
	for {
		b, err := u.cfg.Spool.Next(u.running)
		switch {
		case err == nil:
		case u.running.Err() != nil, errors.Is(err, spool.ErrClosed):
			return // the spool was empty, or is closed
		default:
			u.noteUnreadable(err)
			_ = backoff.Sleep(u.running, pauses.Next(0)) // Next sees that u.running has ended
			continue
		}
		pauses.Reset()
		if !u.deliver(b) {
			return
		}
	}
}

// deliver tries until the bundle is gone from the spool. It reports whether
// there is a point in going on with the next one.
func (u *Uploader) deliver(b *spool.Bundle) bool {
	pauses := backoff.Backoff{Base: retryBase, Max: retryMax}
	for u.cfg.Spool.Holds(b) {
		last := u.running.Err() != nil
		err := u.cfg.Sender.PutBundle(u.alive, b.ProjectID, b.TraceID, b.ID, b.Payload)
		switch {
		case err == nil:
			u.cfg.Spool.Done(b)
			return true
		case u.alive.Err() != nil:
			return false
		}
		wait := pauses.Next(cloud.RetryAfter(err))
		switch cloud.VerdictOn(err) {
		case cloud.Gone:
			u.cfg.Spool.Discard(b)
			u.noteUnwanted(b, err)
			return true
		case cloud.Permanent:
			u.cfg.Spool.Reject(b)
			u.noteUnwanted(b, err)
			return true
		case cloud.Refused:
			wait = refusedPause
		case cloud.Retry:
		}
		if last {
			return false
		}
		_ = backoff.Sleep(u.running, wait) // cut short by Stop: then the last try follows
	}
	return true
}

func (u *Uploader) noteUnwanted(b *spool.Bundle, err error) {
	if n, due := u.unwanted.Add(uint64(b.Count), u.cfg.Now()); due {
		u.cfg.Logger.Warn("The server will not take some witnesses: they were dropped", "dropped", n, "err", err)
	}
}

func (u *Uploader) noteUnreadable(err error) {
	if n, due := u.unreadable.Add(1, u.cfg.Now()); due {
		u.cfg.Logger.Error("Cannot read the spool; trying again", "tries", n, "err", err)
	}
}
