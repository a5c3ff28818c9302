package main

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// repository makes a directory that looks like the repository's top and is the
// working directory until the test ends.
func repository(t *testing.T, files ...string) {
	t.Helper()
	top := t.TempDir()
	for _, file := range files {
		path := filepath.Join(top, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(top)
}

const (
	binary   = "bin/akita"
	procfile = "examples/django-demo/Procfile"
)

// freePorts are an environment in which no port is taken.
func freePorts() map[string]string {
	return map[string]string{
		"AKITA_DEMO_SERVER_PORT": "0",
		"AKITA_DEMO_DAEMON_PORT": "0",
		"AKITA_DEMO_APP_PORT":    "0",
	}
}

func TestParseConfig(t *testing.T) {
	repository(t, binary, procfile)
	env := freePorts()
	env["ONCE"] = "1"
	got, err := parseConfig(t.Context(), nil, func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	if !got.Once || got.Heroku {
		t.Errorf("got once %t, heroku %t; want true, false", got.Once, got.Heroku)
	}
	if !strings.HasSuffix(got.Akita, binary) || !filepath.IsAbs(got.Akita) {
		t.Errorf("got akita %q, want an absolute path that ends in %s", got.Akita, binary)
	}
	if got.ServerPort.number == 0 || got.ServerPort.number == got.AppPort.number {
		t.Errorf("got ports %d and %d, want two that are free", got.ServerPort.number, got.AppPort.number)
	}
}

func TestParseConfigSaysWhatToDo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := taken.Close(); err != nil {
			t.Error(err)
		}
	})
	number := strconv.Itoa(taken.Addr().(*net.TCPAddr).Port)

	all := []string{binary, procfile}
	for _, test := range []struct {
		name  string
		files []string
		args  []string
		env   map[string]string
		want  string
	}{
		{"elsewhere", nil, nil, nil, `run "make demo" there`},
		{"not built", []string{procfile}, nil, nil, `run "make build" first`},
		{
			"a configured binary that does not exist", all, nil, map[string]string{"AKITA": "/nowhere/akita"},
			"no akita binary at /nowhere/akita",
		},
		{"no Python", all, nil, map[string]string{"PATH": ""}, "python3 is not installed"},
		{"no heroku CLI", all, []string{"--heroku"}, nil, `run "make demo-heroku"`},
		{"an argument", all, []string{"now"}, nil, `unknown argument "now"`},
		{"a flag", all, []string{"--now"}, nil, "flag provided but not defined"},
		{
			"a word as port", all, nil, map[string]string{"AKITA_DEMO_APP_PORT": "http"},
			`AKITA_DEMO_APP_PORT is "http": set it to a port from 1 to 65535`,
		},
		{
			"too high a port", all, nil, map[string]string{"AKITA_DEMO_APP_PORT": "65536"},
			"set it to a port from 1 to 65535",
		},
		{
			"server port taken", all, nil, map[string]string{"AKITA_DEMO_SERVER_PORT": number},
			"set AKITA_DEMO_SERVER_PORT to another port",
		},
		{
			"daemon port taken", all, nil, map[string]string{"AKITA_DEMO_DAEMON_PORT": number},
			"set AKITA_DEMO_DAEMON_PORT to another port",
		},
		{
			"app port taken", all, nil, map[string]string{"AKITA_DEMO_APP_PORT": number},
			"set AKITA_DEMO_APP_PORT to another port",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			repository(t, test.files...)
			env := freePorts()
			for name, value := range test.env {
				env[name] = value
			}
			// The PATH has only python3.
			path := t.TempDir()
			if err := os.WriteFile(filepath.Join(path, "python3"), []byte("#!/bin/sh\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			if value, ok := test.env["PATH"]; ok {
				path = value
			}
			t.Setenv("PATH", path)
			_, err := parseConfig(t.Context(), test.args, func(name string) string { return env[name] })
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with: %s", err, test.want)
			}
		})
	}
}
