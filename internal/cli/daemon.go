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
	var config agent.Config
	cmd := &cobra.Command{
		Use:   "daemon --name NAME",
		Short: "Run the daemon beside an application",
		Long: `Run the daemon beside an application. It receives calls from Akita middleware on
this machine, turns each call into a witness (its shape, never its values), and
sends the witnesses to an Akita server while a trace is active.

Environment:
  AKITA_API_KEY_ID, AKITA_API_KEY_SECRET   the API key, scope "agent" (console, Settings); required
  AKITA_DAEMON_TOKEN                       the secret that middleware must know; see --token-file
  AKITA_DAEMON_NAME, AKITA_DAEMON_PORT, AKITA_SERVER, AKITA_DAEMON_SOCKET,
  AKITA_DAEMON_TOKEN_FILE                  defaults of the flags that name them`,
		Example: `  akita daemon --preview                       print what would be uploaded; needs no server
  akita daemon --name laptop                   send to the server on this machine
  akita daemon --name web.1 --server https://akita.example.com
  akita daemon --name web.1 --socket /run/akita/daemon.sock --no-tcp
  akita daemon status                          print the state of the daemon on this machine`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := daemonEnvironment(cmd, p, &config); err != nil {
				return err
			}
			limitMemory(p.Getenv)
			logger := newLogger(p.Stderr, slog.LevelInfo)
			if config.Preview {
				return runPreview(cmd.Context(), config, p.Stdout, logger)
			}
			return runDaemon(cmd.Context(), config, nil, serviceManager(p.Getenv("NOTIFY_SOCKET")), logger)
		},
	}
	daemonFlags(cmd.Flags(), &config)
	cmd.AddCommand(newDaemonStatus(p))
	return cmd
}

// runPreview runs a daemon that writes witnesses to out. Its data directory is temporary.
func runPreview(ctx context.Context, config agent.Config, out io.Writer, logger *slog.Logger) (err error) {
	if config.DataDir, err = os.MkdirTemp("", "akita-preview-"); err != nil {
		return fmt.Errorf("create a directory for the preview: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(config.DataDir)) }()
	logger.Info("Preview: nothing is uploaded; each printed line is a witness or heartbeat that would be")
	return runDaemon(ctx, config, jsonLines(out, isTerminal(out)), "", logger)
}

func runDaemon(ctx context.Context, config agent.Config, preview io.Writer, manager serviceManager,
	logger *slog.Logger,
) error {
	settings := agent.Settings{Version: Version(), Preview: preview, Now: time.Now, Logger: logger}
	d, err := agent.Start(ctx, config, settings)
	if errors.Is(err, agent.ErrKeyRefused) {
		return usageError{err} // exit code 2 keeps a supervisor from restarting the daemon forever
	}
	if err != nil {
		return err
	}
	uploads := "uploads to " + config.Server
	if config.Preview {
		uploads = "uploads nothing"
	}
	logger.Info(fmt.Sprintf("Daemon %q listens on %s and %s", config.Name, addressList(d.Addresses()), uploads))
	manager.notifyReady(logger)
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
