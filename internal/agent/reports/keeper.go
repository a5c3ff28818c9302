// Package reports keeps what applications report about themselves to a daemon, until the server has it, and
// sends it again when the server may have lost it: the routes of an application, or the document that it
// generates. A keeper holds reports of one kind. Each project has the one that was reported last.
package reports

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/backoff"
)

// Times of sending.
const (
	// again is how long the same report is not sent again: the processes of an application start together.
	again = time.Minute
	// retryBase and retryMax bound the wait after a failure.
	retryBase = time.Second
	retryMax  = time.Minute
)

// maxReports bounds the projects whose reports are kept, as many as a daemon serves. Of more, those that
// were reported first are forgotten.
const maxReports = 64

// Report is what the application of a project has reported.
type Report struct {
	Project  string // as the middleware named it
	Reported time.Time
	Source   string // what made the content; it may be empty
	Content  []byte // JSON
}

// Config is what a Keeper works with.
type Config struct {
	Dir      string // of its files; it is created
	Kind     string // of the reports, for messages: "routes"
	MaxBytes int64  // of the content of a report
	// Check returns an error if a content, which was read from a file, is not what Take was given.
	Check func(content []byte) error
	// Send uploads a report.
	Send   func(ctx context.Context, r Report) error
	Now    func() time.Time
	Logger *slog.Logger
}

// Keeper keeps the reports of projects. Its methods are safe for concurrent use.
type Keeper struct {
	config Config
	folder folder
	wake   chan struct{} // has a value when there may be something to send

	saving sync.Mutex // held while a file is written
	mu     sync.Mutex
	last   map[string]*kept // by the key of the project
}

// kept is the last report of a project. Its content is in its file.
type kept struct {
	project  string // as the middleware named it
	reported time.Time
	hash     string
	standing standing
}

// standing says whether a report has to be sent.
type standing int

const (
	unsent standing = iota
	sent
	unwanted // the server has no such project, or will not take the report
)

// Open returns a keeper with the reports that were kept in its folder; all of them are sent again. A file
// that cannot be read is logged and ignored.
func Open(config Config) (*Keeper, error) {
	k := &Keeper{
		config: config, folder: folder{config.Dir, config.MaxBytes, config.Check}, wake: make(chan struct{}, 1),
		last: make(map[string]*kept),
	}
	files, err := k.folder.open()
	if err != nil {
		return nil, fmt.Errorf("open the folder of %s: %w", config.Kind, err)
	}
	for _, path := range files {
		saved, err := k.folder.read(path)
		if err != nil {
			k.warn("error", err)
			continue
		}
		k.last[keyOf(saved.Project)] = &kept{project: saved.Project, reported: saved.Reported, hash: saved.hash()}
	}
	k.nudge()
	return k, nil
}

// warn logs that a report cannot be read.
func (k *Keeper) warn(args ...any) {
	k.config.Logger.Warn(
		"Cannot read what an application has reported: it comes again when the application starts",
		append([]any{"kind", k.config.Kind}, args...)...)
}

// Take keeps what the application of a project has reported. It returns when that is on disk.
func (k *Keeper) Take(project, source string, content []byte) error {
	k.saving.Lock()
	defer k.saving.Unlock()
	now := k.config.Now().UTC()
	next := saved{Project: project, Reported: now, Source: source, Content: content}
	hash := next.hash()
	k.mu.Lock()
	last := k.last[keyOf(project)]
	isKnown := last != nil && last.hash == hash && now.Sub(last.reported) < again
	k.mu.Unlock()
	if isKnown {
		return nil
	}
	if err := k.folder.write(next); err != nil {
		return err
	}
	k.mu.Lock()
	k.last[keyOf(project)] = &kept{project: project, reported: now, hash: hash}
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

// oldest forgets the report that was made first, if there are too many, and returns its project; "" if
// there are not. The caller holds mu.
func (k *Keeper) oldest() string {
	if len(k.last) <= maxReports {
		return ""
	}
	var first *kept
	for _, l := range k.last {
		if first == nil || l.reported.Before(first.reported) {
			first = l
		}
	}
	delete(k.last, keyOf(first.project))
	return first.project
}

// Renew makes the report of a project be sent again: the server was away, or did not know the project.
func (k *Keeper) Renew(project string) {
	k.mu.Lock()
	l := k.last[keyOf(project)]
	if l != nil {
		l.standing = unsent
	}
	k.mu.Unlock()
	k.nudge()
}

// nudge makes Run look for reports to send.
func (k *Keeper) nudge() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// Run sends reports until ctx ends.
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
		if cloud.VerdictOn(err) == cloud.Permanent {
			k.config.Logger.Warn("The server refuses what an application has reported",
				"kind", k.config.Kind, "project", next.project, "error", err)
		}
		if result, final := outcome(err); final {
			k.settle(next, result)
			pauses.Reset()
			continue
		}
		_ = backoff.Sleep(ctx, pauses.Next(cloud.RetryAfter(err))) // the loop handles the end of ctx
	}
}

// next returns a report that is to be sent; ok is false if there is none.
func (k *Keeper) next() (next kept, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, l := range k.last {
		if l.standing == unsent && (!ok || l.reported.Before(next.reported)) {
			next, ok = *l, true
		}
	}
	return next, ok
}

func (k *Keeper) send(ctx context.Context, l kept) error {
	saved, err := k.folder.read(k.folder.path(l.project))
	if err != nil {
		k.warn("project", l.project, "error", err)
		return errUnreadable
	}
	return k.config.Send(ctx, Report{saved.Project, saved.Reported, saved.Source, saved.Content})
}

// outcome returns what an attempt means for a report; final is false if the same may succeed later.
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

// settle sets what became of a report, unless it has changed meanwhile.
func (k *Keeper) settle(l kept, result standing) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now := k.last[keyOf(l.project)]; now != nil && now.reported.Equal(l.reported) {
		now.standing = result
	}
}
