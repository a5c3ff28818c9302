package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"akita/internal/agent"
	"akita/internal/agent/spool"
	"akita/internal/secret"
)

// previewName is the daemon's name where nobody but its user sees it.
const previewName = "preview"

func daemonFlags(flags *pflag.FlagSet, cfg *agent.Config) {
	flags.StringVar(&cfg.Name, "name", "", "how the daemon appears in the console (AKITA_DAEMON_NAME); required")
	flags.StringVar(&cfg.Server, "server", "http://127.0.0.1:8080", "the Akita server's URL (AKITA_SERVER)")
	localFlags(flags, cfg)
	flags.BoolVar(&cfg.NoTCP, "no-tcp", false, "listen on --socket only")
	flags.StringVar(&cfg.DataDir, "data-dir", "", "folder for what waits for the server (default $XDG_STATE_HOME/akita/daemon or ~/.local/state/akita/daemon)")
	flags.Int64Var(&cfg.SpoolMaxBytes, "spool-max-bytes", spool.DefaultMaxBytes, "how much is kept on disk while the server is away, then the oldest is dropped")
	flags.BoolVar(&cfg.Witness.StrictPaths, "strict-paths", false, "withhold literal path segments too, where the framework gives no route")
	flags.BoolVar(&cfg.Preview, "preview", false, "print what would be uploaded, one witness a line, and upload nothing; needs no server, key or name")
}

// localFlags say where a daemon listens, and who may speak to it.
func localFlags(flags *pflag.FlagSet, cfg *agent.Config) {
	flags.StringVar(&cfg.Listen, "listen", "127.0.0.1", "loopback address to listen on")
	flags.IntVar(&cfg.Port, "port", agent.DefaultPort, "port to listen on (AKITA_DAEMON_PORT)")
	flags.StringVar(&cfg.Socket, "socket", "", "Unix socket to listen on too, for its owner and group (AKITA_DAEMON_SOCKET)")
	flags.StringVar(&cfg.TokenFile, "token-file", "", "file with a secret that middlewares must have; made if it does not exist (AKITA_DAEMON_TOKEN_FILE)")
}

// environment fills in a text that no flag said.
func environment(cmd *cobra.Command, p Process, text *string, flag, variable string) {
	if value := p.Getenv(variable); value != "" && !cmd.Flags().Changed(flag) {
		*text = value
	}
}

// localEnvironment does so for localFlags.
func localEnvironment(cmd *cobra.Command, p Process, cfg *agent.Config) error {
	environment(cmd, p, &cfg.Socket, "socket", "AKITA_DAEMON_SOCKET")
	environment(cmd, p, &cfg.TokenFile, "token-file", "AKITA_DAEMON_TOKEN_FILE")
	if !cmd.Flags().Changed("token-file") {
		cfg.Token = secret.Text(p.Getenv("AKITA_DAEMON_TOKEN"))
	}
	if text := p.Getenv("AKITA_DAEMON_PORT"); text != "" && !cmd.Flags().Changed("port") {
		port, err := strconv.Atoi(text)
		if err != nil {
			return usagef("AKITA_DAEMON_PORT %q is no port: set it to a number from 1 to 65535", text)
		}
		cfg.Port = port
	}
	return nil
}

// daemonEnvironment fills in what no flag said, and checks the whole.
func daemonEnvironment(cmd *cobra.Command, p Process, cfg *agent.Config) error {
	environment(cmd, p, &cfg.Name, "name", "AKITA_DAEMON_NAME")
	environment(cmd, p, &cfg.Server, "server", "AKITA_SERVER")
	if cfg.Preview && cfg.Name == "" {
		cfg.Name = previewName
	}
	if err := localEnvironment(cmd, p, cfg); err != nil {
		return err
	}
	cfg.KeyID = strings.TrimSpace(p.Getenv("AKITA_API_KEY_ID"))
	cfg.KeySecret = secret.Text(strings.TrimSpace(p.Getenv("AKITA_API_KEY_SECRET")))
	if err := cfg.Validate(); err != nil {
		return usageError{err}
	}
	if cfg.DataDir == "" {
		dir, err := daemonDataDir(p.Getenv)
		if err != nil && !cfg.Preview {
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
