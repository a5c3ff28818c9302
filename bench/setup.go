package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"akita/client"
	"akita/test/rig"
)

// project is the example app's AKITA_SERVICE_NAME.
const project = "django-demo"

// setup holds the processes of a benchmark.
type setup struct {
	folder string // for all data; removed at the end
	api    *client.Client
	server *rig.Process
	daemon *rig.Process
	app    *rig.Process
	appURL string
}

// open starts server, daemon and app, and waits until the middleware has connected.
func open(ctx context.Context, binary, app string) (s *setup, err error) {
	s = &setup{}
	defer func() {
		if err != nil {
			err = s.close(err)
		}
	}()
	if s.folder, err = os.MkdirTemp("", "akita-bench-"); err != nil {
		return s, fmt.Errorf("make a folder: %w", err)
	}
	akita, err := s.startAkita(ctx, binary)
	if err != nil {
		return s, err
	}
	if err := s.startApp(ctx, akita, app); err != nil {
		return s, err
	}
	return s, s.waitForMiddleware(ctx)
}

func (s *setup) startAkita(ctx context.Context, binary string) (rig.Akita, error) {
	serverAddress, _, err := rig.FreeAddress(ctx)
	if err != nil {
		return rig.Akita{}, err
	}
	_, daemonPort, err := rig.FreeAddress(ctx)
	if err != nil {
		return rig.Akita{}, err
	}
	akita := rig.Akita{
		Binary: binary, ServerAddress: serverAddress, DaemonPort: daemonPort,
		ServerData: filepath.Join(s.folder, "server"), DaemonData: filepath.Join(s.folder, "daemon"),
	}
	if s.server, err = akita.StartServer(ctx); err != nil {
		return akita, err
	}
	if s.api, err = akita.Client(ctx); err != nil {
		return akita, err
	}
	if _, err := s.api.CreateProject(ctx, project); err != nil {
		return akita, err
	}
	key, err := s.api.CreateAPIKey(ctx, client.NewAPIKey{Name: "bench", Scope: client.AgentKey})
	if err != nil {
		return akita, err
	}
	s.daemon, err = akita.StartDaemon(ctx, key)
	return akita, err
}

// startApp installs the app's requirements from the server's package index, as its README
// describes, and starts it under gunicorn with one worker.
func (s *setup) startApp(ctx context.Context, akita rig.Akita, source string) error {
	venv := filepath.Join(s.folder, "venv")
	python := filepath.Join(venv, "bin", "python")
	env := []string{
		"DATA_DIR=" + filepath.Join(s.folder, "app"), "WEB_CONCURRENCY=1",
		fmt.Sprintf("AKITA_DAEMON_HOST=127.0.0.1:%d", akita.DaemonPort),
	}
	for _, command := range []rig.Command{
		{Name: "venv", Path: "python3", Args: []string{"-m", "venv", venv}},
		{Name: "pip install", Path: python, Args: []string{"-m", "pip", "install", "--quiet", "--disable-pip-version-check",
			"--requirement", filepath.Join(source, "requirements.txt"), "--extra-index-url", akita.ServerURL() + "/simple/"}},
		{Name: "migrate", Path: python, Args: []string{"manage.py", "migrate", "--no-input"}, Dir: source, Env: env},
	} {
		if err := rig.Run(ctx, command); err != nil {
			return err
		}
	}
	var err error
	s.app, err = rig.Start(
		rig.Command{
			Name: "gunicorn",
			Path: filepath.Join(venv, "bin", "gunicorn"),
			Args: []string{"--bind", "127.0.0.1:0", "demo.wsgi"},
			Dir:  source,
			Env:  env,
		},
	)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	line, err := s.app.Line(ctx, listening)
	if err != nil {
		return err
	}
	s.appURL = listening.FindStringSubmatch(line.Text)[1]
	return nil
}

var listening = regexp.MustCompile(`Listening at: (http://[0-9.:]+)`)

func (s *setup) waitForMiddleware(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	err := rig.Until(ctx, func() (bool, error) {
		daemons, err := s.api.Daemons(ctx, project)
		return len(daemons) == 1 && len(daemons[0].Clients) > 0, err
	})
	if err != nil {
		return fmt.Errorf("wait for the middleware to connect: %w\n%s%s", err, s.app.Tail(), s.daemon.Tail())
	}
	return nil
}

// close stops the processes, the last started first, and removes their data.
func (s *setup) close(err error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for _, process := range []*rig.Process{s.app, s.daemon, s.server} {
		if process != nil {
			err = errors.Join(err, process.Stop(ctx))
		}
	}
	return errors.Join(err, os.RemoveAll(s.folder))
}
