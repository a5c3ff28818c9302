package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"akita/client"
	"akita/internal/printable"
	"akita/internal/toolbox"
)

// How long a call of a server may take: that of a tool is longer than the server takes to say that it took
// too long.
const (
	toolTimeout      = 45 * time.Second
	recordingTimeout = 3 * time.Minute
)

// remoteServer is a server that a command calls with an API key.
type remoteServer struct{ server string }

// addFlag adds the flag that names the server.
func (r *remoteServer) addFlag(flags *pflag.FlagSet, use string) {
	flags.StringVar(&r.server, "server", "", use+" (AKITA_SERVER)")
}

// isNamed reports whether the flag or the environment names a server.
func (r *remoteServer) isNamed(cmd *cobra.Command, p Process) bool {
	environment(cmd, p, &r.server, "server", "AKITA_SERVER")
	return r.server != ""
}

// client returns a client of the server, which isNamed found.
func (r *remoteServer) client(p Process, timeout time.Duration) (*client.Client, error) {
	config := client.Config{
		URL:       r.server,
		KeyID:     strings.TrimSpace(p.Getenv("AKITA_API_KEY_ID")),
		KeySecret: strings.TrimSpace(p.Getenv("AKITA_API_KEY_SECRET")),
		HTTP:      &http.Client{Timeout: timeout},
	}
	if config.KeyID == "" || config.KeySecret == "" {
		return nil, usagef("AKITA_API_KEY_ID and AKITA_API_KEY_SECRET are not both set: create a key in the console under " +
			"Settings, and set both")
	}
	c, err := client.New(config)
	if err != nil {
		return nil, usageError{err}
	}
	return c, nil
}

// remoteProject is a project of a server, or all of them.
type remoteProject struct {
	remoteServer

	project string // "" for all
}

// caller returns a function that calls the tools of the server.
func (r *remoteProject) caller(cmd *cobra.Command, p Process) (toolCall, error) {
	if !r.isNamed(cmd, p) {
		return nil, usagef("no traffic: name files, or a server with --server (see %q)", cmd.CommandPath()+" --help")
	}
	for _, flag := range filesOnly {
		if cmd.Flags().Changed(flag) {
			return nil, usagef("--%s is for files: the agent chooses among the calls that a server has", flag)
		}
	}
	c, err := r.client(p, toolTimeout)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tool string, arguments []byte) (string, error) {
		answer, err := c.CallTool(ctx, r.project, tool, arguments)
		switch {
		case err != nil:
			return "", r.explain(err)
		case answer.Failed:
			return "", toolbox.Problem(answer.Text)
		}
		return answer.Text, nil
	}, nil
}

// explain returns an error of a call as a problem for the agent, if it or its user can do something.
func (r *remoteProject) explain(err error) error {
	if refused, ok := errors.AsType[*client.Problem](err); ok {
		return toolbox.Problem(fmt.Sprintf("The Akita server refuses the call (status %d): %s",
			refused.Status, printable.Text(refused.Detail)))
	}
	if _, ok := errors.AsType[*url.Error](err); ok {
		return toolbox.Problem("The Akita server at " + r.server + " does not answer: ask the user to start it, or to " +
			"correct --server.")
	}
	return err
}
