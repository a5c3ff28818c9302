// Patch proves that the patches of akita drift make its findings vanish, for a project that describes
// itself with drf-spectacular and whose views do otherwise (project). Its calls are recorded twice: with
// Akita's test client as a HAR, and under gunicorn with the middleware, the daemon and the server. Of each,
// findings are printed as an overlay, which libopenapi applies, and as Python code, which the project
// imports. Then the same calls are compared with the new document.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"akita/test/rig"
)

// timeout bounds a run.
const timeout = 10 * time.Minute

// config holds the flags.
type config struct {
	akita  string // the binary
	python string // virtual environment of the project
	source string // folder of the project
}

func main() {
	var c config
	flag.StringVar(&c.akita, "akita", "bin/akita", "the `binary` to test")
	flag.StringVar(&c.python, "python", ".build/patch-venv", "virtual `environment` of the project")
	flag.StringVar(&c.source, "source", "test/patch/project", "`folder` of the project")
	flag.Parse()
	if err := run(c); err != nil {
		fmt.Fprintln(os.Stderr, "patch:", err)
		os.Exit(1)
	}
}

func run(c config) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for _, path := range []*string{&c.akita, &c.python, &c.source} {
		var err error
		if *path, err = filepath.Abs(*path); err != nil {
			return fmt.Errorf("find the working directory: %w", err)
		}
	}
	return rig.InFolder(func(folder string) (err error) {
		live, err := record(ctx, c, folder)
		defer func() { err = errors.Join(err, live.stop()) }()
		if err != nil {
			return err
		}
		for _, version := range []string{"3.0.3", "3.1.0"} {
			for _, of := range []recording{{name: "a HAR", traffic: live.har, isWhole: true}, live.recording()} {
				if err := prove(ctx, c, version, of); err != nil {
					return fmt.Errorf("OpenAPI %s, %s: %w", version, of.name, err)
				}
			}
		}
		return proveLeft(ctx, c, live.har)
	})
}
