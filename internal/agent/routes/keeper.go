// Package routes keeps the routes that applications report to a daemon until the server has them, and
// sends them again when the server may have lost them. Each project has the list that was reported last.
package routes

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/backoff"
	"akita/internal/routelist"
)

// Times of sending.
const (
	// again is how long the same list is not sent again: the processes of an application start together.
	again = time.Minute
	// retryBase and retryMax bound the wait after a failure.
	retryBase = time.Second
	retryMax  = time.Minute
)

// maxLists bounds the projects whose routes are kept, as many as a daemon serves. Of more, those that were
// reported first are forgotten.
const maxLists = 64

// Sender uploads a list; *cloud.Client is one.
type Sender interface {
	PutRoutes(ctx context.Context, project string, reported time.Time, list []byte) error
}

// Config is what a Keeper works with.
type Config struct {
	Dir    string // of its files; it is created
	Sender Sender
	Now    func() time.Time
	Logger *slog.Logger
}

// Keeper keeps the routes of projects. Its methods are safe for concurrent use.
type Keeper struct {
	config Config
	folder folder
	wake   chan struct{} // has a value when there may be something to send

	saving sync.Mutex // held while a file is written
	mu     sync.Mutex
	lists  map[string]*kept // by the key of the project
}

// kept is the last list of a project. The list itself is in its file.
type kept struct {
	project  string // as the middleware named it
	reported time.Time
	hash     string
	standing standing
}

// standing says whether a list has to be sent.
type standing int

const (
	unsent standing = iota
	sent
	unwanted // the server has no such project, or will not take the list
)

// Open returns a keeper with the lists that were kept in its folder; all of them are sent again. A file
// that cannot be read is logged and ignored.
func Open(config Config) (*Keeper, error) {
	k := &Keeper{
		config: config, folder: folder{config.Dir}, wake: make(chan struct{}, 1), lists: make(map[string]*kept),
	}
	files, err := k.folder.open()
	if err != nil {
		return nil, fmt.Errorf("open the folder of routes: %w", err)
	}
	for _, path := range files {
		saved, err := k.folder.read(path)
		if err != nil {
			config.Logger.Warn("Cannot read the routes of a project: they come again when its application starts",
				"error", err)
			continue
		}
		k.lists[keyOf(saved.Project)] = &kept{
			project: saved.Project, reported: saved.Reported, hash: routelist.Hash(saved.List),
		}
	}
	k.nudge()
	return k, nil
}

// Take keeps the list that the application of a project has reported. It returns when it is on disk.
func (k *Keeper) Take(project string, list routelist.List) error {
	encoded, err := list.Encode()
	if err != nil {
		return err
	}
	k.saving.Lock()
	defer k.saving.Unlock()
	now, hash := k.config.Now().UTC(), routelist.Hash(encoded)
	k.mu.Lock()
	last := k.lists[keyOf(project)]
	isKnown := last != nil && last.hash == hash && now.Sub(last.reported) < again
	k.mu.Unlock()
	if isKnown {
		return nil
	}
	if err := k.folder.write(saved{Project: project, Reported: now, List: encoded}); err != nil {
		return err
	}
	k.mu.Lock()
	k.lists[keyOf(project)] = &kept{project: project, reported: now, hash: hash}
	oldest := k.oldest()
	k.mu.Unlock()
	if oldest != "" {
		if err := k.folder.remove(oldest); err != nil {
			return err
		}
	}
	k.nudge()
	return nil
}

// oldest forgets the list that was reported first, if there are too many, and returns its project; "" if
// there are not. The caller holds mu.
func (k *Keeper) oldest() string {
	if len(k.lists) <= maxLists {
		return ""
	}
	var first *kept
	for _, l := range k.lists {
		if first == nil || l.reported.Before(first.reported) {
			first = l
		}
	}
	delete(k.lists, keyOf(first.project))
	return first.project
}

// Renew makes the list of a project be sent again: the server was away, or did not know the project.
func (k *Keeper) Renew(project string) {
	k.mu.Lock()
	l := k.lists[keyOf(project)]
	if l != nil {
		l.standing = unsent
	}
	k.mu.Unlock()
	k.nudge()
}

// nudge makes Run look for lists to send.
func (k *Keeper) nudge() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// Run sends lists until ctx ends.
func (k *Keeper) Run(ctx context.Context) {
	pauses := backoff.Backoff{Base: retryBase, Max: retryMax}
	for ctx.Err() == nil {
		next, ok := k.next()
		if !ok {
			select {
			case <-k.wake:
			case <-ctx.Done():
			}
			continue
		}
		err := k.send(ctx, next)
		if result, final := outcome(err); final {
			k.settle(next, result)
			pauses.Reset()
			continue
		}
		_ = backoff.Sleep(ctx, pauses.Next(cloud.RetryAfter(err))) // the loop handles the end of ctx
	}
}

// next returns a list that is to be sent; ok is false if there is none.
func (k *Keeper) next() (next kept, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, l := range k.lists {
		if l.standing == unsent && (!ok || l.reported.Before(next.reported)) {
			next, ok = *l, true
		}
	}
	return next, ok
}

func (k *Keeper) send(ctx context.Context, l kept) error {
	saved, err := k.folder.read(k.folder.path(l.project))
	if err != nil {
		k.config.Logger.Warn("Cannot read the routes of a project: they come again when its application starts",
			"project", l.project, "error", err)
		return errUnreadable
	}
	return k.config.Sender.PutRoutes(ctx, saved.Project, saved.Reported, saved.List)
}

// outcome returns what an attempt means for a list; final is false if the same may succeed later.
func outcome(err error) (result standing, final bool) {
	switch {
	case err == nil:
		return sent, true
	case isUnreadable(err), cloud.IsUnknownOperation(err):
		return unwanted, true
	}
	switch cloud.VerdictOn(err) {
	case cloud.Gone, cloud.Permanent:
		return unwanted, true
	case cloud.Retry, cloud.Refused, cloud.Known:
	}
	return unsent, false
}

// settle sets what became of a list, unless it has changed meanwhile.
func (k *Keeper) settle(l kept, result standing) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now := k.lists[keyOf(l.project)]; now != nil && now.reported.Equal(l.reported) {
		now.standing = result
	}
}
