package cli

import (
	"fmt"
	"testing"

	"github.com/spf13/cobra"

	"akita/internal/agent"
	"akita/internal/id"
)

func TestDaemonDataDir(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ xdg, home, want string }{
		"XDG":            {"/state", "/home/ada", "/state/akita/daemon"},
		"a relative XDG": {"state", "/home/ada", "/home/ada/.local/state/akita/daemon"},
		"a home":         {"", "/home/ada", "/home/ada/.local/state/akita/daemon"},
	} {
		got, err := daemonDataDir(func(variable string) string {
			return map[string]string{"XDG_STATE_HOME": c.xdg, "HOME": c.home}[variable]
		})
		if got != c.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
}

// A flag that is given goes before the environment, which goes before the default.
func TestDaemonEnvironment(t *testing.T) {
	t.Parallel()
	key := map[string]string{
		"AKITA_API_KEY_ID": id.New(id.APIKey), "AKITA_API_KEY_SECRET": "secret", "HOME": "/home/ada",
	}
	for name, c := range map[string]struct {
		args []string
		env  map[string]string
		want string
	}{
		"a flag":              {[]string{"--name", "a", "--port", "1234"}, nil, "a 1234"},
		"the environment":     {nil, map[string]string{"AKITA_DAEMON_NAME": "b", "AKITA_DAEMON_PORT": "1235"}, "b 1235"},
		"both":                {[]string{"--name", "a"}, map[string]string{"AKITA_DAEMON_NAME": "b"}, "a 50080"},
		"a port that is none": {[]string{"--name", "a"}, map[string]string{"AKITA_DAEMON_PORT": "http"}, "an error"},
		"no name":             {nil, nil, "an error"},
		"a preview":           {[]string{"--preview"}, nil, "preview 50080"},
	} {
		if got := configured(t, c.args, key, c.env); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// configured returns the name and the port of a daemon with arguments and an environment.
func configured(t *testing.T, args []string, environments ...map[string]string) string {
	t.Helper()
	var config agent.Config
	cmd := &cobra.Command{}
	daemonFlags(cmd.Flags(), &config)
	if err := cmd.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	getenv := func(variable string) string {
		for _, env := range environments {
			if value := env[variable]; value != "" {
				return value
			}
		}
		return ""
	}
	if err := daemonEnvironment(cmd, Process{Getenv: getenv}, &config); err != nil {
		return "an error"
	}
	return fmt.Sprint(config.Name, " ", config.Port)
}
