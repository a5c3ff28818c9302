// Package upload sends bundles from the spool to the server.
package upload

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/agent/spool"
	"akita/internal/agent/tally"
	"akita/internal/backoff"
)

// workers is how many bundles are sent at the same time.
const workers = 3

// Bounds of the wait between two tries.
const (
	retryBase    = 200 * time.Millisecond
	retryMax     = 15 * time.Second
	refusedPause = 30 * time.Second // after the server has refused the API key
)

// Sender is the part of cloud.Client that uploads.
type Sender interface {
	PutBundle(ctx context.Context, project, trace, bundle string, query url.Values, payload []byte) error
}

// Config is what an Uploader works with.
type Config struct {
	Spool  *spool.Spool
	Sender Sender
	Now    func() time.Time
	Logger *slog.Logger
}

// Uploader sends the bundles in the spool, oldest first, until it is stopped.
type Uploader struct {
	config Config

	running       context.Context // ends when Stop is called
	cancelRunning context.CancelFunc
	alive         context.Context // ends when Stop gives up
	cancelAlive   context.CancelFunc
	workers       sync.WaitGroup

	unwanted, unreadable tally.Tally
}

// New returns an uploader that is not started.
func New(config Config) *Uploader {
	u := &Uploader{config: config}
	u.alive, u.cancelAlive = context.WithCancel(context.Background())
	u.running, u.cancelRunning = context.WithCancel(u.alive)
	return u
}

// Start starts to send.
func (u *Uploader) Start() {
	for range workers {
		u.workers.Go(u.work)
	}
}

// Stop tries once more to send each bundle that is left, until ctx ends. The others
// stay in the spool. It is idempotent.
func (u *Uploader) Stop(ctx context.Context) {
	u.cancelRunning()
	stop := context.AfterFunc(ctx, u.cancelAlive)
	defer stop()
	u.workers.Wait()
	u.cancelAlive()
}

func (u *Uploader) work() {
	pauses := backoff.Backoff{Base: retryBase, Max: retryMax}
	for {
		b, err := u.config.Spool.Next(u.running)
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
		if !u.deliver(b) {
			return
		}
	}
}

// deliver tries until the bundle is no longer in the spool. It reports whether to
// go on with the next one.
func (u *Uploader) deliver(b *spool.Bundle) bool {
	pauses := backoff.Backoff{Base: retryBase, Max: retryMax}
	for u.config.Spool.Holds(b) {
		last := u.running.Err() != nil
		err := u.config.Sender.PutBundle(
			u.alive, b.ProjectID, b.TraceID, b.ID, cloud.BundleQuery(b.Also, b.Repeats), b.Payload)
		switch {
		case err == nil:
			u.config.Spool.Done(b)
			return true
		case u.alive.Err() != nil:
			return false
		}
		wait := pauses.Next(cloud.RetryAfter(err))
		switch cloud.VerdictOn(err) {
		case cloud.Gone:
			u.config.Spool.Discard(b)
			u.noteUnwanted(b, err)
			return true
		case cloud.Permanent:
			u.config.Spool.Reject(b)
			u.noteUnwanted(b, err)
			return true
		case cloud.Refused:
			wait = refusedPause
		case cloud.Retry:
		}
		if last {
			return false
		}
		_ = backoff.Sleep(u.running, wait) // Stop ends it, and the last try follows
	}
	return true
}

func (u *Uploader) noteUnwanted(b *spool.Bundle, err error) {
	if n, due := u.unwanted.Add(uint64(b.Count), u.config.Now()); due {
		u.config.Logger.Warn("The server refused some witnesses, which were dropped", "dropped", n, "error", err)
	}
}

func (u *Uploader) noteUnreadable(err error) {
	if n, due := u.unreadable.Add(1, u.config.Now()); due {
		u.config.Logger.Error("Cannot read the spool; trying again", "tries", n, "error", err)
	}
}
