package rig

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"akita/client"
)

// Installation is a running server and daemon, and a trace that the daemon captures.
type Installation struct {
	Akita

	API            *client.Client
	Key            client.APIKey
	Server, Daemon *Process
	Project        string
	Trace          client.Trace
}

// Install starts a server and a daemon with their data below folder, and a trace. It returns when
// the daemon accepts events. After an error, too, the caller calls Stop.
func Install(ctx context.Context, binary, folder, project string) (*Installation, error) {
	i := &Installation{Project: project}
	serverAddress, _, err := FreeAddress(ctx)
	if err != nil {
		return i, err
	}
	_, daemonPort, err := FreeAddress(ctx)
	if err != nil {
		return i, err
	}
	i.Akita = Akita{
		Binary: binary, ServerAddress: serverAddress, DaemonPort: daemonPort,
		ServerData: filepath.Join(folder, "server"), DaemonData: filepath.Join(folder, "daemon"),
	}
	if err := i.startServer(ctx); err != nil {
		return i, err
	}
	if i.Daemon, err = i.StartDaemon(ctx, i.Key); err != nil {
		return i, err
	}
	// The daemon answers as soon as it knows that the trace is active.
	_, err = Post(ctx, i.serviceURL()+"/middleware", []byte(`{"client_name":"rig","active_trace_ids":[]}`))
	return i, err
}

// startServer starts the server, and creates what a daemon needs there.
func (i *Installation) startServer(ctx context.Context) (err error) {
	if i.Server, err = i.StartServer(ctx); err != nil {
		return err
	}
	if i.API, err = i.Client(ctx); err != nil {
		return err
	}
	if _, err = i.API.CreateProject(ctx, i.Project); err != nil {
		return err
	}
	if i.Key, err = i.API.CreateAPIKey(ctx, client.NewAPIKey{Name: "rig", Scope: client.FullKey}); err != nil {
		return err
	}
	i.Trace, err = i.API.StartTrace(ctx, i.Project, time.Hour)
	return err
}

// Stop stops both processes.
func (i *Installation) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var errs []error
	for _, p := range []*Process{i.Daemon, i.Server} {
		if p != nil {
			errs = append(errs, p.Stop(ctx))
		}
	}
	return errors.Join(errs...)
}

func (i *Installation) serviceURL() string { return i.DaemonURL() + "/v1/services/" + i.Project }

// EventsURL returns the URL at the daemon to which the events of the trace are posted.
func (i *Installation) EventsURL() string {
	return i.serviceURL() + "/traces/" + i.Trace.Name + "/events"
}

// UntilFolded waits until the server's model holds the witnesses. It reads the trace, which costs
// the server less than the model.
func (i *Installation) UntilFolded(ctx context.Context, witnesses int) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	got := 0
	err := Until(ctx, func() (bool, error) {
		trace, err := i.API.Trace(ctx, i.Project, i.Trace.Name)
		got = trace.Witnesses
		return got >= witnesses, err
	})
	if err != nil {
		return fmt.Errorf("wait for %d witnesses in the server, which has %d: %w\n%s", witnesses, got, err, i.Daemon.Tail())
	}
	return nil
}
