package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"akita/client"
	"akita/test/leaks/evidence"
	"akita/test/rig"
)

const project = "clinic"

// live is a daemon and a server that run, with a tap between them.
type live struct {
	folder         string // of all data; removed at the end
	akita          rig.Akita
	api            *client.Client
	server, daemon *rig.Process
	tap            *evidence.Tap
	trace          string
	events         string // the URL to post to
	batches, sent  int
}

// open starts a server and a daemon. If keep is true, the tap keeps the witnesses.
func open(ctx context.Context, binary string, keep bool) (l *live, err error) {
	l = new(live)
	defer func() {
		if err != nil {
			err = errors.Join(err, l.close())
		}
	}()
	if l.folder, err = os.MkdirTemp("", "akita-leaks-"); err != nil {
		return l, fmt.Errorf("make a folder: %w", err)
	}
	address, _, err := rig.FreeAddress(ctx)
	if err != nil {
		return l, err
	}
	_, port, err := rig.FreeAddress(ctx)
	if err != nil {
		return l, err
	}
	l.akita = rig.Akita{
		Binary: binary, ServerAddress: address, ServerData: filepath.Join(l.folder, "server"),
		DaemonPort: port, DaemonData: filepath.Join(l.folder, "daemon"),
	}
	if l.server, err = l.akita.StartServer(ctx); err != nil {
		return l, err
	}
	if l.tap, err = evidence.Listen(l.akita.ServerURL(), keep); err != nil {
		return l, err
	}
	l.akita.UpstreamURL = l.tap.URL()
	return l, l.startTrace(ctx)
}

func (l *live) startTrace(ctx context.Context) (err error) {
	if l.api, err = l.akita.Client(ctx); err != nil {
		return err
	}
	if _, err := l.api.CreateProject(ctx, project); err != nil {
		return err
	}
	key, err := l.api.CreateAPIKey(ctx, client.NewAPIKey{Name: "leaks", Scope: client.AgentKey})
	if err != nil {
		return err
	}
	trace, err := l.api.StartTrace(ctx, project, time.Hour)
	if err != nil {
		return err
	}
	if l.daemon, err = l.akita.StartDaemon(ctx, key); err != nil {
		return err
	}
	service := l.akita.DaemonURL() + "/v1/services/" + project
	l.trace, l.events = trace.Name, service+"/traces/"+trace.Name+"/events"
	// The daemon answers as soon as it knows that the trace is active.
	_, err = post(ctx, service+"/middleware", map[string]any{"client_name": "leaks", "active_trace_ids": []string{}})
	return err
}

// send posts entries in batches, in order. The daemon may refuse some.
func (l *live) send(ctx context.Context, entries []any, batchSize int) error {
	for batch := range slices.Chunk(entries, batchSize) {
		l.batches++
		dropped, err := post(ctx, l.events, map[string]any{
			"client_name": "leaks", "batch_id": "batch-" + strconv.Itoa(l.batches), "trace_events": batch,
		})
		if err != nil {
			return err
		}
		l.sent += len(batch) - dropped
	}
	return nil
}

// post posts to the daemon and returns how many events it dropped.
func post(ctx context.Context, url string, body any) (dropped int, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return 0, fmt.Errorf("post: %w", err)
	}
	return rig.Post(ctx, url, text)
}

// arrive waits until the server has folded every call that was sent.
func (l *live) arrive(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	err := rig.Until(ctx, func() (bool, error) {
		trace, err := l.api.Trace(ctx, project, l.trace)
		return trace.Witnesses >= l.sent, err
	})
	if err != nil {
		return fmt.Errorf("wait for %d calls in the server: %w\n%s", l.sent, err, l.daemon.Tail())
	}
	return nil
}

// stored stops both programs and returns the strings in the server's databases.
func (l *live) stored() (*evidence.Strings, error) {
	if err := l.stop(); err != nil {
		return nil, err
	}
	found := evidence.New()
	for _, name := range []string{"akita.db", "queue.db"} {
		if err := found.AddDatabase(filepath.Join(l.akita.ServerData, name)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (l *live) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var errs []error
	for _, p := range []**rig.Process{&l.daemon, &l.server} {
		if *p != nil {
			errs = append(errs, (*p).Stop(ctx))
			*p = nil
		}
	}
	return errors.Join(errs...)
}

// close stops everything and removes its data.
func (l *live) close() error {
	err := l.stop()
	if l.tap != nil {
		err = errors.Join(err, l.tap.Close())
		l.tap = nil
	}
	return errors.Join(err, os.RemoveAll(l.folder))
}
