// Demo runs all of Akita on this machine with a real Django app: the server, the
// daemon, and the example app with the middleware in it, installed as the guide
// says. It drives traffic at the app, prints the API model, and stays up until
// Ctrl-C. Run it with "make demo".
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	err := run(ctx, os.Args[1:], os.Getenv)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "\n !     %v\n", err)
		os.Exit(1)
	}
}

// run runs the demo to its end. Ending it by a signal is no failure, unless it
// was to run once and had not finished.
func run(ctx context.Context, args []string, getenv func(string) string) error {
	config, err := parseConfig(ctx, args, getenv)
	if err != nil {
		return err
	}
	d, err := newDemo(config, progress{os.Stdout})
	if err != nil {
		return err
	}
	defer d.stop()
	err = d.run(ctx)
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		if config.Once {
			return errors.New("stopped before it was done")
		}
		return nil
	}
	return err
}
