package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// config holds what a user sets by flags and environment variables.
type config struct {
	Akita  string // the akita binary: AKITA, default bin/akita
	Dir    string // where everything is kept: AKITA_DEMO_DIR, default .demo
	AppDir string // the example app
	Once   bool   // --once or ONCE=1: end after the table
	Heroku bool   // --heroku: run the app's Procfile under "heroku local"

	ServerPort, DaemonPort, AppPort port
}

// port is a TCP port and the variable that sets it; 0 means any free port.
type port struct {
	variable string
	number   int
}

func (p port) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.number)) }

func (p port) url() string { return "http://" + p.address() }

// parseConfig reads the configuration. It fails if a part of the demo cannot run, so that
// the demo starts everything or nothing. Paths are relative to the working directory, which
// must be the repository's top.
func parseConfig(ctx context.Context, args []string, getenv func(string) string) (config, error) {
	var c config
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.BoolVar(&c.Once, "once", getenv("ONCE") == "1", "end after the API model's table")
	flags.BoolVar(&c.Heroku, "heroku", false, `run the app under "heroku local"`)
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); err != nil {
		return c, fmt.Errorf("%w: the demo takes --once and --heroku", err)
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("unknown argument %q: the demo takes --once and --heroku", flags.Arg(0))
	}
	if err := c.setPaths(getenv); err != nil {
		return c, err
	}
	for _, p := range []struct {
		to       *port
		variable string
		standard int
	}{
		{&c.ServerPort, "AKITA_DEMO_SERVER_PORT", 8080},
		{&c.DaemonPort, "AKITA_DEMO_DAEMON_PORT", 50080},
		{&c.AppPort, "AKITA_DEMO_APP_PORT", 8000},
	} {
		parsed, err := parsePort(ctx, p.variable, getenv(p.variable), p.standard)
		if err != nil {
			return c, err
		}
		*p.to = parsed
	}
	return c, nil
}

func (c *config) setPaths(getenv func(string) string) error {
	top, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the working directory: %w", err)
	}
	c.Akita = absolute(top, getenv("AKITA"), "bin/akita")
	c.Dir = absolute(top, getenv("AKITA_DEMO_DIR"), ".demo")
	c.AppDir = filepath.Join(top, "examples", "django-demo")
	if _, err := os.Stat(filepath.Join(c.AppDir, "Procfile")); err != nil {
		return fmt.Errorf("%s is not the top folder of the repository: run \"make demo\" there", top)
	}
	if _, err := exec.LookPath(c.Akita); err != nil {
		return fmt.Errorf("there is no akita binary at %s: run \"make build\" first", c.Akita)
	}
	if _, err := exec.LookPath("python3"); err != nil {
		return fmt.Errorf("python3 is not installed: the example app needs Python 3.11 or newer")
	}
	if c.Heroku {
		if _, err := exec.LookPath("heroku"); err != nil {
			return fmt.Errorf(
				"the heroku CLI is not installed: run \"make demo-heroku\", which installs it below the tree",
			)
		}
	}
	return nil
}

func absolute(top, path, standard string) string {
	if path == "" {
		path = standard
	}
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(top, path)
}

// parsePort returns a free port.
func parsePort(ctx context.Context, variable, value string, standard int) (port, error) {
	p := port{variable, standard}
	if value != "" {
		number, err := strconv.Atoi(value)
		if err != nil || number < 0 || number > 65535 {
			return p, fmt.Errorf(
				"%s is %q: set it to a port from 1 to 65535, or to 0 for any free port",
				variable,
				value,
			)
		}
		p.number = number
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", p.address())
	if err != nil {
		return p, fmt.Errorf(
			"port %d is in use (%w): stop the program that uses it (an earlier demo?), "+
				"or set %s to another port, such as %s=0 for any free port",
			p.number,
			err,
			variable,
			variable,
		)
	}
	p.number = listener.Addr().(*net.TCPAddr).Port
	return p, listener.Close()
}
