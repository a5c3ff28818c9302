package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"akita/test/rig"
)

// recording is where the calls are.
type recording struct {
	name    string
	traffic string   // a file, or a project
	env     []string // how the server is reached
	isWhole bool     // it has literal values, which servers do not have
}

// live is the shop under gunicorn, with a server that has its calls.
type live struct {
	akita *rig.Installation
	app   *rig.Process
	har   string // the same calls, recorded in the process of a test
}

const project = "shop"

var (
	listening = regexp.MustCompile(`Listening at: (http://[0-9.:]+)`)
	visits    = regexp.MustCompile(`^(\d+) calls$`)
)

// record makes the calls. The caller stops what it returns, after an error too.
func record(ctx context.Context, c config, folder string) (*live, error) {
	l := &live{har: filepath.Join(folder, "traffic.har")}
	s, err := newShop(ctx, c, filepath.Join(folder, "har"), "3.0.3")
	if err != nil {
		return l, err
	}
	if _, err := s.python(ctx, "record.py", l.har); err != nil {
		return l, err
	}
	if l.akita, err = rig.Install(ctx, c.akita, filepath.Join(folder, "akita"), project); err != nil {
		return l, err
	}
	return l, l.visit(ctx, c, filepath.Join(folder, "live"))
}

// visit starts the shop with the middleware, and calls it over HTTP.
func (l *live) visit(ctx context.Context, c config, folder string) error {
	s, err := newShop(ctx, c, folder, "3.0.3")
	if err != nil {
		return err
	}
	l.app, err = rig.Start(rig.Command{
		Name: "gunicorn", Path: s.program("gunicorn"), Args: []string{"--bind", "127.0.0.1:0", "wsgi"},
		Dir: s.folder, Env: append(s.env, fmt.Sprintf("AKITA_DAEMON_HOST=127.0.0.1:%d", l.akita.DaemonPort)),
	})
	if err != nil {
		return err
	}
	line, err := l.app.Line(ctx, listening)
	if err != nil {
		return err
	}
	url := listening.FindStringSubmatch(line.Text)[1]
	if _, err := l.app.Line(ctx, rig.Activating(l.akita.Trace)); err != nil {
		return fmt.Errorf("wait for the trace: %w\n%s", err, l.app.Tail())
	}
	said, err := s.python(ctx, "visit.py", url)
	if err != nil {
		return err
	}
	count := visits.FindStringSubmatch(said)
	if count == nil {
		return fmt.Errorf("visit.py does not say how many calls it made: %s", said)
	}
	calls, err := strconv.Atoi(count[1])
	if err != nil {
		return fmt.Errorf("read the number of calls: %w", err)
	}
	return l.akita.UntilFolded(ctx, calls)
}

// recording returns the calls that the server has.
func (l *live) recording() recording {
	return recording{name: "a project of a server", traffic: project, env: []string{
		"AKITA_SERVER=" + l.akita.ServerURL(), "AKITA_API_KEY_ID=" + l.akita.Key.ID,
		"AKITA_API_KEY_SECRET=" + l.akita.Key.Secret,
	}}
}

func (l *live) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var errs []error
	if l.app != nil {
		errs = append(errs, l.app.Stop(ctx))
	}
	if l.akita != nil {
		errs = append(errs, l.akita.Stop())
	}
	return errors.Join(errs...)
}
