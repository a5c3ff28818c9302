// Bench measures the two waits that a user notices: from Start to capture, and from a request
// to its endpoint in the API model. It runs the real server, daemon, middleware and Django app,
// and asserts nothing.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	rounds := flag.Int("rounds", 30, "how often each wait is measured")
	binary := flag.String("akita", "bin/akita", "the binary to measure")
	app := flag.String("app", "examples/django-demo", "the Django app's folder")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *binary, *app, *rounds)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, binary, app string, rounds int) (err error) {
	if rounds < 1 {
		return fmt.Errorf("--rounds is %d; it must be at least 1", rounds)
	}
	step("Starting server, daemon and app")
	s, err := open(ctx, binary, app)
	if err != nil {
		return err
	}
	defer func() { err = s.close(err) }()

	step("Start to capture, %d rounds", rounds)
	capture, err := measureCapture(ctx, s, rounds)
	if err != nil {
		return err
	}
	step("Request to API model, %d rounds", rounds)
	notified, shown, err := measureModel(ctx, s, rounds)
	if err != nil {
		return err
	}
	return printTable(os.Stdout, []row{
		{"POST traces → daemon and middleware log “Activating trace”", capture},
		{"request to the app → server-sent event “model”", notified},
		{"request to the app → GET model holds it", shown},
	})
}

func step(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "-----> "+format+"\n", args...)
}
