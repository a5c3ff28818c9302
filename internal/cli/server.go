package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"akita/internal/neterr"
	"akita/internal/secret"
	"akita/internal/server"
)

func newServer(p Process) *cobra.Command {
	var config server.Config
	cmd := &cobra.Command{
		Use:   "server",
		Short: "Run the server: REST API, console, storage and downloads",
		Long: `Run the server: REST API, console, storage and downloads, in a single process.
It keeps everything in its data directory and needs no other service.

The first start prints a link that creates the first user. The link is valid for
one hour; each start prints a new one until there is a user.

Environment:
  AKITA_LISTEN, AKITA_DATA_DIR, AKITA_ALLOW_PRIVATE_HOSTS
                                                defaults of the flags that name them
  AKITA_ADMIN_USERNAME, AKITA_ADMIN_PASSWORD    create the first user without the link`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := serverEnvironment(cmd, p, &config); err != nil {
				return usageError{err}
			}
			manager := serviceManager(p.Getenv("NOTIFY_SOCKET"))
			return runServer(cmd.Context(), config, p.Stdout, manager, newLogger(p.Stderr, slog.LevelInfo))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&config.Listen, "listen", server.DefaultListen, "address to listen on, host:port (AKITA_LISTEN)")
	flags.StringVar(&config.DataDir, "data-dir", "", "directory for all data "+
		"(AKITA_DATA_DIR; default $XDG_DATA_HOME/akita/server or ~/.local/share/akita/server)")
	flags.StringVar(&config.TLSCert, "tls-cert", "", "PEM file with the certificate chain; turns HTTPS on")
	flags.StringVar(&config.TLSKey, "tls-key", "", "PEM file with the private key of the certificate")
	flags.StringVar(&config.DownloadDir, "download-dir", "",
		"directory with akita binaries to offer for other platforms, named akita-<os>-<arch>")
	flags.StringSliceVar(&config.PrivateHosts, "allow-private-host", nil,
		"host that URLs of users may name although its address is not public: \"api.internal\" "+
			"(AKITA_ALLOW_PRIVATE_HOSTS, separated by commas; repeatable)")
	cmd.AddCommand(newServerStatus(p))
	return cmd
}

// serverEnvironment completes config from the environment and validates it.
func serverEnvironment(cmd *cobra.Command, p Process, config *server.Config) error {
	for _, variable := range []string{"AKITA_DATABASE_URL", "AKITA_KAFKA_BROKERS"} {
		if p.Getenv(variable) != "" {
			return fmt.Errorf("%s is set, but this version keeps all data in its data directory: unset it", variable)
		}
	}
	flags := cmd.Flags()
	if listen := p.Getenv("AKITA_LISTEN"); listen != "" && !flags.Changed("listen") {
		config.Listen = listen
	}
	if hosts := p.Getenv("AKITA_ALLOW_PRIVATE_HOSTS"); hosts != "" && !flags.Changed("allow-private-host") {
		config.PrivateHosts = strings.Split(strings.ReplaceAll(hosts, " ", ""), ",")
	}
	if dir := p.Getenv("AKITA_DATA_DIR"); !flags.Changed("data-dir") {
		config.DataDir = dir
		if dir == "" {
			var err error
			if config.DataDir, err = serverDataDir(p.Getenv); err != nil {
				return err
			}
		}
	}
	config.AdminUsername = p.Getenv("AKITA_ADMIN_USERNAME")
	config.AdminPassword = secret.Text(p.Getenv("AKITA_ADMIN_PASSWORD"))
	return config.Validate()
}

// serverDataDir returns the default data directory, as the XDG base directory specification
// defines it.
func serverDataDir(getenv func(string) string) (string, error) {
	data := getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(data) { // the specification says to ignore relative paths
		home := getenv("HOME")
		if home == "" {
			return "", errors.New("this user has no home directory: set --data-dir to a directory for the server's data")
		}
		data = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(data, "akita", "server"), nil
}

func runServer(ctx context.Context, config server.Config, out io.Writer, manager serviceManager,
	logger *slog.Logger,
) error {
	s := server.New(config, server.Settings{Version: Version(), Logger: logger, Now: time.Now})
	err := s.Start(ctx)
	if err != nil && ctx.Err() != nil { // a signal arrived before the server was ready
		logger.Info("Server is stopping")
		return nil //nolint:nilerr // the error is that Start was interrupted
	}
	if err != nil {
		return explainServer(config, err)
	}
	fmt.Fprintf(out, "Akita %s is ready at %s\n", Version(), s.URL())
	if link := s.SetupURL(); link != "" {
		fmt.Fprintf(out, "Create the first user within an hour at %s\n", link)
	}
	logger.Info("Server started", "listen", config.Listen, "data", config.DataDir)
	manager.notifyReady(logger)
	select {
	case <-ctx.Done():
		logger.Info("Server is stopping")
	case err = <-s.Failed():
	}
	return errors.Join(err, s.Stop())
}

// explainServer adds to an error of a server's start what the user can do about it.
func explainServer(config server.Config, err error) error {
	switch {
	case errors.Is(err, server.ErrInUse):
		return fmt.Errorf("%w: stop it, or choose another directory with --data-dir", err)
	case neterr.IsAddressInUse(err):
		return fmt.Errorf("another program listens on %s: stop it, or choose another address with --listen",
			config.Listen)
	case errors.Is(err, server.ErrListen) && errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("this user may not listen on %s: choose a port of 1024 or above with --listen",
			config.Listen)
	case errors.Is(err, server.ErrListen):
		return fmt.Errorf("%w: choose an address of this machine with --listen, such as %s",
			err, server.DefaultListen)
	case errors.Is(err, server.ErrCertificate):
		return usagef("%w: set --tls-cert to a PEM certificate and --tls-key to its private key", err)
	case errors.Is(err, server.ErrDataDir):
		return fmt.Errorf("%w: choose a directory that this user may write to with --data-dir", err)
	case errors.Is(err, server.ErrAdmin):
		return usagef("%w: correct AKITA_ADMIN_USERNAME and AKITA_ADMIN_PASSWORD", err)
	default:
		return fmt.Errorf("start server: %w", err)
	}
}
