package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"akita/internal/agent"
)

func newDaemon(p Process) *cobra.Command {
	var cfg agent.Config
	cmd := &cobra.Command{
		Use:   "daemon --name NAME",
		Short: "Run the agent beside an application",
		Long: `Run the agent beside an application: it takes calls from Akita middlewares on
this machine, turns each into a witness (its shape, never its values), and sends
the witnesses to an Akita server while a trace is on.

Environment:
  AKITA_API_KEY_ID, AKITA_API_KEY_SECRET   an API key (console, Settings); required
  AKITA_DAEMON_TOKEN                       a secret that middlewares must have, as --token-file
  AKITA_DAEMON_NAME, AKITA_DAEMON_PORT, AKITA_SERVER, AKITA_DAEMON_SOCKET,
  AKITA_DAEMON_TOKEN_FILE                  for the flags that name them`,
		Example: `  akita daemon --preview                       look at what would be uploaded; needs no server
  akita daemon --name laptop                   send to the server on this machine
  akita daemon --name web.1 --server https://akita.example.com
  akita daemon --name web.1 --socket /run/akita/daemon.sock --no-tcp
  akita daemon status                          how the daemon on this machine is`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := daemonEnvironment(cmd, p, &cfg); err != nil {
				return err
			}
			limitMemory(p.Getenv)
			logger := newLogger(p.Stderr, slog.LevelInfo)
			if cfg.Preview {
				return runPreview(cmd.Context(), cfg, p.Stdout, logger)
			}
			return runDaemon(cmd.Context(), cfg, nil, serviceManager(p.Getenv("NOTIFY_SOCKET")), logger)
		},
	}
	daemonFlags(cmd.Flags(), &cfg)
	cmd.AddCommand(newDaemonStatus(p))
	return cmd
}

// runPreview runs a daemon that writes to out, in a folder that is removed at the end.
func runPreview(ctx context.Context, cfg agent.Config, out io.Writer, logger *slog.Logger) (err error) {
	if cfg.DataDir, err = os.MkdirTemp("", "akita-preview-"); err != nil {
		return fmt.Errorf("make a folder for the preview: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(cfg.DataDir)) }()
	logger.Info("Preview: nothing is uploaded; each line that is printed is what would be")
	return runDaemon(ctx, cfg, jsonLines(out, isTerminal(out)), "", logger)
}

func runDaemon(ctx context.Context, cfg agent.Config, preview io.Writer, manager serviceManager, logger *slog.Logger) error {
	d, err := agent.Start(ctx, cfg, agent.Settings{Version: Version(), Preview: preview, Now: time.Now, Logger: logger})
	if errors.Is(err, agent.ErrKeyRefused) {
		return usageError{err} // so that whoever supervises the daemon does not start it again and again
	}
	if err != nil {
		return err
	}
	server := "speaks with " + cfg.Server
	if cfg.Preview {
		server = "speaks with nobody"
	}
	logger.Info(fmt.Sprintf("Daemon %q listens on %s and %s", cfg.Name, addressList(d.Addresses()), server))
	manager.tellReady(logger)
	select {
	case <-ctx.Done():
	case err = <-d.Failed():
	}
	d.Stop()
	return err
}

func addressList(addresses []net.Addr) string {
	texts := make([]string, len(addresses))
	for i, a := range addresses {
		texts[i] = a.String()
	}
	return strings.Join(texts, " and ")
}
