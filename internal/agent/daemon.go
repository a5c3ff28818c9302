package agent

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"sync"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/agent/local"
	"akita/internal/agent/preview"
	"akita/internal/agent/spool"
	"akita/internal/agent/token"
	"akita/internal/agent/traces"
	"akita/internal/agent/upload"
)

// Time limits of starting and stopping.
const (
	finishTimeout = 5 * time.Second // for requests under way
	drainTimeout  = 5 * time.Second // for the last uploads
)

// ErrKeyRefused says that the server does not know the API key.
var ErrKeyRefused = errors.New("the server refuses the API key")

// Daemon is a running agent. Make one with Start.
type Daemon struct {
	cfg      Config
	settings Settings

	folder    *folder
	spool     *spool.Spool
	registry  *traces.Registry
	cloud     upstream
	preview   *preview.Preview // nil where there is a server
	local     *local.Server
	uploader  *upload.Uploader
	addresses []net.Addr

	started    time.Time
	newClients chan struct{} // one value: the next heartbeat is due
	failed     chan error    // one value: why the daemon cannot go on

	ctx    context.Context // ends watch and beat
	cancel context.CancelFunc
	tasks  sync.WaitGroup

	mu       sync.Mutex
	stopping bool // no more tasks

	stop sync.Once
}

// upstream is what a daemon needs of the server: see cloud.Client.
type upstream interface {
	Introduce(ctx context.Context) error
	Heartbeat(ctx context.Context, clients []cloud.ConnectedClient) (time.Duration, error)
	PollTraces(ctx context.Context, project string, active []string, wait time.Duration) (cloud.Traces, error)
	PutBundle(ctx context.Context, project, trace, bundle string, payload []byte) error
	Health() cloud.Health
}

// Start starts a daemon. When it returns, middlewares can connect. It fails
// where trying again would not help, with ErrKeyRefused where the server
// refuses the API key; a server that cannot be reached is no failure.
func Start(ctx context.Context, cfg Config, settings Settings) (*Daemon, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if settings.HTTPClient == nil {
		settings.HTTPClient = cloud.NewHTTPClient()
	}
	d := &Daemon{
		cfg:        cfg,
		settings:   settings,
		started:    settings.Now(),
		newClients: make(chan struct{}, 1),
		failed:     make(chan error, 1),
	}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	if err := d.open(); err != nil {
		d.cancel()
		return nil, err
	}
	if server, err := parseServer(cfg.Server); err == nil && exposesKey(server) && !cfg.Preview {
		settings.Logger.Warn("The server is on another machine and does not speak HTTPS: the API key can be read on the way; use https:// in --server (AKITA_SERVER)")
	}
	d.uploader.Start()
	d.registry.Resume()
	if err := d.introduce(ctx); err != nil {
		d.Stop()
		return nil, err
	}
	d.spawn(func() { d.beat(d.ctx) })
	return d, nil
}

// open makes the parts and begins to answer middlewares.
func (d *Daemon) open() (err error) {
	shared, err := d.token()
	if err != nil {
		return err
	}
	listeners, err := d.cfg.listen()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, closeAll(listeners))
		}
	}()
	if err := d.connect(); err != nil {
		return err
	}
	if d.folder, err = openFolder(d.cfg.DataDir, d.cfg.Name); err != nil {
		return err
	}
	d.spool, err = spool.Open(spool.Config{
		Dir:      filepath.Join(d.folder.path, "spool"),
		MaxBytes: d.cfg.SpoolMaxBytes,
		Now:      d.settings.Now,
		Logger:   d.settings.Logger,
	})
	if err != nil {
		return errors.Join(err, d.folder.close())
	}
	d.registry = traces.New(traces.Config{
		StatePath: filepath.Join(d.folder.path, "traces.json"),
		OnService: func(service string) { d.spawn(func() { d.watch(d.ctx, service) }) },
		OnClients: d.nudge,
		Now:       d.settings.Now, Logger: d.settings.Logger,
	})
	d.uploader = upload.New(upload.Config{Spool: d.spool, Sender: d.cloud, Now: d.settings.Now, Logger: d.settings.Logger})
	d.local = local.New(local.Config{
		Registry: d.registry, Spool: d.spool, Witness: d.cfg.Witness,
		Token: shared, Status: func() any { return d.Status() },
		Now: d.settings.Now, Logger: d.settings.Logger,
	})
	for _, l := range listeners {
		d.addresses = append(d.addresses, l.Addr())
	}
	d.local.Serve(listeners, d.cfg.Listen, func(err error) { d.fail(fmt.Errorf("listen: %w", err)) })
	return nil
}

// token returns the token that middlewares must have, the zero one where none is set.
func (d *Daemon) token() (token.Token, error) {
	switch {
	case d.cfg.Token != "":
		return token.Parse(d.cfg.Token)
	case d.cfg.TokenFile == "":
		return token.Token{}, nil
	}
	shared, exposed, err := token.ReadOrMake(d.cfg.TokenFile)
	if exposed {
		d.settings.Logger.Warn("Every user of this machine may read the token: take that right away (chmod o-r)", "file", d.cfg.TokenFile)
	}
	return shared, err
}

// connect makes what speaks with the server, or stands in its place.
func (d *Daemon) connect() error {
	if d.cfg.Preview {
		var err error
		d.preview, err = preview.New(d.settings.Preview, d.started, d.fail)
		d.cloud = d.preview
		return err
	}
	server, err := parseServer(d.cfg.Server)
	if err != nil {
		return err
	}
	d.cloud = cloud.New(cloud.Config{
		Server: server, KeyID: d.cfg.KeyID, KeySecret: d.cfg.KeySecret,
		Daemon: d.cfg.Name, Version: d.settings.Version,
		HTTPClient: d.settings.HTTPClient, Now: d.settings.Now, Logger: d.settings.Logger,
	})
	return nil
}

// introduce sends the first heartbeat, to find a wrong API key at once.
func (d *Daemon) introduce(ctx context.Context) error {
	err := d.cloud.Introduce(ctx)
	if err != nil && cloud.VerdictOn(err) == cloud.Refused {
		return fmt.Errorf("%w %s: check AKITA_API_KEY_ID and AKITA_API_KEY_SECRET, or create another key in the console under Settings", ErrKeyRefused, d.cfg.KeyID)
	}
	if err != nil {
		d.nudge() // the loop will try again, soon
	}
	return nil
}

// spawn runs a task that ends with d.ctx; none after Stop has been called.
func (d *Daemon) spawn(task func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.stopping {
		d.tasks.Go(task)
	}
}

// nudge makes a heartbeat due now.
func (d *Daemon) nudge() {
	select {
	case d.newClients <- struct{}{}:
	default:
	}
}

func (d *Daemon) fail(err error) {
	select {
	case d.failed <- err:
	default:
	}
}

// Addresses returns where the daemon listens.
func (d *Daemon) Addresses() []net.Addr { return d.addresses }

// Failed gives one value when the daemon cannot go on.
func (d *Daemon) Failed() <-chan error { return d.failed }

// Stop lets requests under way finish, makes a last try to send what is left in
// the spool, and returns within about 10 seconds. It is idempotent.
func (d *Daemon) Stop() { d.stop.Do(d.shutdown) }

func (d *Daemon) shutdown() {
	finish, cancelFinish := context.WithTimeout(context.Background(), finishTimeout)
	defer cancelFinish()
	err := d.local.Shutdown(finish)
	d.mu.Lock()
	d.stopping = true
	d.mu.Unlock()
	d.cancel()
	d.tasks.Wait()
	drain, cancelDrain := context.WithTimeout(context.Background(), drainTimeout)
	defer cancelDrain()
	d.uploader.Stop(drain)
	d.settings.HTTPClient.CloseIdleConnections()
	if d.preview != nil {
		d.preview.Close()
	}
	if err := errors.Join(err, d.spool.Close(), d.folder.close()); err != nil {
		d.settings.Logger.Warn("The daemon did not stop cleanly", "err", err)
	}
	if left := d.spool.Stats().Pending; left > 0 {
		d.settings.Logger.Info("Some witnesses are still on disk; they are sent when a daemon of this name starts again", "witnesses", left)
	}
}
