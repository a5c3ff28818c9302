// Peers runs akita and other tools that infer an API description from traffic on the same
// traffic. It prints how their documents compare, and what each tool costs.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"akita/test/accuracy/suite"
)

type options struct {
	root   string // the repository
	akita  string // our binary
	shared string // a folder with traffic of other projects; "" for none
	own    int    // calls of each of our APIs
	shop   int    // calls of the shared folder's generated API
	record bool   // compare on the shared folder's recordings
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "the repository's `folder`")
	flag.StringVar(&o.akita, "akita", "bin/akita", "our `binary`")
	flag.IntVar(&o.own, "own", 1000, "`calls` of each of our own APIs; 0 leaves them out")
	flag.StringVar(&o.shared, "shared", os.Getenv(suite.SharedVariable), suite.SharedUsage)
	flag.IntVar(&o.shop, "shop", 10_000, "`calls` of the shared folder's shop; 0 leaves it out")
	flag.BoolVar(&o.record, "recordings", true, "compare on the shared folder's recordings")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench-peers:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	home := filepath.Join(o.root, ".build", "peers")
	step("Installing the peers into %s", home)
	if err := install(ctx, o.root, home); err != nil {
		return err
	}
	tools, err := tools(o.root, home, o.akita)
	if err != nil {
		return err
	}
	work := filepath.Join(home, "work")
	if err := os.MkdirAll(work, 0o750); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := compareForeign(ctx, o, tools, work); err != nil {
		return err
	}
	if o.own > 0 {
		return compareOwn(ctx, tools, work, o.own)
	}
	return nil
}

// compareForeign compares the tools on traffic of other projects.
func compareForeign(ctx context.Context, o options, tools []tool, work string) error {
	if o.shared == "" {
		step(suite.WithoutShared)
		return nil
	}
	if o.shop > 0 {
		if err := compareShop(ctx, tools, filepath.Join(o.shared, "accuracy"), work, o.shop); err != nil {
			return err
		}
	}
	if o.record {
		return compareRecordings(ctx, tools, o.shared, work)
	}
	return nil
}

func step(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "-----> "+format+"\n", args...)
}
