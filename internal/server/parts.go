package server

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"akita/console"
	herokubuildpack "akita/heroku-buildpack"
	"akita/internal/api"
	"akita/internal/declaration"
	"akita/internal/filelock"
	"akita/internal/ingest"
	"akita/internal/outbound"
	"akita/internal/queue"
	"akita/internal/queue/sqlitequeue"
	"akita/internal/server/download"
	"akita/internal/server/web"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
	akitadjango "akita/python/akita-django"
)

// parts holds the components of the server.
type parts struct {
	store     store.Store
	queue     queue.Queue
	worker    *ingest.Worker
	documents *declaration.Keeper
	api       *api.Handler
	console   *web.Handler
	downloads *download.Handler
	metrics   *metrics
}

// lockDataDir creates the data directory, for this user only, and locks it.
func (s *Server) lockDataDir() error {
	if err := os.MkdirAll(s.config.DataDir, 0o700); err != nil {
		return fmt.Errorf("%w: %w", ErrDataDir, err)
	}
	lock, err := filelock.Acquire(filepath.Join(s.config.DataDir, "lock"))
	if errors.Is(err, filelock.ErrLocked) {
		return fmt.Errorf("%w %s", ErrInUse, s.config.DataDir)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDataDir, err)
	}
	s.onClose(lock.Release)
	return nil
}

// openParts creates the components. They are closed when the server stops.
func (s *Server) openParts(ctx context.Context) (*parts, error) {
	p := &parts{}
	if err := s.openStorage(ctx, p); err != nil {
		return nil, err
	}
	acceptor := ingest.NewAcceptor(p.queue)
	p.worker = ingest.NewWorker(ingest.WorkerConfig{
		Queue: p.queue, Store: p.store, Acceptor: acceptor,
		QuarantineDir: filepath.Join(s.config.DataDir, "quarantine"),
		Logger:        s.settings.Logger, Now: s.settings.Now,
		OnFold: func(projectID string) { p.api.ModelChanged(projectID) },
	})
	p.metrics = newMetrics(p.queue, p.worker, s.settings)
	models := ingest.NewModels(ingest.ModelsConfig{
		Store: p.store, Now: s.settings.Now,
		OnUpdate: func(projectID string) { p.api.ModelChanged(projectID) },
	})
	client := outbound.New(outbound.Config{
		PrivateHosts: s.config.PrivateHosts, UserAgent: "akita/" + s.settings.Version,
	})
	s.onClose(func() error { client.Close(); return nil })
	p.documents = declaration.New(declaration.Config{
		Store: p.store, Getter: client, Now: s.settings.Now, Logger: s.settings.Logger,
		OnChange: func(projectID string) { p.api.DeclarationChanged(projectID) },
	})
	var err error
	p.api, err = api.New(api.Config{
		Store: p.store, Bundles: p.metrics.count(acceptor), Models: models,
		Eraser: p.worker, Declarations: p.documents,
		Logger: s.settings.Logger, Now: s.settings.Now, Version: s.settings.Version,
		Secure: s.config.TLSCert != "", PasswordCosts: s.settings.PasswordCosts,
		LogInFailed: p.metrics.logInsFailed.Inc,
	})
	if err != nil {
		return nil, err
	}
	if p.console, err = web.New(console.Dist()); err != nil {
		return nil, err
	}
	return p, s.openDownloads(p)
}

func (s *Server) openStorage(ctx context.Context, p *parts) error {
	database, err := sqlitestore.Open(ctx, filepath.Join(s.config.DataDir, "akita.db"))
	if err != nil {
		return err
	}
	s.onClose(database.Close)
	p.store = database
	position, err := database.Position(ctx)
	if err != nil {
		return err
	}
	p.queue, err = sqlitequeue.Open(ctx, sqlitequeue.Config{
		Path: filepath.Join(s.config.DataDir, "queue.db"), After: position, Now: s.settings.Now,
	})
	if err != nil {
		return err
	}
	s.onClose(p.queue.Close)
	return nil
}

func (s *Server) openDownloads(p *parts) error {
	exe, err := executable()
	if err != nil {
		return err
	}
	p.downloads, err = download.New(download.Config{
		Executable: exe, GOOS: runtime.GOOS, GOARCH: runtime.GOARCH, Dir: s.config.DownloadDir,
		Buildpack: herokubuildpack.Files(), Python: akitadjango.Dist(),
		Version: s.settings.Version, Logger: s.settings.Logger,
	})
	if err != nil {
		return err
	}
	s.onClose(p.downloads.Close)
	return nil
}
