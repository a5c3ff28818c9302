package rig

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"akita/client"
)

// The first user of a server that the rig starts.
const (
	AdminUsername = "rig"
	AdminPassword = "a long enough passphrase"
)

// Akita describes a server and a daemon: their binary, addresses and data directories.
type Akita struct {
	Binary        string
	ServerAddress string // host:port
	ServerData    string // folder
	DaemonPort    int
	DaemonData    string // folder
	// UpstreamURL is the URL at which the daemon calls the server; the default is ServerURL.
	UpstreamURL string
}

// ServerCommand returns the command that starts `akita server`.
func (a Akita) ServerCommand() Command {
	return Command{
		Name: "akita server", Path: a.Binary,
		Args: []string{"server", "--listen", a.ServerAddress, "--data-dir", a.ServerData},
		Env:  []string{"AKITA_ADMIN_USERNAME=" + AdminUsername, "AKITA_ADMIN_PASSWORD=" + AdminPassword},
	}
}

// DaemonCommand returns the command that starts `akita daemon`.
func (a Akita) DaemonCommand(key client.APIKey) Command {
	return Command{
		Name: "akita daemon", Path: a.Binary,
		Args: []string{
			"daemon",
			"--name",
			"rig",
			"--port",
			strconv.Itoa(a.DaemonPort),
			"--server",
			cmp.Or(a.UpstreamURL, a.ServerURL()),
			"--data-dir",
			a.DaemonData,
		},
		Env: []string{"AKITA_API_KEY_ID=" + key.ID, "AKITA_API_KEY_SECRET=" + key.Secret},
	}
}

// StartServer starts `akita server` and waits until it answers.
func (a Akita) StartServer(ctx context.Context) (*Process, error) {
	server, err := Start(a.ServerCommand())
	if err != nil {
		return nil, err
	}
	return server, a.ready(ctx, server, a.ServerURL()+"/healthz")
}

// StartDaemon starts `akita daemon` and waits until it listens.
func (a Akita) StartDaemon(ctx context.Context, key client.APIKey) (*Process, error) {
	daemon, err := Start(a.DaemonCommand(key))
	if err != nil {
		return nil, err
	}
	return daemon, a.ready(ctx, daemon, a.DaemonURL())
}

// ServerURL returns the URL of the server.
func (a Akita) ServerURL() string { return "http://" + a.ServerAddress }

// DaemonURL returns the URL at which middlewares call the daemon.
func (a Akita) DaemonURL() string { return fmt.Sprintf("http://127.0.0.1:%d", a.DaemonPort) }

// Client returns a client of the server that is logged in as the first user.
func (a Akita) Client(ctx context.Context) (*client.Client, error) {
	c, err := client.New(client.Config{URL: a.ServerURL()})
	if err != nil {
		return nil, err
	}
	return c, c.LogIn(ctx, AdminUsername, AdminPassword)
}

// ready waits until the URL answers with any status. It fails if the process ends first. After
// an error the process has ended.
func (a Akita) ready(ctx context.Context, p *Process, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	err := Until(ctx, func() (bool, error) {
		select {
		case <-p.done:
			return false, fmt.Errorf("%s ended:\n%s", p.name, p.Tail())
		default:
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return false, err
		}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			return false, nil //nolint:nilerr // it does not answer yet
		}
		return true, response.Body.Close()
	})
	if err != nil {
		return errors.Join(fmt.Errorf("wait for %s: %w\n%s", p.name, err, p.Tail()), p.Kill())
	}
	return nil
}

// Activating matches the line that daemon and middleware log when they start to capture.
func Activating(trace client.Trace) *regexp.Regexp {
	return regexp.MustCompile(
		`Activating trace ` + regexp.QuoteMeta(trace.Name) + ` \(` + regexp.QuoteMeta(trace.ID) + `\)`,
	)
}

// Deactivating matches the line that daemon and middleware log when they stop capturing.
func Deactivating(trace client.Trace) *regexp.Regexp {
	return regexp.MustCompile(
		`Deactivating trace ` + regexp.QuoteMeta(trace.Name) + ` \(` + regexp.QuoteMeta(trace.ID) + `\)`,
	)
}
