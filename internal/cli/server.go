package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"akita/internal/neterr"
	"akita/internal/secret"
	"akita/internal/server"
)

func newServer(p Process) *cobra.Command {
	var cfg server.Config
	cmd := &cobra.Command{
		Use:   "server",
		Short: "Run the server: REST API, console, storage and downloads",
		Long: `Run the server: REST API, console, storage and downloads, in one process with
nothing beside it. It keeps everything in its data folder and needs no network.

The first start prints a link, valid for one hour, that creates the first user;
as long as there is no user, each start prints a new one.

Environment:
  AKITA_LISTEN, AKITA_DATA_DIR                  for the flags that name them
  AKITA_ADMIN_USERNAME, AKITA_ADMIN_PASSWORD    create the first user without the link`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := serverEnvironment(cmd, p, &cfg); err != nil {
				return usageError{err}
			}
			return runServer(cmd.Context(), cfg, p.Stdout, serviceManager(p.Getenv("NOTIFY_SOCKET")), newLogger(p.Stderr, slog.LevelInfo))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&cfg.Listen, "listen", server.DefaultListen, "address to listen on, host:port (AKITA_LISTEN)")
	flags.StringVar(&cfg.DataDir, "data-dir", "", "folder for everything that is kept (AKITA_DATA_DIR; default $XDG_DATA_HOME/akita/server or ~/.local/share/akita/server)")
	flags.StringVar(&cfg.TLSCert, "tls-cert", "", "PEM file with the certificate and those up to its authority; HTTPS only then")
	flags.StringVar(&cfg.TLSKey, "tls-key", "", "PEM file with the certificate's private key")
	flags.StringVar(&cfg.DownloadDir, "download-dir", "", "folder with akita binaries for other platforms to offer, named akita-<os>-<arch>")
	cmd.AddCommand(newServerStatus(p))
	return cmd
}

// serverEnvironment fills in what no flag said, and checks the whole.
func serverEnvironment(cmd *cobra.Command, p Process, cfg *server.Config) error {
	for _, variable := range []string{"AKITA_DATABASE_URL", "AKITA_KAFKA_BROKERS"} {
		if p.Getenv(variable) != "" {
			return fmt.Errorf("%s is set, but this version keeps everything in its data folder only: unset it", variable)
		}
	}
	flags := cmd.Flags()
	if listen := p.Getenv("AKITA_LISTEN"); listen != "" && !flags.Changed("listen") {
		cfg.Listen = listen
	}
	if dir := p.Getenv("AKITA_DATA_DIR"); !flags.Changed("data-dir") {
		cfg.DataDir = dir
		if dir == "" {
			var err error
			if cfg.DataDir, err = serverDataDir(p.Getenv); err != nil {
				return err
			}
		}
	}
	cfg.AdminUsername = p.Getenv("AKITA_ADMIN_USERNAME")
	cfg.AdminPassword = secret.Text(p.Getenv("AKITA_ADMIN_PASSWORD"))
	return cfg.Validate()
}

// serverDataDir is where the XDG base directory specification puts data.
func serverDataDir(getenv func(string) string) (string, error) {
	data := getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(data) { // the specification says to ignore it then
		home := getenv("HOME")
		if home == "" {
			return "", errors.New("this user has no home folder: say with --data-dir where the server may keep its data")
		}
		data = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(data, "akita", "server"), nil
}

func runServer(ctx context.Context, cfg server.Config, out io.Writer, manager serviceManager, logger *slog.Logger) error {
	s := server.New(cfg, server.Settings{Version: Version(), Logger: logger, Now: time.Now})
	if err := s.Start(ctx); err != nil {
		return explainServer(cfg, err)
	}
	fmt.Fprintf(out, "Akita %s is ready at %s\n", Version(), s.URL())
	if link := s.SetupURL(); link != "" {
		fmt.Fprintf(out, "Create the first user within an hour at %s\n", link)
	}
	logger.Info("Server started", "listen", cfg.Listen, "data", cfg.DataDir)
	manager.tellReady(logger)
	var err error
	select {
	case <-ctx.Done():
		logger.Info("Server stops")
	case err = <-s.Failed():
	}
	return errors.Join(err, s.Stop())
}

// explainServer says what to do about a server that cannot start.
func explainServer(cfg server.Config, err error) error {
	switch {
	case errors.Is(err, server.ErrInUse):
		return fmt.Errorf("%w: stop it, or choose another folder with --data-dir", err)
	case neterr.IsAddressInUse(err):
		return fmt.Errorf("another program listens on %s: stop it, or choose another address with --listen", cfg.Listen)
	case errors.Is(err, server.ErrListen) && errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("this user may not listen on %s: choose a port of 1024 or above with --listen", cfg.Listen)
	case errors.Is(err, server.ErrListen):
		return fmt.Errorf("%w: choose an address of this machine with --listen, such as %s", err, server.DefaultListen)
	case errors.Is(err, server.ErrCertificate):
		return usagef("%w: name a PEM certificate with --tls-cert and its own key with --tls-key", err)
	case errors.Is(err, server.ErrDataDir):
		return fmt.Errorf("%w: choose a folder that this user may write with --data-dir", err)
	case errors.Is(err, server.ErrAdmin):
		return usagef("%w: correct AKITA_ADMIN_USERNAME and AKITA_ADMIN_PASSWORD", err)
	default:
		return fmt.Errorf("start server: %w", err)
	}
}
