// Chaos runs the real server and daemon under load, with a bad network between them and a small
// disk, and kills them without warning. Afterwards the API model must hold exactly the
// acknowledged calls: none lost, none counted twice.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	var s settings
	flag.StringVar(&s.binary, "akita", "bin/akita", "the binary to run")
	flag.IntVar(&s.rounds, "rounds", 100, "how many rounds to run")
	flag.Uint64Var(&s.seed, "seed", 0, "the seed of the faults; 0 draws one and prints it")
	flag.Parse()
	s.out = os.Stdout

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := start(ctx, s)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}

// start runs in a new folder, which it removes on success.
func start(ctx context.Context, s settings) (err error) {
	if s.rounds < 1 {
		return fmt.Errorf("-rounds is %d; it must be at least 1", s.rounds)
	}
	if s.seed == 0 {
		s.seed = rand.Uint64()
	}
	fmt.Fprintf(s.out, "Seed %d (again with: go run ./test/chaos -seed %d -rounds %d)\n", s.seed, s.seed, s.rounds)
	if s.folder, err = os.MkdirTemp("", "akita-chaos-"); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(s.folder)) }()
	if err := run(ctx, s); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "The model is the fold of exactly the acknowledged calls.")
	return nil
}
