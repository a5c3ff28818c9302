// App captures a real Django application, doccano, while its own client library uses it, and
// checks the API model: every operation that was called is in it with the number of calls,
// and every body is valid against its schema; and the routes that the middleware reports are
// doccano's URLconf, each with its calls; and that the calls are compared with the document that
// its library generates. Doccano runs under gunicorn, with its settings
// overridden as docs/guide.md describes; server and daemon are the real binary.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// config holds the flags.
type config struct {
	binary string // akita
	app    string // virtual environment of doccano with akita-django
	driver string // virtual environment of doccano-client
	source string // folder of the Python files
}

// timeout bounds a run.
const timeout = 15 * time.Minute

func main() {
	var c config
	flag.StringVar(&c.binary, "akita", "bin/akita", "the `binary` to test")
	flag.StringVar(&c.app, "app", ".build/app-venv", "virtual `environment` of doccano")
	flag.StringVar(&c.driver, "driver", ".build/app-client-venv", "virtual `environment` of doccano-client")
	flag.StringVar(&c.source, "source", "test/app", "`folder` of the Python files")
	flag.Parse()
	if err := run(c); err != nil {
		fmt.Fprintln(os.Stderr, "app:", err)
		os.Exit(1)
	}
}

func run(c config) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	s, err := open(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	calls, err := s.drive(ctx)
	if err != nil {
		return err
	}
	document, err := s.document(ctx, len(calls))
	if err != nil {
		return err
	}
	result, err := compare(calls, document)
	if err != nil {
		return err
	}
	used, paths, err := s.routes(ctx)
	if err != nil {
		return err
	}
	result.checkRoutes(used, paths, calls)
	differs, err := s.drift(ctx)
	if err != nil {
		return err
	}
	result.checkDrift(differs, calls)
	fmt.Println(result)
	return result.failure()
}
