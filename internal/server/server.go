// Package server implements `akita server`: it creates the store, queue, ingest,
// REST API, console and downloads, and runs them in one process.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"akita/internal/api"
	"akita/internal/api/password"
	"akita/internal/secret"
)

// Settings holds dependencies and the settings that users cannot change.
type Settings struct {
	Version string
	Logger  *slog.Logger
	Now     func() time.Time
	// PasswordCosts are the costs of new password hashes; zero: password.Recommended.
	PasswordCosts password.Params
}

// Errors of Start that a user can correct, for errors.Is.
var (
	ErrDataDir     = errors.New("the data directory cannot be used")
	ErrInUse       = errors.New("another akita server uses the data directory")
	ErrCertificate = errors.New("the TLS certificate cannot be used")
	ErrListen      = errors.New("the server cannot listen")
	ErrAdmin       = errors.New("the first user cannot be created")
)

// stopWithin is the time for pending requests to finish when the server stops.
const stopWithin = 10 * time.Second

// Server can be started once.
type Server struct {
	config   Config
	settings Settings

	mu       sync.Mutex
	started  bool
	closers  []func() error // undo the steps of Start, called in reverse order
	listener net.Listener
	setup    secret.Text
	failed   chan error
}

// New returns a Server that is not started.
func New(config Config, settings Settings) *Server {
	return &Server{config: config, settings: settings, failed: make(chan error, 1)}
}

// Start starts the server and returns when it accepts requests. After an error,
// nothing is left running.
func (s *Server) Start(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started {
		return errors.New("start server: it was started or stopped before")
	}
	s.started = true
	if err := s.start(ctx); err != nil {
		return errors.Join(err, s.close())
	}
	return nil
}

func (s *Server) start(ctx context.Context) error {
	certificates, err := s.config.certificates()
	if err != nil {
		return err
	}
	if err := s.lockDataDir(); err != nil {
		return err
	}
	p, err := s.openParts(ctx)
	if err != nil {
		return err
	}
	if err := s.firstUser(ctx, p.api); err != nil {
		return err
	}
	if err := p.api.WarnOfOldKeys(ctx); err != nil {
		return err
	}
	if err := s.listen(ctx, certificates); err != nil {
		return err
	}
	if err := p.worker.Start(ctx); err != nil {
		return err
	}
	s.onClose(func() error { p.worker.Stop(); return nil })
	sweeper := startSweeper(p.store, p.worker, s.settings)
	s.onClose(func() error { sweeper.stop(); return nil })
	refetching := p.documents.Start()
	s.onClose(func() error { refetching.Stop(); return nil })
	s.serve(s.handler(p), p.api)
	return nil
}

// serve accepts requests until the server stops. Then long polls and event streams
// end at once; other requests have stopWithin to finish.
func (s *Server) serve(handler http.Handler, a *api.Handler) {
	web := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second, // long polls, streams and downloads set their own
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.settings.Logger.Handler(), slog.LevelWarn),
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := web.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- fmt.Errorf("serve: %w", err)
		}
	})
	s.onClose(func() error {
		a.Close()
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		err := web.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			s.settings.Logger.Warn("Pending requests were cut off, because they took too long", "limit", stopWithin)
			err = web.Close()
		}
		serving.Wait()
		return err
	})
}

// Stop stops the server and waits for pending requests; queued bundles stay in the
// queue. It may be called more than once, and before Start.
func (s *Server) Stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.started = true
	return s.close()
}

func (s *Server) onClose(closer func() error) { s.closers = append(s.closers, closer) }

// close undoes the steps of Start in reverse order.
func (s *Server) close() error {
	var all error
	for len(s.closers) > 0 {
		last := len(s.closers) - 1
		all = errors.Join(all, s.closers[last]())
		s.closers = s.closers[:last]
	}
	return all
}

// Failed returns a channel that receives an error if the server stops by itself.
func (s *Server) Failed() <-chan error { return s.failed }

// URL returns the URL of the console for a browser on this machine.
func (s *Server) URL() string {
	scheme := "http"
	if s.config.TLSCert != "" {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(s.listener.Addr().String())
	if err != nil {
		return scheme + "://" + s.listener.Addr().String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// SetupURL returns the one-time link that creates the first user, or "" if there is
// a user.
func (s *Server) SetupURL() string {
	if s.setup == "" {
		return ""
	}
	return s.URL() + "/setup?token=" + s.setup.Reveal()
}

// firstUser creates the configured first user, or the setup link if there is none.
func (s *Server) firstUser(ctx context.Context, a *api.Handler) error {
	if s.config.AdminUsername != "" {
		if err := s.createAdmin(ctx, a); err != nil {
			return err
		}
	}
	token, err := a.OpenSetup(ctx)
	if err != nil {
		return fmt.Errorf("open setup: %w", err)
	}
	s.setup = token
	return nil
}

// createAdmin creates the configured first user, unless there is a user.
func (s *Server) createAdmin(ctx context.Context, a *api.Handler) error {
	created, err := a.CreateAdmin(ctx, s.config.AdminUsername, s.config.AdminPassword)
	switch {
	case errors.Is(err, api.ErrInvalidUsername), errors.Is(err, api.ErrWeakPassword):
		return fmt.Errorf("%w: %w", ErrAdmin, err)
	case err != nil: // not an error of the configuration
		return fmt.Errorf("create first user: %w", err)
	case !created:
		s.settings.Logger.Info("AKITA_ADMIN_USERNAME and AKITA_ADMIN_PASSWORD have no effect, because there is a user")
	}
	return nil
}

// executable returns the path of the running program.
func executable() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this executable: %w", err)
	}
	return path, nil
}
