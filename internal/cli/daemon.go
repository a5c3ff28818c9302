package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"akita/internal/agent"
	"akita/internal/agent/spool"
	"akita/internal/secret"
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
  AKITA_DAEMON_NAME, AKITA_DAEMON_PORT, AKITA_SERVER   for the flags that name them`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := daemonEnvironment(cmd, p, &cfg); err != nil {
				return err
			}
			return runDaemon(cmd.Context(), cfg, newLogger(p.Stderr, slog.LevelInfo))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&cfg.Name, "name", "", "how the daemon appears in the console (AKITA_DAEMON_NAME); required")
	flags.StringVar(&cfg.Listen, "listen", "127.0.0.1", "loopback address to listen on")
	flags.IntVar(&cfg.Port, "port", agent.DefaultPort, "port to listen on (AKITA_DAEMON_PORT)")
	flags.StringVar(&cfg.Server, "server", "http://127.0.0.1:8080", "the Akita server's URL (AKITA_SERVER)")
	flags.StringVar(&cfg.DataDir, "data-dir", "", "folder for what waits for the server (default $XDG_STATE_HOME/akita/daemon or ~/.local/state/akita/daemon)")
	flags.Int64Var(&cfg.SpoolMaxBytes, "spool-max-bytes", spool.DefaultMaxBytes, "how much is kept on disk while the server is away, then the oldest is dropped")
	flags.BoolVar(&cfg.Witness.StrictPaths, "strict-paths", false, "withhold literal path segments too, where the framework gives no route")
	return cmd
}

// daemonEnvironment fills in what no flag said, and checks the whole.
func daemonEnvironment(cmd *cobra.Command, p Process, cfg *agent.Config) error {
	env := func(flag, variable string) string {
		if cmd.Flags().Changed(flag) {
			return ""
		}
		return p.Getenv(variable)
	}
	if name := env("name", "AKITA_DAEMON_NAME"); name != "" {
		cfg.Name = name
	}
	if server := env("server", "AKITA_SERVER"); server != "" {
		cfg.Server = server
	}
	if text := env("port", "AKITA_DAEMON_PORT"); text != "" {
		port, err := strconv.Atoi(text)
		if err != nil {
			return usagef("AKITA_DAEMON_PORT %q is no port: set it to a number from 1 to 65535", text)
		}
		cfg.Port = port
	}
	cfg.KeyID = strings.TrimSpace(p.Getenv("AKITA_API_KEY_ID"))
	cfg.KeySecret = secret.Text(strings.TrimSpace(p.Getenv("AKITA_API_KEY_SECRET")))
	if err := cfg.Validate(); err != nil {
		return usageError{err}
	}
	if cfg.DataDir == "" {
		dir, err := daemonDataDir(p.Getenv)
		if err != nil {
			return usageError{err}
		}
		cfg.DataDir = dir
	}
	return nil
}

// daemonDataDir is where the XDG base directory specification puts state.
func daemonDataDir(getenv func(string) string) (string, error) {
	state := getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) { // the specification says to ignore it then
		home := getenv("HOME")
		if home == "" {
			var err error
			if home, err = os.UserHomeDir(); err != nil {
				return "", errors.New("this user has no home folder: say with --data-dir where the daemon may keep what waits for the server")
			}
		}
		state = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(state, "akita", "daemon"), nil
}

func runDaemon(ctx context.Context, cfg agent.Config, logger *slog.Logger) error {
	d, err := agent.Start(ctx, cfg, agent.Settings{Version: Version(), Now: time.Now, Logger: logger})
	if errors.Is(err, agent.ErrKeyRefused) {
		return usageError{err} // so that whoever supervises the daemon does not start it again and again
	}
	if err != nil {
		return err
	}
	logger.Info(fmt.Sprintf("Daemon %q listens on %s and speaks with %s", cfg.Name, addressList(d.Addresses()), cfg.Server))
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
