package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"akita/client"
	"akita/test/rig"
)

const (
	project  = "doccano"
	password = "a cup of tea"
)

// setup is doccano with the daemon and the server.
type setup struct {
	config  config
	folder  string // for all data; removed at the end
	env     []string
	api     *client.Client
	running []*rig.Process
	appURL  string
}

// open starts everything and a trace, and returns when the middleware captures.
func open(ctx context.Context, c config) (s *setup, err error) {
	s = &setup{config: c}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if err := s.absolute(); err != nil {
		return s, err
	}
	if s.folder, err = os.MkdirTemp("", "akita-app-"); err != nil {
		return s, fmt.Errorf("create a folder: %w", err)
	}
	akita, err := s.startAkita(ctx)
	if err != nil {
		return s, err
	}
	app, err := s.startApp(ctx, akita)
	if err != nil {
		return s, err
	}
	trace, err := s.api.StartTrace(ctx, project, time.Hour)
	if err != nil {
		return s, err
	}
	if _, err := app.Line(ctx, rig.Activating(trace)); err != nil {
		return s, fmt.Errorf("wait for the trace: %w\n%s", err, app.Tail())
	}
	return s, nil
}

// absolute makes all paths absolute, because processes run in other folders.
func (s *setup) absolute() (err error) {
	for _, path := range []*string{&s.config.binary, &s.config.app, &s.config.driver, &s.config.source} {
		if *path, err = filepath.Abs(*path); err != nil {
			return fmt.Errorf("find the working directory: %w", err)
		}
	}
	return nil
}

func (s *setup) startAkita(ctx context.Context) (rig.Akita, error) {
	address, _, err := rig.FreeAddress(ctx)
	if err != nil {
		return rig.Akita{}, err
	}
	_, port, err := rig.FreeAddress(ctx)
	if err != nil {
		return rig.Akita{}, err
	}
	akita := rig.Akita{
		Binary: s.config.binary, ServerAddress: address, DaemonPort: port,
		ServerData: filepath.Join(s.folder, "server"), DaemonData: filepath.Join(s.folder, "daemon"),
	}
	server, err := akita.StartServer(ctx)
	if err != nil {
		return akita, err
	}
	s.running = append(s.running, server)
	if s.api, err = akita.Client(ctx); err != nil {
		return akita, err
	}
	if _, err := s.api.CreateProject(ctx, project); err != nil {
		return akita, err
	}
	key, err := s.api.CreateAPIKey(ctx, client.NewAPIKey{Name: "app", Scope: client.AgentKey})
	if err != nil {
		return akita, err
	}
	daemon, err := akita.StartDaemon(ctx, key)
	if err != nil {
		return akita, err
	}
	s.running = append(s.running, daemon)
	return akita, nil
}

// startApp prepares doccano's database and starts it under gunicorn.
func (s *setup) startApp(ctx context.Context, akita rig.Akita) (*rig.Process, error) {
	backends, err := filepath.Glob(filepath.Join(s.config.app, "lib", "python*", "site-packages", "backend"))
	if err != nil || len(backends) != 1 {
		return nil, fmt.Errorf("doccano is not installed in %s: run `make test-app`", s.config.app)
	}
	s.env = []string{
		"DOCCANO_HOME=" + s.folder, "DATABASE_URL=sqlite:///" + filepath.Join(s.folder, "db.sqlite3"),
		"MEDIA_ROOT=" + filepath.Join(s.folder, "media"), "STANDALONE=True", "DEBUG=False",
		"PYTHONPATH=" + backends[0] + string(os.PathListSeparator) + s.config.source,
		fmt.Sprintf("AKITA_DAEMON_HOST=127.0.0.1:%d", akita.DaemonPort),
	}
	bin := filepath.Join(s.config.app, "bin")
	for _, args := range [][]string{
		{"init"}, {"createuser", "--username", "admin", "--password", password, "--email", "admin@example.com"},
	} {
		prepare := rig.Command{
			Name: "doccano " + args[0], Path: filepath.Join(bin, "doccano"), Args: args, Dir: s.folder, Env: s.env,
		}
		if err := rig.Run(ctx, prepare); err != nil {
			return nil, err
		}
	}
	app, err := rig.Start(rig.Command{
		Name: "gunicorn", Path: filepath.Join(bin, "gunicorn"),
		Args: []string{"--bind", "127.0.0.1:0", "--threads", "4", "config.wsgi"},
		Dir:  s.folder, Env: append(s.env, "DJANGO_SETTINGS_MODULE=akita_settings"),
	})
	if err != nil {
		return nil, err
	}
	s.running = append(s.running, app)
	line, err := app.Line(ctx, listening)
	if err != nil {
		return nil, err
	}
	s.appURL = listening.FindStringSubmatch(line.Text)[1]
	err = rig.Until(ctx, func() (bool, error) {
		daemons, err := s.api.Daemons(ctx, project)
		return len(daemons) == 1 && len(daemons[0].Clients) == 1, err
	})
	if err != nil {
		return nil, fmt.Errorf("wait for the middleware to connect: %w\n%s", err, app.Tail())
	}
	return app, nil
}

var listening = regexp.MustCompile(`Listening at: (http://[0-9.:]+)`)

// drive uses doccano and returns the calls that were made, each with its route.
func (s *setup) drive(ctx context.Context) ([]call, error) {
	path := filepath.Join(s.folder, "calls.jsonl")
	err := rig.Run(ctx, rig.Command{
		Name: "doccano-client", Path: filepath.Join(s.config.driver, "bin", "python"),
		Args: []string{filepath.Join(s.config.source, "drive.py"), s.appURL, password, path}, Dir: s.folder,
	})
	if err != nil {
		return nil, err
	}
	recorded, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the calls: %w", err)
	}
	python := filepath.Join(s.config.app, "bin", "python")
	truth := exec.CommandContext(ctx, python, filepath.Join(s.config.source, "truth.py"))
	truth.Env = append(os.Environ(), append(s.env, "DJANGO_SETTINGS_MODULE=config.settings.production")...)
	truth.Stdin, truth.Stderr = bytes.NewReader(recorded), os.Stderr
	output, err := truth.Output()
	if err != nil {
		return nil, fmt.Errorf("resolve the paths: %w", err)
	}
	var calls []call
	for line := range strings.Lines(string(output)) {
		var one call
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			return nil, fmt.Errorf("read a call: %w", err)
		}
		calls = append(calls, one)
	}
	return calls, nil
}

// document returns the OpenAPI document when the model has n calls.
func (s *setup) document(ctx context.Context, n int) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var model client.Model
	err := rig.Until(ctx, func() (_ bool, err error) {
		model, err = s.api.Model(ctx, project, client.Filter{})
		return model.Witnesses >= n, err
	})
	if err != nil {
		return nil, fmt.Errorf("wait for %d calls in the model, which has %d: %w", n, model.Witnesses, err)
	}
	var document bytes.Buffer
	err = s.api.OpenAPI(ctx, project, client.JSON, client.Filter{}, &document)
	return document.Bytes(), err
}

// close stops the processes, the last started first, and removes their data.
func (s *setup) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var errs []error
	for i := len(s.running) - 1; i >= 0; i-- {
		errs = append(errs, s.running[i].Stop(ctx))
	}
	return errors.Join(append(errs, os.RemoveAll(s.folder))...)
}
