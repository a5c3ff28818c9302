package agent

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/agent/local"
	"akita/internal/agent/preview"
	"akita/internal/agent/reports"
	"akita/internal/agent/spool"
	"akita/internal/agent/token"
	"akita/internal/agent/traces"
	"akita/internal/agent/upload"
	"akita/internal/declared"
	"akita/internal/gate"
	"akita/internal/routelist"
)

// Time limits of starting and stopping.
const (
	finishTimeout = 5 * time.Second // for current requests
	drainTimeout  = 5 * time.Second // for the last uploads
)

// ErrKeyRefused reports that the server does not know the API key.
var ErrKeyRefused = errors.New("the server refuses the API key")

// Daemon is a running agent; Start makes one.
type Daemon struct {
	config   Config
	settings Settings

	dir       *dataDir
	spool     *spool.Spool
	registry  *traces.Registry
	routes    *reports.Keeper
	documents *reports.Keeper
	gate      *gate.Gate
	cloud     upstream
	preview   *preview.Preview // nil if there is a server
	local     *local.Server
	uploader  *upload.Uploader
	addresses []net.Addr

	started    time.Time
	instance   string        // distinguishes this process from others of the same name
	sameName   atomic.Int64  // other daemons of this name, as the server says
	newClients chan struct{} // has a value when a heartbeat is due at once
	failed     chan error    // gets one value when the daemon cannot go on

	ctx    context.Context // ends watch and beat
	cancel context.CancelFunc
	tasks  sync.WaitGroup

	mu       sync.Mutex
	stopping bool // no more tasks are started

	stop sync.Once
}

// upstream is the part of cloud.Client that a daemon uses.
type upstream interface {
	Introduce(ctx context.Context) (cloud.HeartbeatAnswer, error)
	Heartbeat(ctx context.Context, clients []cloud.ConnectedClient) (cloud.HeartbeatAnswer, error)
	PollTraces(ctx context.Context, project string, active []string, wait time.Duration) (cloud.Traces, error)
	PutBundle(ctx context.Context, b cloud.Bundle) error
	PutRoutes(ctx context.Context, project string, reported time.Time, list []byte) error
	PutDeclaration(ctx context.Context, project string, reported time.Time, generator string, document []byte) error
	Health() cloud.Health
}

// Start starts a daemon and returns when middlewares can connect. It returns an error
// if trying again would not help, such as ErrKeyRefused. It does not fail if the
// server cannot be reached.
func Start(ctx context.Context, config Config, settings Settings) (*Daemon, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	if settings.HTTPClient == nil {
		settings.HTTPClient = cloud.NewHTTPClient()
	}
	d := &Daemon{
		config:     config,
		settings:   settings,
		started:    settings.Now(),
		instance:   rand.Text(),
		newClients: make(chan struct{}, 1),
		failed:     make(chan error, 1),
	}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	if err := d.open(); err != nil {
		d.cancel()
		return nil, err
	}
	if server, err := parseServer(config.Server); err == nil && exposesKey(server) && !config.Preview {
		settings.Logger.Warn(
			"The API key is sent unencrypted to a server on another machine: use https:// in --server (AKITA_SERVER)",
		)
	}
	d.uploader.Start()
	d.registry.Resume()
	if err := d.introduce(ctx); err != nil {
		d.Stop()
		return nil, err
	}
	d.spawn(func() { d.beat(d.ctx) })
	d.spawn(func() { d.routes.Run(d.ctx) })
	d.spawn(func() { d.documents.Run(d.ctx) })
	return d, nil
}

// open makes the parts of the daemon and starts to answer middlewares.
func (d *Daemon) open() (err error) {
	shared, err := d.token()
	if err != nil {
		return err
	}
	listeners, err := d.config.listen()
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
	if d.dir, err = openDataDir(d.config.DataDir, d.config.Name); err != nil {
		return err
	}
	d.spool, err = spool.Open(spool.Config{
		Dir:      filepath.Join(d.dir.path, "spool"),
		MaxBytes: d.config.SpoolMaxBytes,
		Now:      d.settings.Now,
		Logger:   d.settings.Logger,
	})
	if err != nil {
		return errors.Join(err, d.dir.close())
	}
	d.registry = traces.New(traces.Config{
		StatePath: filepath.Join(d.dir.path, "traces.json"),
		OnService: func(service string, forgotten <-chan struct{}) {
			d.spawn(func() { d.watch(d.ctx, service, forgotten) })
		},
		OnClients: d.nudge,
		Now:       d.settings.Now, Logger: d.settings.Logger,
	})
	if err := d.openReports(); err != nil {
		return errors.Join(err, d.spool.Close(), d.dir.close())
	}
	d.gate = gate.New(d.config.Gate)
	d.uploader = upload.New(upload.Config{
		Spool: d.spool, Sender: d.cloud, Plain: d.config.Preview, Now: d.settings.Now, Logger: d.settings.Logger,
	})
	d.local = local.New(local.Config{
		Registry: d.registry, Spool: d.spool, Routes: d.routes, Documents: d.documents, Witness: d.config.Witness,
		Gate: d.gate, Token: shared, Status: func() any { return d.Status() },
		Now: d.settings.Now, Logger: d.settings.Logger,
	})
	for _, l := range listeners {
		d.addresses = append(d.addresses, l.Addr())
	}
	d.local.Serve(listeners, d.config.Listen, func(err error) { d.fail(fmt.Errorf("listen: %w", err)) })
	return nil
}

// openReports opens what applications have reported.
func (d *Daemon) openReports() (err error) {
	d.routes, err = d.openReport(reports.Config{
		Kind: "routes", MaxBytes: routelist.MaxBytes,
		Check: func(content []byte) error {
			_, err := routelist.Decode(content)
			return err
		},
		Send: func(ctx context.Context, r reports.Report) error {
			return d.cloud.PutRoutes(ctx, r.Project, r.Reported, r.Content)
		},
	})
	if err != nil {
		return err
	}
	d.documents, err = d.openReport(reports.Config{
		Kind: "documents", MaxBytes: declared.MaxOutline,
		Check: func(content []byte) error {
			_, err := declared.Outline(content)
			return err
		},
		Send: func(ctx context.Context, r reports.Report) error {
			return d.cloud.PutDeclaration(ctx, r.Project, r.Reported, r.Source, r.Content)
		},
	})
	return err
}

func (d *Daemon) openReport(config reports.Config) (*reports.Keeper, error) {
	config.Dir = filepath.Join(d.dir.path, config.Kind)
	config.Now, config.Logger = d.settings.Now, d.settings.Logger
	return reports.Open(config)
}

// token returns the token that middlewares must know, or the zero Token if none is set.
func (d *Daemon) token() (token.Token, error) {
	switch {
	case d.config.Token != "":
		return token.Parse(d.config.Token)
	case d.config.TokenFile == "":
		return token.Token{}, nil
	}
	shared, exposed, err := token.ReadOrMake(d.config.TokenFile)
	if exposed {
		d.settings.Logger.Warn(
			"Every user of this machine may read the token: run chmod o-r on its file",
			"file",
			d.config.TokenFile,
		)
	}
	return shared, err
}

// connect makes the client of the server, or its replacement for a preview.
func (d *Daemon) connect() error {
	if d.config.Preview {
		var err error
		d.preview, err = preview.New(preview.Config{
			Out: d.settings.Preview, Daemon: d.config.Name, Version: d.settings.Version, Instance: d.instance,
			Started: d.started, Failed: d.fail,
		})
		d.cloud = d.preview
		return err
	}
	server, err := parseServer(d.config.Server)
	if err != nil {
		return err
	}
	d.cloud = cloud.New(cloud.Config{
		Server: server, KeyID: d.config.KeyID, KeySecret: d.config.KeySecret,
		Daemon: d.config.Name, Instance: d.instance, Version: d.settings.Version,
		HTTPClient: d.settings.HTTPClient, Now: d.settings.Now, Logger: d.settings.Logger,
	})
	return nil
}

// introduce sends the first heartbeat, to detect a wrong API key at once.
func (d *Daemon) introduce(ctx context.Context) error {
	answer, err := d.cloud.Introduce(ctx)
	if err != nil && cloud.VerdictOn(err) == cloud.Refused {
		return fmt.Errorf(
			"%w %s: check AKITA_API_KEY_ID and AKITA_API_KEY_SECRET, or create another key in the console under Settings",
			ErrKeyRefused,
			d.config.KeyID,
		)
	}
	if err == nil {
		d.noteSameName(answer.SameName)
	} else {
		d.nudge() // beat tries again soon
	}
	return nil
}

// spawn runs a task, which must end with d.ctx. It does nothing after Stop.
func (d *Daemon) spawn(task func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.stopping {
		d.tasks.Go(task)
	}
}

// nudge makes a heartbeat due at once.
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

// Addresses returns the addresses on which the daemon listens.
func (d *Daemon) Addresses() []net.Addr { return d.addresses }

// Failed returns a channel that gets one value if the daemon cannot go on.
func (d *Daemon) Failed() <-chan error { return d.failed }

// Stop lets current requests finish, tries once more to send what is left in the
// spool, and returns within about 10 seconds. It is idempotent.
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
	if err := errors.Join(err, d.spool.Close(), d.dir.close()); err != nil {
		d.settings.Logger.Warn("The daemon did not stop cleanly", "error", err)
	}
	if left := d.spool.Stats().Pending; left > 0 {
		d.settings.Logger.Info(
			"Some witnesses are still on disk: they are sent when a daemon with this name starts again",
			"witnesses",
			left,
		)
	}
}
