// Leaks measures which data leave a machine, and which names of the API do not. It sends calls
// through the real daemon to the real server, and searches what the daemon uploads and what the
// server stores.
//
// The data are drawn by package canary, which shares nothing with the product. It fails if more
// leaves than may.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"syscall"
)

// options are the flags.
type options struct {
	akita string         // the binary
	texts int            // of each kind in each place
	only  *regexp.Regexp // places
	price bool
}

func main() {
	var o options
	flag.StringVar(&o.akita, "akita", "bin/akita", "the `binary` to test")
	flag.IntVar(&o.texts, "texts", 10_000, "the `number` of texts of each kind in each place; 0 leaves the table out")
	flag.BoolVar(&o.price, "price", true, "also measure which names of the API do not leave")
	only := flag.String("place", "", "only the places whose name matches this `pattern`")
	flag.Parse()

	var err error
	if o.only, err = regexp.Compile(*only); err != nil {
		fmt.Fprintln(os.Stderr, "leaks: -place:", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err = run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "leaks:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) error {
	var errs []error
	if o.texts > 0 {
		errs = append(errs, measureLeaks(ctx, o, out))
	}
	if o.price {
		errs = append(errs, measurePrice(ctx, o, out))
	}
	return errors.Join(errs...)
}
