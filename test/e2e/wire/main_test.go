// Package wire_test drives the real server and daemon through their ports, as middlewares do.
package wire_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"akita/client"
	"akita/test/rig"
)

// binary is the path of the akita that the tests run. It is built from this tree, with the race
// detector if the tests have it.
var binary string

func TestMain(m *testing.M) {
	if err := run(m); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run builds the binary and runs the tests. m.Run sets the exit code.
func run(m *testing.M) (err error) {
	folder, err := os.MkdirTemp("", "akita-wire-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	binary = filepath.Join(folder, "akita")
	build := rig.Build
	if raceDetector {
		build = rig.BuildRace
	}
	if err := build(context.Background(), binary); err != nil {
		return err
	}
	m.Run()
	return nil
}

// project is the service name of the tests' middleware.
const project = "django-demo"

// pair is a running server and daemon, with a project and an API key.
type pair struct {
	rig.Akita
	t      *testing.T
	key    client.APIKey
	api    *client.Client
	server *rig.Process
	daemon *rig.Process
}

// start starts a server and a daemon for the test.
func start(t *testing.T) *pair {
	t.Helper()
	return startWith(t, func(*pair) {})
}

// startWith does so after change has edited the pair.
func startWith(t *testing.T, change func(*pair)) *pair {
	t.Helper()
	ctx := t.Context()
	address, _, err := rig.FreeAddress(ctx)
	check(t, err)
	_, port, err := rig.FreeAddress(ctx)
	check(t, err)
	p := &pair{t: t, Akita: rig.Akita{
		Binary: binary, ServerAddress: address, ServerData: t.TempDir(), DaemonPort: port, DaemonData: t.TempDir(),
	}}
	change(p)
	t.Cleanup(p.stop)
	p.startServer()
	p.api, err = p.Client(ctx)
	check(t, err)
	_, err = p.api.CreateProject(ctx, project)
	check(t, err)
	p.key, err = p.api.CreateAPIKey(ctx, client.NewAPIKey{Name: "wire", Scope: client.FullKey})
	check(t, err)
	p.startDaemon()
	return p
}

func (p *pair) startServer() {
	p.t.Helper()
	var err error
	p.server, err = p.StartServer(p.t.Context())
	check(p.t, err)
}

func (p *pair) startDaemon() {
	p.t.Helper()
	var err error
	p.daemon, err = p.StartDaemon(p.t.Context(), p.key)
	check(p.t, err)
}

func (p *pair) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for _, process := range []*rig.Process{p.daemon, p.server} {
		if process == nil {
			continue
		}
		if err := process.Stop(ctx); err != nil {
			p.t.Error(err)
		}
		if p.t.Failed() {
			p.t.Logf("last lines:\n%s", process.Tail())
		}
	}
}

// waitForModel waits until the project's model holds the witnesses.
func (p *pair) waitForModel(witnesses int) client.Model {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	var model client.Model
	err := rig.Until(ctx, func() (bool, error) {
		var err error
		model, err = p.api.Model(ctx, project, client.Filter{})
		return model.Witnesses >= witnesses, err
	})
	if err != nil {
		p.t.Fatalf("wait for %d witnesses in the model, which has %d: %v", witnesses, model.Witnesses, err)
	}
	return model
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
