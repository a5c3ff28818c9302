// Demo runs all of Akita on this machine: the server, the daemon, and an example Django app
// with the middleware, installed as in the guide. It sends traffic to the app, prints the API
// model and keeps running until Ctrl-C. Run it with "make demo".
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

// run runs the demo to its end. A signal that ends it is not an error, unless --once was set
// and the model is not printed yet.
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
			return errors.New("stopped before the API model was complete")
		}
		return nil
	}
	return err
}
