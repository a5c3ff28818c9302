package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"akita/client"
)

const (
	project    = "django-demo"           // AKITA_SERVICE_NAME of the app
	middleware = "django-heroku-staging" // its AKITA_MIDDLEWARE_NAME
	agent      = "demo"                  // the daemon's name
	username   = "admin"
	workers    = 2 // processes of gunicorn, each with its own middleware

	startWithin = 60 * time.Second // for a process to be ready
	traceWithin = 60 * time.Second // the guide: "It may take up to a minute"
	foldWithin  = 60 * time.Second // for the last call to be in the model
)

// demo is one run of the demo.
type demo struct {
	config   config
	progress progress
	akita    *client.Client
	password string

	running             []*process // in the order of their start
	server, daemon, app *process
}

func newDemo(config config, p progress) (*demo, error) {
	akita, err := client.New(client.Config{URL: config.ServerPort.url()})
	if err != nil {
		return nil, err
	}
	return &demo{config: config, progress: p, akita: akita, password: rand.Text()}, nil
}

// run follows the guide step by step.
func (d *demo) run(ctx context.Context) error {
	if err := d.emptyRunDir(); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		d.startServer,
		d.startDaemon,
		d.install,
		d.startApp,
		d.capture,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if d.config.Once {
		return nil
	}
	return d.stayUp(ctx)
}

// stop ends all processes, the last started first.
func (d *demo) stop() {
	if len(d.running) > 0 {
		d.progress.step("Stopping the app, the daemon and the server")
	}
	for _, p := range slices.Backward(d.running) {
		p.stop()
	}
	d.running = nil
}

// runDir returns the folder with the data and logs of this run. The next run empties it.
func (d *demo) runDir() string { return filepath.Join(d.config.Dir, "run") }

func (d *demo) data(of string) string { return filepath.Join(d.runDir(), of) }

func (d *demo) emptyRunDir() error {
	if err := os.RemoveAll(d.runDir()); err != nil {
		return fmt.Errorf("remove the data of the last run: %w", err)
	}
	if err := os.MkdirAll(d.runDir(), 0o700); err != nil {
		return fmt.Errorf("make the folder of this run: %w", err)
	}
	return nil
}

func (d *demo) start(c command) (*process, error) {
	p, err := start(c, d.runDir())
	if err == nil {
		d.running = append(d.running, p)
	}
	return p, err
}

func (d *demo) startServer(ctx context.Context) (err error) {
	d.progress.step("akita server on %s", d.config.ServerPort.url())
	d.server, err = d.start(command{
		name: "server",
		path: d.config.Akita,
		args: []string{"server", "--listen", d.config.ServerPort.address(), "--data-dir", d.data("server-data")},
		env:  []string{"AKITA_ADMIN_USERNAME=" + username, "AKITA_ADMIN_PASSWORD=" + d.password},
	})
	if err != nil {
		return err
	}
	if err := d.server.until(ctx, startWithin, "the server answers", d.serverReady); err != nil {
		return err
	}
	return d.akita.LogIn(ctx, username, d.password)
}

func (d *demo) serverReady(ctx context.Context) bool { return d.akita.Ready(ctx) == nil }

func (d *demo) startDaemon(ctx context.Context) error {
	d.progress.step("New project %q and an API key", project)
	if _, err := d.akita.CreateProject(ctx, project); err != nil {
		return err
	}
	key, err := d.akita.CreateAPIKey(ctx, client.NewAPIKey{Name: "demo", Scope: client.AgentKey})
	if err != nil {
		return err
	}
	d.progress.step("akita daemon --name %s on port %d", agent, d.config.DaemonPort.number)
	d.daemon, err = d.start(command{
		name: "daemon",
		path: d.config.Akita,
		args: []string{
			"daemon", "--name", agent, "--port", strconv.Itoa(d.config.DaemonPort.number),
			"--server", d.config.ServerPort.url(), "--data-dir", d.data("daemon-data"),
		},
		env: []string{"AKITA_API_KEY_ID=" + key.ID, "AKITA_API_KEY_SECRET=" + key.Secret},
	})
	if err != nil {
		return err
	}
	return d.daemon.until(ctx, startWithin, "the server lists the daemon as healthy", d.daemonListed)
}

func (d *demo) daemonListed(ctx context.Context) bool {
	daemons, err := d.akita.Daemons(ctx, project)
	return err == nil && slices.ContainsFunc(daemons, func(one client.Daemon) bool {
		return one.Name == agent && one.State == client.DaemonHealthy
	})
}

func (d *demo) clientListed(ctx context.Context) bool {
	daemons, err := d.akita.Daemons(ctx, project)
	return err == nil && slices.ContainsFunc(daemons, func(one client.Daemon) bool {
		return one.Name == agent && len(one.Clients) > 0
	})
}

func (d *demo) startApp(ctx context.Context) (err error) {
	if d.config.Heroku {
		d.progress.step("heroku local web on %s", d.config.AppPort.url())
		d.app, err = d.start(d.underHeroku())
	} else {
		d.progress.step("gunicorn demo.wsgi on %s", d.config.AppPort.url())
		for _, task := range []string{"migrate", "seed"} {
			if err := d.do(ctx, d.manage(task)); err != nil {
				return err
			}
		}
		d.app, err = d.start(d.underGunicorn())
	}
	if err != nil {
		return err
	}
	if err := d.app.until(ctx, startWithin, "the app listens", d.appReady); err != nil {
		return err
	}
	if err := d.app.until(ctx, traceWithin, "the daemon lists the middleware", d.clientListed); err != nil {
		return err
	}
	d.progress.detail("The middleware %q is connected", middleware)
	return nil
}

// appReady reports whether the app listens. It makes no call: one that comes in the second
// before a trace may become part of it, and the model must hold the visitors' calls alone.
func (d *demo) appReady(ctx context.Context) bool {
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", d.config.AppPort.address())
	return err == nil && connection.Close() == nil
}

// capture starts a trace, drives the traffic, and prints the model that it made.
func (d *demo) capture(ctx context.Context) error {
	d.progress.step("Start a trace of one hour")
	started := time.Now()
	t, err := d.akita.StartTrace(ctx, project, time.Hour)
	if err != nil {
		return err
	}
	activating := fmt.Sprintf("Activating trace %s (%s)", t.Name, t.ID)
	for _, logged := range []struct {
		by    *process
		lines int
	}{{d.daemon, 1}, {d.app, workers}} {
		line, err := logged.by.awaitLine(ctx, traceWithin, activating, logged.lines)
		if err != nil {
			return err
		}
		d.progress.detail("%s", line)
	}
	d.progress.detail("Both were logged after %s", time.Since(started).Round(time.Millisecond))
	calls, err := d.drive(ctx)
	if err != nil {
		return err
	}
	return d.show(ctx, t, calls)
}

// show waits until each call is in the model, and prints it.
func (d *demo) show(ctx context.Context, t client.Trace, calls int) error {
	d.progress.step("Waiting until the API model holds all %d calls", calls)
	m, err := d.akita.Model(ctx, project, client.Filter{Trace: t.Name})
	if err != nil {
		return err
	}
	err = d.daemon.until(
		ctx,
		foldWithin,
		fmt.Sprintf("%d calls are in the model", calls),
		func(ctx context.Context) bool {
			if latest, err := d.akita.Model(ctx, project, client.Filter{Trace: t.Name}); err == nil {
				m = latest
			}
			return m.Witnesses >= calls
		},
	)
	if err != nil {
		return errors.Join(
			fmt.Errorf("the model holds %d of %d calls: %w", m.Witnesses, calls, err),
			printModel(d.progress.w, m),
		)
	}
	if m.Witnesses > calls {
		return fmt.Errorf("the model holds %d calls, but only %d were made", m.Witnesses, calls)
	}
	d.progress.step("The API model of %q: %d endpoints from %d calls", project, len(m.Endpoints), m.Witnesses)
	return printModel(d.progress.w, m)
}

// stayUp keeps all processes running, with some traffic, until ctx ends.
func (d *demo) stayUp(ctx context.Context) error {
	d.progress.step("The console: %s  (log in as %s, password %s)", d.config.ServerPort.url(), username, d.password)
	d.progress.step("Some traffic continues. Ctrl-C stops everything.")
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	for _, p := range d.running {
		go func() {
			select {
			case <-p.done:
				cancel(p.failed(fmt.Errorf("it ended by itself (%v)", p.cmd.ProcessState)))
			case <-ctx.Done():
			}
		}()
	}
	d.trickle(ctx)
	return context.Cause(ctx)
}
