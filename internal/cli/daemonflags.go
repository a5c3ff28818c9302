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

// previewName is the default name of a daemon with --preview, which reports to no server.
const previewName = "preview"

func daemonFlags(flags *pflag.FlagSet, config *agent.Config) {
	flags.StringVar(&config.Name, "name", "", "name of the daemon in the console (AKITA_DAEMON_NAME); required")
	flags.StringVar(&config.Server, "server", "http://127.0.0.1:8080", "the Akita server's URL (AKITA_SERVER)")
	localFlags(flags, config)
	flags.BoolVar(&config.NoTCP, "no-tcp", false, "listen on --socket only")
	flags.StringVar(&config.DataDir, "data-dir", "", "directory for witnesses that wait for the server "+
		"(default $XDG_STATE_HOME/akita/daemon or ~/.local/state/akita/daemon)")
	flags.Int64Var(&config.SpoolMaxBytes, "spool-max-bytes", spool.DefaultMaxBytes,
		"disk space for witnesses while the server is unreachable; the oldest are dropped when it is full")
	flags.BoolVar(&config.Witness.StrictPaths, "strict-paths", false,
		"withhold literal path segments too, where the framework reports no route")
	flags.BoolVar(&config.Gate.StrictNames, "strict-names", false,
		"withhold every name (field, parameter, word of a path) until three calls carried it")
	flags.StringSliceVar(&config.Gate.Hosts, "app-host", nil,
		"host of the application, with its port if not the default; all others leave as \"*\" "+
			"(AKITA_APP_HOSTS, comma-separated)")
	flags.BoolVar(&config.Preview, "preview", false,
		"print each witness that would be uploaded, one per line, and upload nothing; needs no server, key or name")
}

// localFlags defines the flags for the addresses of the daemon and for its token.
func localFlags(flags *pflag.FlagSet, config *agent.Config) {
	flags.StringVar(&config.Listen, "listen", "127.0.0.1", "loopback address to listen on")
	flags.IntVar(&config.Port, "port", agent.DefaultPort, "port to listen on (AKITA_DAEMON_PORT)")
	flags.StringVar(&config.Socket, "socket", "",
		"Unix socket to listen on too, open to its owner and group (AKITA_DAEMON_SOCKET)")
	flags.StringVar(&config.TokenFile, "token-file", "",
		"file with the secret that middleware must know; created if absent (AKITA_DAEMON_TOKEN_FILE)")
}

// environment sets text from a variable, unless the flag is given.
func environment(cmd *cobra.Command, p Process, text *string, flag, variable string) {
	if value := p.Getenv(variable); value != "" && !cmd.Flags().Changed(flag) {
		*text = value
	}
}

// localEnvironment sets the values of localFlags from the environment.
func localEnvironment(cmd *cobra.Command, p Process, config *agent.Config) error {
	environment(cmd, p, &config.Socket, "socket", "AKITA_DAEMON_SOCKET")
	environment(cmd, p, &config.TokenFile, "token-file", "AKITA_DAEMON_TOKEN_FILE")
	if !cmd.Flags().Changed("token-file") {
		config.Token = secret.Text(p.Getenv("AKITA_DAEMON_TOKEN"))
	}
	if text := p.Getenv("AKITA_DAEMON_PORT"); text != "" && !cmd.Flags().Changed("port") {
		port, err := strconv.Atoi(text)
		if err != nil {
			return usagef("AKITA_DAEMON_PORT %q is not a port: set it to a number from 1 to 65535", text)
		}
		config.Port = port
	}
	return nil
}

// daemonEnvironment completes config from the environment and validates it.
func daemonEnvironment(cmd *cobra.Command, p Process, config *agent.Config) error {
	environment(cmd, p, &config.Name, "name", "AKITA_DAEMON_NAME")
	environment(cmd, p, &config.Server, "server", "AKITA_SERVER")
	if hosts := p.Getenv("AKITA_APP_HOSTS"); hosts != "" && !cmd.Flags().Changed("app-host") {
		config.Gate.Hosts = strings.Split(hosts, ",")
	}
	if config.Preview && config.Name == "" {
		config.Name = previewName
	}
	if err := localEnvironment(cmd, p, config); err != nil {
		return err
	}
	config.KeyID = strings.TrimSpace(p.Getenv("AKITA_API_KEY_ID"))
	config.KeySecret = secret.Text(strings.TrimSpace(p.Getenv("AKITA_API_KEY_SECRET")))
	if err := config.Validate(); err != nil {
		return usageError{err}
	}
	if config.DataDir == "" {
		dir, err := daemonDataDir(p.Getenv)
		if err != nil && !config.Preview {
			return usageError{err}
		}
		config.DataDir = dir
	}
	return nil
}

// daemonDataDir returns the default data directory, as the XDG base directory specification
// defines it for state.
func daemonDataDir(getenv func(string) string) (string, error) {
	state := getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) { // the specification says to ignore relative paths
		home := getenv("HOME")
		if home == "" {
			var err error
			if home, err = os.UserHomeDir(); err != nil {
				return "", errors.New("this user has no home directory: set --data-dir to a directory for the daemon's data")
			}
		}
		state = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(state, "akita", "daemon"), nil
}
